import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useDealEvents } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DealTableDocument } from '../../generated/graphql.ts';
import type { DealFilterInput, DealRowFragment } from '../../generated/graphql.ts';
import { useInterval } from '../../ui/clock/use-interval.ts';

export interface DealPages {
  /** Null while the first page loads. */
  readonly rows: readonly DealRowFragment[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  /** Deals that others made meanwhile; they appear when the person asks for it. */
  readonly created: number;
  readonly reload: () => void;
}

/** How often rows are compared with the server: not every edit of a field is a canonical event. */
const COMPARE = 10_000;
/** Ids in one question. */
const IDS = 100;

/** Deals of a filter in an order, page by page; what others change is seen in its place. */
export function useDealPages(filter: DealFilterInput | null, sort: string): DealPages {
  const client = useApolloClient();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const [created, setCreated] = useState(0);
  const variables = useMemo(() => ({ filter, sort }), [filter, sort]);
  const { data, error, fetchMore, refetch } = useQuery(DealTableDocument, {
    variables,
    skip: filter === null,
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

  const compare = useCallback(
    (ids: readonly string[], updatedSince: string | null) => {
      if (ids.length === 0) return;
      const changed = { ids: [...ids], ...(updatedSince === null ? {} : { updatedSince }) };
      client
        .query({
          query: DealTableDocument,
          variables: { filter: changed },
          fetchPolicy: 'network-only',
        })
        // The shell says that the connection is lost; the next comparison sees what this one would have.
        .catch(() => undefined);
    },
    [client],
  );

  useDealEvents((events) => {
    const known = new Set(latest.current?.map(({ id }) => id));
    const touched = new Set(events.map(({ masterDealId }) => masterDealId));
    compare([...touched].filter((id) => known.has(id)).slice(0, IDS), null);
    const others = events.filter(({ type }) => type === 'masterdeal.created');
    if (others.length > 0) setCreated((count) => count + others.length);
  });
  useInterval(COMPARE, () => {
    const shown = latest.current ?? [];
    const newest = shown.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), '');
    compare(
      shown.slice(0, IDS).map(({ id }) => id),
      newest,
    );
  });

  return {
    rows,
    problem: error === undefined || rows !== null ? null : problemOf(error),
    loadMore: !hasNextPage || loadingMore ? null : fetchNext,
    loadingMore,
    moreProblem,
    created,
    reload: () => {
      setCreated(0);
      setMoreProblem(null);
      refetch().catch(() => undefined);
    },
  };
}
