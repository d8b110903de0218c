import { memberOf } from '../../app/data/member-of.ts';
import type { DealFilters } from '../deal-filters/deal-filters.ts';
import { filterInput, filtersOf } from '../deal-filters/filter-input.ts';

export interface ViewColumn {
  readonly key: string;
  readonly width?: number;
  readonly visible: boolean;
}

/** What a view keeps: how somebody wants to see deals. */
export interface ViewState {
  readonly filters: DealFilters;
  /** As the server writes it, e.g. `-amount`. */
  readonly sort: string | null;
  readonly groupBy: 'stage' | 'business' | null;
  readonly columns: readonly ViewColumn[] | null;
}

/** The definition as the server keeps it; the filter is in the words of `DealFilterInput`. */
export function writeView({ filters, sort, groupBy, columns }: ViewState): Record<string, unknown> {
  return {
    filter: filterInput(filters, null),
    ...(sort === null ? {} : { sort }),
    ...(groupBy === null ? {} : { groupBy }),
    ...(columns === null ? {} : { columns }),
  };
}

/** What another program or an older version wrote may be anything; what makes no sense is left out. */
export function readView(definition: unknown): ViewState {
  const sort = memberOf(definition, 'sort');
  const groupBy = memberOf(definition, 'groupBy');
  const columns = memberOf(definition, 'columns');
  return {
    filters: filtersOf(memberOf(definition, 'filter')),
    sort: typeof sort === 'string' ? sort : null,
    groupBy: groupBy === 'stage' || groupBy === 'business' ? groupBy : null,
    columns: Array.isArray(columns) ? columns.flatMap(readColumn) : null,
  };
}

function readColumn(raw: unknown): ViewColumn[] {
  const key = memberOf(raw, 'key');
  const width = memberOf(raw, 'width');
  if (typeof key !== 'string') return [];
  const visible = memberOf(raw, 'visible') === true;
  return [typeof width === 'number' ? { key, width, visible } : { key, visible }];
}
