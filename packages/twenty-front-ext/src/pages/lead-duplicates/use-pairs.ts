import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { LeadPairsDocument } from '../../generated/graphql.ts';
import type { LeadPairsQueryVariables, PairLineFragment } from '../../generated/graphql.ts';

export interface Pairs {
  /** Null while the first page loads. */
  readonly pairs: readonly PairLineFragment[] | null;
  readonly problem: Problem | null;
  readonly next: string | null;
  readonly loadingMore: boolean;
  readonly moreProblem: Problem | null;
  readonly loadMore: (cursor: string) => void;
  readonly reload: () => Promise<void>;
}

/** Pairs of a filter, page by page. */
export function usePairs(variables: LeadPairsQueryVariables): Pairs {
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const { data, error, fetchMore, refetch } = useQuery(LeadPairsDocument, { variables });
  const pairs = data?.leadDuplicates.items ?? null;
  const loadMore = (cursor: string): void => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({ variables: { cursor } })
      .catch((failure: unknown) => setMoreProblem(problemOf(failure)))
      .finally(() => setLoadingMore(false));
  };
  // The shell says that the connection is lost; the list stays as it was.
  const reload = useCallback(async () => {
    setMoreProblem(null);
    await refetch().catch(() => undefined);
  }, [refetch]);
  const next = data?.leadDuplicates.next ?? null;
  // All that was loaded is decided, and there is more.
  const isUsedUp = pairs?.length === 0 && next !== null;
  useEffect(() => {
    if (isUsedUp) void reload();
  }, [isUsedUp, reload]);
  return {
    pairs,
    problem: error === undefined || pairs !== null ? null : problemOf(error),
    next,
    loadingMore,
    moreProblem,
    loadMore,
    reload,
  };
}

export function keyOf({ leadId, otherId }: Pick<PairLineFragment, 'leadId' | 'otherId'>): string {
  return `${leadId} ${otherId}`;
}
