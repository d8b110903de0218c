import type { Instant } from '../basics/index.ts';
import { runKey } from './state.ts';
import type { SlaRun } from './state.ts';

export type RunStatus = 'running' | 'met' | 'breached' | 'cancelled';

/** Judges a run at `now`: breached when its end, or the present while it is open, is later than its due time. */
export function runStatus(
  run: Pick<SlaRun, 'dueAt' | 'closedAt' | 'closedAs'>,
  now: Instant,
): RunStatus {
  if ((run.closedAt ?? now) > run.dueAt) return 'breached';
  return run.closedAs ?? 'running';
}

/** A run whose breach was the last thing published about it. */
export type PublishedBreach = Pick<SlaRun, 'timer' | 'openedBy' | 'dueAt'>;

export interface BreachDecision {
  /** Runs to publish as breached. */
  readonly breached: readonly SlaRun[];
  /** Published breaches to take back: the run met its target after all, or vanished. */
  readonly retracted: readonly PublishedBreach[];
}

/**
 * What to publish after a fold or a sweep. `runs` are the runs of a deal that may have changed, `published` all its
 * runs with a published breach, `vanished` says of one of these that no run of that identity exists any more.
 */
export function decideBreaches(
  runs: readonly SlaRun[],
  published: readonly PublishedBreach[],
  vanished: (key: string) => boolean,
  now: Instant,
): BreachDecision {
  const last = new Set(published.map(runKey));
  const breached = runs.filter(
    (run) => runStatus(run, now) === 'breached' && !last.has(runKey(run)),
  );
  if (published.length === 0) return { breached, retracted: [] };
  const known = new Map(runs.map((run) => [runKey(run), run]));
  const retracted = published.filter((breach) => {
    const run = known.get(runKey(breach));
    return run === undefined ? vanished(runKey(breach)) : runStatus(run, now) !== 'breached';
  });
  return { breached, retracted };
}
