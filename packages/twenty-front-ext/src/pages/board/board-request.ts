import type { BoardGrouping, DealFilterInput } from '../../generated/graphql.ts';

/** Orders of the cards in a column, as in the API. */
export const SORTS = [
  '-stage_started_at',
  'stage_started_at',
  'sla_due_at',
  '-amount',
  'name',
  '-updated_at',
  '-created_at',
] as const;
export type BoardSort = (typeof SORTS)[number];

export const DEFAULT_SORT: BoardSort = '-stage_started_at';

export function readSort(text: string | null): BoardSort {
  return SORTS.find((sort) => sort === text) ?? DEFAULT_SORT;
}

/** What the board shows; part of the address, so that it survives a reload and can be sent to somebody. */
export interface BoardRequest {
  /** Null: the tenant's default pipeline. */
  readonly pipeline: string | null;
  readonly groupBy: BoardGrouping;
  readonly filter: DealFilterInput;
  readonly sort: BoardSort;
}
