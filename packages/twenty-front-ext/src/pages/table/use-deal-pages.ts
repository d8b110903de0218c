import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealTableDocument } from '../../generated/graphql.ts';
import type { DealFilterInput, DealRowFragment, DealTableQuery } from '../../generated/graphql.ts';

export interface DealPages {
  /** Null while the first page loads. */
  readonly rows: readonly DealRowFragment[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  /** Deals that others made or changed meanwhile and that are not shown; they appear when the person asks for it. */
  readonly unseen: number;
  /** One more with every reload. */
  readonly revision: number;
  readonly reload: () => void;
}

const NONE: ReadonlySet<string> = new Set();
/** Ids in one question. */
const IDS = 100;

/** Deals of a filter in an order, page by page; what others change is seen in its place. */
export function useDealPages(filter: DealFilterInput | null, sort: string): DealPages {
  const client = useApolloClient();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const [revision, setRevision] = useState(0);
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(NONE);
  const variables = useMemo(() => ({ filter, sort }), [filter, sort]);
  const { data, error, loading, fetchMore, refetch, updateQuery } = useQuery(DealTableDocument, {
    variables,
    skip: filter === null,
    context: ASKED_ANEW,
  });
  const rows = data?.deals.nodes ?? null;
  const latest = useRef(rows);
  latest.current = rows;

  const { endCursor = null, hasNextPage = false } = data?.deals.pageInfo ?? {};
  const fetchNext = useCallback(() => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({
      variables: { after: endCursor },
      updateQuery: (before, { fetchMoreResult: { deals } }) => {
        const known = new Set(before.deals.nodes.map(({ id }) => id));
        const fresh = deals.nodes.filter(({ id }) => !known.has(id));
        return { deals: { ...deals, nodes: [...before.deals.nodes, ...fresh] } };
      },
    })
      .catch((failure: unknown) => setMoreProblem(problemOf(failure)))
      .finally(() => setLoadingMore(false));
  }, [endCursor, fetchMore]);

  useDealChanges(async (ids) => {
    const shown = new Set(latest.current?.map(({ id }) => id));
    const touched = (ids ?? [...shown]).filter((id) => shown.has(id)).slice(0, IDS);
    const others = (ids ?? []).filter((id) => !shown.has(id));
    if (others.length > 0) setUnseen((before) => new Set([...before, ...others]));
    if (touched.length === 0) return;
    const { data: found } = await client.query({
      query: DealTableDocument,
      variables: { filter: { ids: touched, archived: filter?.archived ?? false } },
      fetchPolicy: 'network-only',
    });
    const left = new Set(found?.deals.nodes.map(({ id }) => id));
    const gone = new Set(touched.filter((id) => !left.has(id)));
    if (found === undefined || gone.size === 0) return;
    updateQuery((_, { complete, previousData }) =>
      complete ? { deals: without(previousData.deals, gone) } : undefined,
    );
  }, !loading);

  return {
    rows,
    problem: error === undefined || rows !== null ? null : problemOf(error),
    loadMore: !hasNextPage || loadingMore ? null : fetchNext,
    loadingMore,
    moreProblem,
    unseen: unseen.size,
    revision,
    reload: () => {
      setRevision((count) => count + 1);
      setUnseen(NONE);
      setMoreProblem(null);
      refetch().catch(() => undefined);
    },
  };
}

/** The rows but for those that this person does not see any longer. */
function without(deals: DealTableQuery['deals'], gone: ReadonlySet<string>): typeof deals {
  return { ...deals, nodes: deals.nodes.filter(({ id }) => !gone.has(id)) };
}
