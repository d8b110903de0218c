import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { isSameList, readAnew, withFirstPage, withNextPage } from '../../app/data/page-list.ts';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { OrderNowDocument, OrderTableDocument } from '../../generated/graphql.ts';
import type { OrderRowFragment, OrderTableQueryVariables } from '../../generated/graphql.ts';
import { useOrderChanges } from '../../parts/orders/use-order-changes.ts';

/** So many rows below the first page are read one by one; of more, all pages are read anew. */
const FEW = 10;
const FIRST = 100;

export interface OrderPages {
  /** Null while the first page loads. */
  readonly rows: readonly OrderRowFragment[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  /** Changes whenever orders have changed. */
  readonly revision: number;
  readonly reload: () => void;
}

/** Orders of a filter, page by page, as others change them. */
export function useOrderPages(filter: OrderTableQueryVariables): OrderPages {
  const client = useApolloClient();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const [revision, setRevision] = useState(0);
  const { data, error, loading, fetchMore, refetch, observable } = useQuery(OrderTableDocument, {
    variables: filter,
    context: ASKED_ANEW,
  });
  const rows = data?.orders.nodes ?? null;
  const { endCursor = null, hasNextPage = false } = data?.orders.pageInfo ?? {};

  /** What is scrolled to stays shown. */
  const readAll = async (count: number): Promise<void> => {
    const orders = await readAnew(count, async (after) => {
      const answer = await client.query({
        query: OrderTableDocument,
        variables: { ...filter, after },
        fetchPolicy: 'no-cache',
        context: ASKED_ANEW,
      });
      if (answer.data === undefined) throw new Error('The answer has no data.');
      return answer.data.orders;
    });
    observable.updateQuery((_, { variables }) =>
      isSameList(filter, variables) ? { orders } : undefined,
    );
  };
  const changed = useOrderChanges(async (ids) => {
    setRevision((count) => count + 1);
    const below = rows?.slice(FIRST).filter(({ id }) => ids?.includes(id)) ?? [];
    if (rows === null || (ids === null && rows.length <= FIRST)) {
      await refetch();
      return;
    }
    if (ids === null || below.length > FEW) {
      await readAll(rows.length);
      return;
    }
    await fetchMore({
      variables: { after: null },
      updateQuery: (before, { fetchMoreResult, variables }) =>
        isSameList(variables, observable.variables) && before?.orders !== undefined
          ? { orders: withFirstPage(before.orders, fetchMoreResult.orders) }
          : before,
    });
    for (const { id } of below)
      await client.query({
        query: OrderNowDocument,
        variables: { id },
        fetchPolicy: 'network-only',
      });
  }, !loading);

  const fetchNext = useCallback(() => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({
      variables: { after: endCursor },
      updateQuery: (before, { fetchMoreResult, variables }) =>
        isSameList(variables, observable.variables) && before?.orders !== undefined
          ? { orders: withNextPage(before.orders, fetchMoreResult.orders) }
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
    revision,
    // The shell says that the connection is lost; what is shown stays.
    reload: () => {
      setMoreProblem(null);
      changed(null).catch(() => undefined);
    },
  };
}
