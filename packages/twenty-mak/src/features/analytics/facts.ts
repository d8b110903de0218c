import { workingTime } from 'twenty-mak-domain';
import type { CompiledPipeline, PipelineDefinition, SlaRun } from 'twenty-mak-domain';

const ALWAYS = { kind: 'always' } as const;

/** The stage of the highest rank; the initial one when none has a rank. Ended deals keep what they had reached. */
export function highestStage(
  { definition, ranks }: Pick<CompiledPipeline, 'definition' | 'ranks'>,
  stages: readonly string[],
): string {
  const highest = stages.reduce((rank, stage) => Math.max(rank, ranks.get(stage) ?? 0), 0);
  return definition.stages[highest]?.key ?? '';
}

/** Time from opening to end on the calendar of the timer, in milliseconds; null while the run is open. */
export function workedTime(
  { timers = [], calendars = {} }: Pick<PipelineDefinition, 'timers' | 'calendars'>,
  { timer, openedAt, closedAt }: Pick<SlaRun, 'timer' | 'openedAt' | 'closedAt'>,
): number | null {
  if (closedAt === null) return null;
  const key = timers.find((one) => one.key === timer)?.calendar;
  return workingTime(
    openedAt,
    closedAt,
    (key === undefined ? undefined : calendars[key]) ?? ALWAYS,
  );
}
