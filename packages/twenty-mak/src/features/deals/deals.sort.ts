/** Orders of a list. Each has an index, or is allowed only where few deals have to be sorted. */
export const DEAL_SORTS = {
  stage_started_at: { column: 'stage_started_at', type: 'timestamptz', indexed: true },
  sla_due_at: { column: 'sla_due_at', type: 'timestamptz', indexed: true },
  created_at: { column: 'created_at', type: 'timestamptz', indexed: false },
  updated_at: { column: 'updated_at', type: 'timestamptz', indexed: false },
  amount: { column: 'amount', type: 'bigint', indexed: false },
  name: { column: 'name', type: 'text', indexed: false },
} as const;

export type SortField = keyof typeof DEAL_SORTS;

export interface DealSort {
  readonly field: SortField;
  readonly descending: boolean;
}

/** A page begins after this row; `value` is null for rows that have none, which come last. */
export interface DealPosition {
  readonly value: string | number | null;
  readonly id: string;
}

/** How many deals are sorted for one page when no index has the order. */
export const SORT_LIMIT = 100_000;

/** `-amount` is descending; newest first unless said otherwise. */
export const DEFAULT_SORT: DealSort = { field: 'stage_started_at', descending: true };

export function readSort(text: string): DealSort | null {
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  return Object.hasOwn(DEAL_SORTS, field) ? { field: field as SortField, descending } : null;
}

export function writeSort({ field, descending }: DealSort): string {
  return descending ? `-${field}` : field;
}
