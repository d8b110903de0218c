import { hal, nothing, notRows } from './answers.ts';
import type { Answer } from './answers.ts';
import type { StoredRecord } from './stored.ts';

/** What every row that is listed has. */
interface Listed {
  readonly id: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface ListQuery {
  readonly page: number;
  readonly limit: number;
  readonly order: readonly [field: keyof Listed, direction: 'asc' | 'desc'];
  readonly with: ReadonlySet<string>;
  readonly text: string | null;
  /** Path in the brackets, e.g. `updated_at.from`, and all its values. */
  readonly filter: ReadonlyMap<string, ReadonlySet<string>>;
}

const MOST = 250;
const ORDERS: readonly string[] = ['id', 'created_at', 'updated_at'];
/** Tasks have no order by their changes. */
export const TASK_ORDERS: readonly string[] = ['id', 'created_at'];

/**
 * What a list is asked. Stricter than amoCRM, so that mistakes show: filters and orders that are not documented are refused.
 * Throws 400.
 */
export function readQuery(
  parameters: URLSearchParams,
  filters: RegExp,
  orders = ORDERS,
): ListQuery {
  const filter = new Map<string, Set<string>>();
  let order: ListQuery['order'] = ['id', 'desc'];
  for (const [name, value] of parameters) {
    const [, root = '', rest = ''] = /^(\w+)((?:\[\w*\])*)$/.exec(name) ?? [];
    const path = [...rest.matchAll(/\[(\w*)\]/g)].map(([, part = '']) => part);
    if (root === 'filter') {
      // `[]` and `[0]` at the end are places in a list.
      const named = path.filter((part, index) => index === 0 || !/^$|^\d$/.test(part)).join('.');
      if (!filters.test(named)) throw notRows(`There is no filter ${named}.`);
      filter.set(named, (filter.get(named) ?? new Set()).add(value));
    } else if (root === 'order') {
      const [field = ''] = path;
      if (!orders.includes(field) || !/^(?:asc|desc)$/.test(value))
        throw notRows(`There is no order ${field} ${value}.`);
      order = [field as keyof Listed, value as 'asc' | 'desc'];
    } else if (!['page', 'limit', 'with', 'query'].includes(root))
      throw notRows(`There is no parameter ${name}.`);
  }
  return {
    page: numberOf(parameters.get('page'), 1, Number.MAX_SAFE_INTEGER),
    limit: numberOf(parameters.get('limit'), 50, MOST),
    order,
    with: new Set(parameters.get('with')?.split(',') ?? []),
    text: parameters.get('query'),
    filter,
  };
}

/** One page of rows that fit already, or 204 when it is empty. */
export function pageOf<T extends Listed>(
  rows: readonly T[],
  { page, limit, order: [field, direction] }: ListQuery,
  plural: string,
  url: URL,
  show: (row: T) => object,
): Answer {
  const sign = direction === 'asc' ? 1 : -1;
  const sorted = rows.toSorted(
    (left, right) => sign * (left[field] - right[field]) || sign * (left.id - right.id),
  );
  const found = sorted.slice((page - 1) * limit, page * limit);
  if (found.length === 0) return nothing();
  const at = (number: number): object => {
    const href = new URL(url);
    href.searchParams.set('page', String(number));
    href.searchParams.set('limit', String(limit));
    return { href: String(href) };
  };
  return hal({
    _page: page,
    _links: {
      self: at(page),
      ...(sorted.length > page * limit ? { next: at(page + 1) } : {}),
      ...(page > 1 ? { first: at(1), prev: at(page - 1) } : {}),
    },
    _embedded: { [plural]: found.map(show) },
  });
}

/** All of something that has no pages. */
export function wholeList(plural: string, rows: readonly object[], url: URL): Answer {
  if (rows.length === 0) return nothing();
  return hal({
    _total_items: rows.length,
    _page: 1,
    _page_count: 1,
    _links: { self: { href: String(url) } },
    _embedded: { [plural]: rows },
  });
}

export const RECORD_FILTERS =
  /^(?:id|name|responsible_user_id|pipeline_id|(?:updated_at|created_at|closed_at|price)(?:\.(?:from|to))?|statuses\.(?:pipeline_id|status_id)|custom_fields_values\.\d+)$/;

/** Whether a record fits a list's question. Deleted ones are listed only when they are asked for. */
export function fitsRecord(record: StoredRecord, query: ListQuery): boolean {
  const isDeleted = record.scalars['is_deleted'] === true;
  if (isDeleted !== query.with.has('only_deleted')) return false;
  if (query.text !== null && !textsOf(record).some((text) => contains(text, query.text ?? '')))
    return false;
  return [...query.filter].every(([path, values]) => {
    const [name = '', part = ''] = path.split('.');
    if (name === 'statuses') return values.has(String(record.scalars[part]));
    if (name === 'custom_fields_values')
      return (record.custom.get(Number(part)) ?? []).some(({ value }) => values.has(String(value)));
    return fitsScalar(name === 'id' ? record.id : record.scalars[name], part, values);
  });
}

/** `from` and `to` are part of the span. */
export function fitsScalar(value: unknown, part: string, values: ReadonlySet<string>): boolean {
  const [bound] = values;
  if (part === 'from') return Number(value) >= Number(bound);
  if (part === 'to') return Number(value) <= Number(bound);
  return values.has(String(value));
}

function textsOf({ scalars, custom }: StoredRecord): string[] {
  const filled = [...custom.values()].flat().map(({ value }) => String(value));
  return [String(scalars['name']), ...filled];
}

function contains(text: string, sought: string): boolean {
  const digits = (from: string): string => from.replaceAll(/\D/g, '');
  if (text.toLowerCase().includes(sought.toLowerCase())) return true;
  return digits(sought).length > 4 && digits(text).includes(digits(sought));
}

function numberOf(text: string | null, preset: number, most: number): number {
  if (text === null) return preset;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= most) return number;
  throw notRows(`${text} is no number from 1 to ${most}.`);
}
