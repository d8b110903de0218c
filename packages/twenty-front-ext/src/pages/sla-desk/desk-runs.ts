import type { DeskRunFragment } from '../../generated/graphql.ts';

const DAY = 86_400_000;

export type DeskGroupKey = 'breached' | 'soon' | 'later';

/** Runs by how near their due time is; in the order they came. */
export function groupRuns<Run extends Pick<DeskRunFragment, 'dueAt'>>(
  runs: readonly Run[],
  now: number,
): Readonly<Record<DeskGroupKey, readonly Run[]>> {
  const groups: Record<DeskGroupKey, Run[]> = { breached: [], soon: [], later: [] };
  for (const run of runs) {
    const left = Date.parse(run.dueAt) - now;
    groups[left < 0 ? 'breached' : left < DAY ? 'soon' : 'later'].push(run);
  }
  return groups;
}

export type RunIdentity = Pick<
  DeskRunFragment,
  'dealId' | 'timer' | 'openedSource' | 'openedEventId'
>;

/** A run has no id but the event that opened it. */
export function identityOf({
  dealId,
  timer,
  openedSource,
  openedEventId,
}: RunIdentity): RunIdentity {
  return { dealId, timer, openedSource, openedEventId };
}

export function keyOf(run: RunIdentity): string {
  return JSON.stringify(Object.values(identityOf(run)));
}

export interface PersonCounts {
  readonly personId: string | null;
  readonly breached: number;
  readonly dueWithinDay: number;
  readonly dueLater: number;
}

/** How many runs there are in each group, those of one person only if there is one. */
export function totals(
  people: readonly PersonCounts[],
  person: string | null,
): Readonly<Record<DeskGroupKey, number>> {
  const counted = person === null ? people : people.filter(({ personId }) => personId === person);
  const sum = (of: (one: PersonCounts) => number): number =>
    counted.reduce((all, one) => all + of(one), 0);
  return {
    breached: sum(({ breached }) => breached),
    soon: sum(({ dueWithinDay }) => dueWithinDay),
    later: sum(({ dueLater }) => dueLater),
  };
}
