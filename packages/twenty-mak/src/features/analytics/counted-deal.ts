import type { Instant, SlaRun } from 'twenty-mak-domain';
import type { RollupDeltas } from './deltas.ts';
import { durationStep } from './durations.ts';
import { FIGURES } from './figures.ts';
import { measuresOf } from './measures.ts';
import type { MeasureEvent } from './measures.ts';

export interface CountedRun extends Pick<SlaRun, 'timer' | 'dueAt' | 'closedAs'> {
  readonly breachPublished: boolean;
  readonly workedMs: number | null;
}

/** What counts of a deal that is not archived. Parts that do not change may be left out on both sides of a change. */
export interface CountedDeal {
  readonly pipelineId: string;
  readonly createdAt: Instant;
  readonly stage: string;
  readonly reached: string;
  readonly stageStartedAt: Instant;
  readonly isOpen: boolean;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly ownerId: string | null;
  /** How many of its runs are breached, those left out of `runs` included. */
  readonly breaches: number;
  readonly runs: readonly CountedRun[];
  /** Stays in a stage that have ended. */
  readonly visits: readonly { readonly stage: string; readonly ms: number }[];
  readonly measures: readonly MeasureEvent[];
}

/** Adds the deal to the figures, or takes it away. `scan.ts` says the same in SQL. */
export function countDeal(deltas: RollupDeltas, deal: CountedDeal, sign: 1 | -1): void {
  const { pipelineId, createdAt: at, stage } = deal;
  const currency = deal.currency ?? '';
  const amount = sign * (deal.amount ?? 0);
  const owner = { pipelineId, at, subject: deal.ownerId ?? '' };
  const detail = deal.reached;
  deltas.add(
    { pipelineId, at, figure: FIGURES.deal, subject: stage, detail, currency },
    sign,
    amount,
  );
  deltas.add({ ...owner, figure: FIGURES.owner, currency }, sign, amount);
  if (deal.breaches > 0)
    deltas.add({ ...owner, figure: FIGURES.ownerBreach }, sign * deal.breaches);
  if (deal.isOpen) {
    const wait = { pipelineId, at, figure: FIGURES.wait, subject: stage };
    deltas.add(wait, sign, sign * deal.stageStartedAt);
  }
  for (const run of deal.runs) countRun(deltas, deal, run, sign);
  for (const { stage: subject, ms } of deal.visits) {
    const visit = { pipelineId, at, figure: FIGURES.visit, subject, detail: `${durationStep(ms)}` };
    deltas.add(visit, sign, sign * ms);
  }
  countMeasures(deltas, pipelineId, deal.measures, sign);
}

function countRun(
  deltas: RollupDeltas,
  { pipelineId, createdAt: at }: CountedDeal,
  { timer: subject, dueAt, closedAs, breachPublished, workedMs }: CountedRun,
  sign: 1 | -1,
): void {
  const detail = breachPublished ? 'breached' : (closedAs ?? 'running');
  deltas.add({ pipelineId, at, figure: FIGURES.run, subject, detail }, sign);
  if (breachPublished) deltas.add({ pipelineId, at: dueAt, figure: FIGURES.breach, subject }, sign);
  if (closedAs === 'met' && workedMs !== null) {
    const time = {
      pipelineId,
      at,
      figure: FIGURES.time,
      subject,
      detail: `${durationStep(workedMs)}`,
    };
    deltas.add(time, sign, sign * workedMs);
  }
}

export function countMeasures(
  deltas: RollupDeltas,
  pipelineId: string,
  events: readonly MeasureEvent[],
  sign: 1 | -1,
): void {
  for (const measure of events.flatMap(measuresOf)) {
    const { figure, at } = measure;
    if (measure.figure === 'nps') {
      deltas.add({ pipelineId, figure, at, subject: `${measure.score}` }, sign);
    } else {
      const { name: subject, currency, value } = measure;
      deltas.add({ pipelineId, figure, at, subject, currency }, sign, sign * value);
    }
  }
}
