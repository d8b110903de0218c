import { useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { LeadTableDocument } from '../../generated/graphql.ts';
import type { LeadLineFragment, LeadTableQueryVariables } from '../../generated/graphql.ts';

export interface LeadPages {
  /** Null while the first page loads. */
  readonly rows: readonly LeadLineFragment[] | null;
  readonly problem: Problem | null;
  /** Null when all are loaded, or more are on their way. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded. */
  readonly moreProblem: Problem | null;
  readonly reload: () => void;
}

/** Leads of a filter in an order, page by page. */
export function useLeadPages(filter: LeadTableQueryVariables, sort: string): LeadPages {
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<Problem | null>(null);
  const { data, error, fetchMore, refetch } = useQuery(LeadTableDocument, {
    variables: { ...filter, sort },
  });
  const rows = data?.leads.items ?? null;
  const next = data?.leads.next ?? null;
  const fetchNext = useCallback(() => {
    setLoadingMore(true);
    setMoreProblem(null);
    fetchMore({ variables: { cursor: next } })
      .catch((failure: unknown) => setMoreProblem(problemOf(failure)))
      .finally(() => setLoadingMore(false));
  }, [next, fetchMore]);

  return {
    rows,
    problem: error === undefined || rows !== null ? null : problemOf(error),
    loadMore: next === null || loadingMore ? null : fetchNext,
    loadingMore,
    moreProblem,
    reload: () => {
      setMoreProblem(null);
      refetch().catch(() => undefined);
    },
  };
}
