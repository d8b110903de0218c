export { checkFilter, FILTER_LIMITS, filterFields, filterType } from './filter.ts';
export type { FieldFilter, Filterable, FilterType, FilterValue, RecordFilter } from './filter.ts';
export { matchesFilter } from './match.ts';
export type { FilterRow } from './match.ts';
