export { RollupBuildEntity, RollupEntity } from './analytics.entity.ts';
export { highestStage, workedTime } from './facts.ts';
export { DURATION_BOUNDS, durationStep, summarize } from './durations.ts';
export type { DurationSummary, StepCount } from './durations.ts';
export { FIGURES } from './figures.ts';
export { RULES } from './rules.ts';
export type { Figure, FigureRow } from './figures.ts';
export { scanSql, unsweptSql } from './scan.ts';
