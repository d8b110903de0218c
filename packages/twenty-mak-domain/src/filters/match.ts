import { DAY } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import { filterType, partsOf } from './filter.ts';
import type { FieldFilter, Filterable, FilterValue, RecordFilter } from './filter.ts';

/** Values of a record by field, in the words of filters; several where a lead has several, none where it has none. */
export type FilterRow = Readonly<Record<string, readonly FilterValue[]>>;

/**
 * Whether a record belongs to a segment. It is what a query of the store has to answer, and decides for single records that
 * change. `all` of nothing holds, `any` of nothing does not.
 */
export function matchesFilter(
  what: Filterable,
  filter: RecordFilter,
  row: FilterRow,
  now: Instant,
): boolean {
  if ('field' in filter) return matchesField(what, filter, row[filter.field] ?? [], now);
  const matches = (part: RecordFilter): boolean => matchesFilter(what, part, row, now);
  const parts = partsOf(filter);
  if ('not' in filter) return !parts.some(matches);
  return 'all' in filter ? parts.every(matches) : parts.some(matches);
}

/** One value has to answer all questions but `empty`. */
function matchesField(
  what: Filterable,
  { field, empty, is, contains, from, to, before, lastDays }: FieldFilter,
  values: readonly FilterValue[],
  now: Instant,
): boolean {
  if (empty !== undefined && empty !== (values.length === 0)) return false;
  const isText = filterType(what, field) === 'text';
  const spoken = (value: FilterValue): FilterValue =>
    isText && typeof value === 'string' ? value.toLowerCase() : value;
  const wanted = is?.map(spoken);
  const part = contains?.toLowerCase();
  const answers = (value: FilterValue): boolean => {
    const own = spoken(value);
    const number = Number(own);
    return (
      (wanted === undefined || wanted.includes(own)) &&
      (part === undefined || String(own).includes(part)) &&
      (from === undefined || number >= from) &&
      (to === undefined || number <= to) &&
      (before === undefined || number < before) &&
      (lastDays === undefined || (number > now - lastDays * DAY && number <= now))
    );
  };
  const asksForValue = [is, contains, from, to, before, lastDays].some((one) => one !== undefined);
  return !asksForValue || values.some(answers);
}
