import type { ConvertedSum } from 'twenty-mak-domain';
import type { Converter } from '../exchange-rates/index.ts';
import type { Grouping } from './board-columns.ts';
import type { PipelineKeys } from './deal-pipelines.ts';
import type { CountRow } from './deals.repository.ts';

/** Deals of one currency in one stage. */
export type SumRow = Omit<CountRow, 'business_stage'> & Partial<Pick<CountRow, 'business_stage'>>;

export interface Totals {
  readonly deals: number;
  /** By currency; deals without one are in no sum. */
  readonly sums: readonly { currency: string; amount: number; deals: number }[];
  /** In the tenant's currency. */
  readonly sum: ConvertedSum;
}

export interface StageCount extends Totals {
  readonly pipeline: string;
  readonly stage: string;
  /** Null unless counted by it, and when the deals have none. */
  readonly businessStage: string | null;
}

/** Number and sums over all rows. */
export function totalsOf(
  rows: readonly Pick<SumRow, 'currency' | 'deals' | 'amount'>[],
  convert: Converter,
): Totals {
  const byCurrency = Map.groupBy(
    rows.filter(({ currency }) => currency !== ''),
    ({ currency }) => currency,
  );
  const sums = [...byCurrency].map(([currency, own]) => ({
    currency,
    amount: own.reduce((sum, { amount }) => sum + amount, 0),
    deals: dealsOf(own),
  }));
  return { deals: dealsOf(rows), sums, sum: convert(sums) };
}

export function dealsOf(rows: readonly Pick<SumRow, 'deals'>[]): number {
  return rows.reduce((sum, { deals }) => sum + deals, 0);
}

/** Totals of every stage of every pipeline, or of every business stage of each. */
export function countsByStage(
  rows: readonly SumRow[],
  keys: PipelineKeys,
  convert: Converter,
  grouping: Grouping = 'stage',
): StageCount[] {
  const businessStageOf = ({ business_stage: title = '' }: SumRow): string | null =>
    grouping === 'stage' || title === '' ? null : title;
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify([row.pipeline_id, row.stage, businessStageOf(row)]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { pipeline_id: id, stage } = first;
    const place = { pipeline: keys.keyOf(id), stage, businessStage: businessStageOf(first) };
    return [{ ...place, ...totalsOf(group, convert) }];
  });
}
