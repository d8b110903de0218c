import type { PipelineKeys } from './deal-pipelines.ts';
import type { CountRow } from './deals.repository.ts';

/** Deals of one currency in one stage. */
export type SumRow = Omit<CountRow, 'business_stage'>;

export interface Totals {
  readonly deals: number;
  /** By currency; deals without one are in no sum. */
  readonly sums: readonly { currency: string; amount: number; deals: number }[];
}

export interface StageCount extends Totals {
  readonly pipeline: string;
  readonly stage: string;
}

/** Number and sums over all rows. */
export function totalsOf(rows: readonly SumRow[]): Totals {
  const byCurrency = Map.groupBy(
    rows.filter(({ currency }) => currency !== ''),
    ({ currency }) => currency,
  );
  return {
    deals: rows.reduce((sum, { deals }) => sum + deals, 0),
    sums: [...byCurrency].map(([currency, own]) => ({
      currency,
      amount: own.reduce((sum, { amount }) => sum + amount, 0),
      deals: own.reduce((sum, { deals }) => sum + deals, 0),
    })),
  };
}

/** Totals of every stage of every pipeline. */
export function countsByStage(rows: readonly SumRow[], keys: PipelineKeys): StageCount[] {
  const groups = Map.groupBy(rows, ({ pipeline_id: id, stage }) => `${id}\n${stage}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ pipeline: keys.keyOf(first.pipeline_id), stage: first.stage, ...totalsOf(group) }];
  });
}
