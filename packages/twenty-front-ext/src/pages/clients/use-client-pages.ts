import { useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { isSameList, withNextPage } from '../../app/data/page-list.ts';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ClientTableDocument } from '../../generated/graphql.ts';
import type { ClientFilterInput, ClientTableQuery } from '../../generated/graphql.ts';

export type ClientRow = ClientTableQuery['clients']['nodes'][number];

export interface ClientPages {
  /** Null while the first page loads. */
  readonly rows: readonly ClientRow[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  readonly reload: () => void;
}

/** Clients of a filter in an order, page by page. */
export function useClientPages(filter: ClientFilterInput, sort: string): ClientPages {
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const { data, error, fetchMore, refetch, observable } = useQuery(ClientTableDocument, {
    variables: { filter, sort },
  });
  const rows = data?.clients.nodes ?? null;
  const { endCursor = null, hasNextPage = false } = data?.clients.pageInfo ?? {};
  const fetchNext = useCallback(() => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({
      variables: { after: endCursor },
      updateQuery: (before, { fetchMoreResult, variables }) =>
        isSameList(variables, observable.variables) && before?.clients !== undefined
          ? { clients: withNextPage(before.clients, fetchMoreResult.clients) }
          : before,
    })
      .catch((failure: unknown) => setMoreProblem(problemOf(failure)))
      .finally(() => setLoadingMore(false));
  }, [endCursor, fetchMore, observable]);

  return {
    rows,
    problem: error === undefined || rows !== null ? null : problemOf(error),
    loadMore: !hasNextPage || loadingMore ? null : fetchNext,
    loadingMore,
    moreProblem,
    reload: () => {
      setMoreProblem(null);
      refetch().catch(() => undefined);
    },
  };
}
