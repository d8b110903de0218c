import { useQuery } from '@apollo/client/react';
import { useRef } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { DashboardDocument } from '../../generated/graphql.ts';
import type { DashboardQueryVariables } from '../../generated/graphql.ts';
import type { Dashboard } from './deal-links.ts';

/** After a change the figures are read again, and not more often than this. */
const PAUSE = 2_000;

export interface DashboardHandle {
  /** Null while the first figures load, and when they could not be loaded. */
  readonly dashboard: Dashboard | null;
  readonly problem: Problem | null;
  /** Figures of the filters before are shown. */
  readonly stale: boolean;
  readonly reload: () => void;
}

/** The figures of a selection; they follow every change of a deal. */
export function useDashboard(variables: DashboardQueryVariables): DashboardHandle {
  const key = JSON.stringify(variables);
  const { data, error, loading, refetch } = useQuery(DashboardDocument, {
    variables,
    context: ASKED_ANEW,
  });
  const kept = useRef<{ readonly key: string; readonly dashboard: Dashboard } | null>(null);
  if (data !== undefined) kept.current = { key, dashboard: data.dashboard };

  const reload = (): void => {
    // Why it failed is told by `problem`.
    refetch().catch(() => undefined);
  };
  // What changes while this waits is one more change, and is read after the pause as well.
  useDealChanges(async () => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    await refetch();
  }, !loading);

  const own = kept.current?.key === key;
  const shown = own || (loading && error === undefined) ? (kept.current?.dashboard ?? null) : null;
  return {
    dashboard: shown,
    problem: error === undefined ? null : problemOf(error),
    stale: shown !== null && !own,
    reload,
  };
}
