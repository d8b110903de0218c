import { badRequest, invalid } from './refusals.ts';
import { instantOf } from './stamps.ts';

/** What a list can be asked for. */
export interface ListOptions<Row> {
  readonly filters: Readonly<Record<string, (row: Row, value: string) => boolean>>;
  readonly includes?: readonly string[];
  readonly sorts?: readonly (keyof Row & string)[];
  readonly show: (row: Row, includes: ReadonlySet<string>) => object;
}

const LONGEST_PAGE = 50;
const USUAL_PAGE = 15;

/** One page in the envelope of Laravel. `address` is that of the list, without what it is asked for. */
export function pageOf<Row extends { readonly id: number }>(
  rows: readonly Row[],
  query: URLSearchParams,
  address: string,
  options: ListOptions<Row>,
): object {
  const includes = includesOf(query, options.includes ?? []);
  const found = sorted(filtered(rows, query, options), query, options);
  const perPage = wholeOf(query, 'limit', USUAL_PAGE, LONGEST_PAGE);
  const page = wholeOf(query, 'page', 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(found.length / perPage));
  const shown = found.slice((page - 1) * perPage, page * perPage);
  // The links forget what the list was asked for, beside the page.
  const link = (to: number): string => `${address}?page=${to}`;
  return {
    total: found.length,
    current_page: page,
    per_page: perPage,
    last_page: last,
    from: shown.length === 0 ? null : (page - 1) * perPage + 1,
    to: shown.length === 0 ? null : (page - 1) * perPage + shown.length,
    data: shown.map((row) => options.show(row, includes)),
    first_page_url: link(1),
    last_page_url: link(last),
    next_page_url: page < last ? link(page + 1) : null,
    prev_page_url: page > 1 ? link(page - 1) : null,
  };
}

/** What a record is asked for with it. Throws what the query builder says of words that it does not know. */
export function includesOf(
  query: URLSearchParams,
  allowed: readonly string[],
): ReadonlySet<string> {
  const asked = (query.get('include') ?? '').split(',').filter((name) => name !== '');
  refuseUnknown('include', asked, allowed);
  return new Set(asked);
}

/** Values of `filter[...]`, by name. */
export function filtersOf(query: URLSearchParams): ReadonlyMap<string, string> {
  return new Map(
    [...query].flatMap(([name, value]) => {
      const key = /^filter\[(.+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Whether a value is one of those that a filter names, divided by commas. */
export function isNamed(value: unknown, named: string): boolean {
  return value != null && named.split(',').some((one) => one.trim() === String(value));
}

/** Whether an instant lies within two, divided by a comma; of a day all of it counts. */
export function isWithin(at: number | null, range: string): boolean {
  const [from = '', to = ''] = range.split(',').map((text) => text.trim());
  const [begin, end] = [instantOf(from), instantOf(to)];
  if (begin === undefined || end === undefined) throw badRequest(`Invalid range "${range}".`);
  if (at === null) return false;
  // Instants are kept in milliseconds and told in seconds.
  const second = Math.floor(at / 1_000) * 1_000;
  return second >= begin && second <= (to.length === 10 ? end + 86_399_000 : end);
}

function filtered<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  { filters }: ListOptions<Row>,
): readonly Row[] {
  const asked = filtersOf(query);
  refuseUnknown('filter', [...asked.keys()], Object.keys(filters));
  return rows.filter((row) => [...asked].every(([name, value]) => filters[name]?.(row, value)));
}

/** The newest first unless told otherwise, so a page moves when a record is added meanwhile. */
function sorted<Row extends { readonly id: number }>(
  rows: readonly Row[],
  query: URLSearchParams,
  { sorts = [] }: ListOptions<Row>,
): readonly Row[] {
  const asked = query.get('sort') ?? '-id';
  const name = asked.replace(/^-/, '');
  refuseUnknown('sort', [name], ['id', ...sorts]);
  const direction = asked.startsWith('-') ? -1 : 1;
  const valueOf = (row: Row): number => Number(row[name as keyof Row] ?? 0);
  return rows.toSorted(
    (left, right) => direction * (valueOf(left) - valueOf(right) || left.id - right.id),
  );
}

function refuseUnknown(what: string, asked: readonly string[], allowed: readonly string[]): void {
  const unknown = asked.filter((name) => !allowed.includes(name));
  if (unknown.length === 0) return;
  const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  throw badRequest(
    `Requested ${what}(s) ${list(unknown)} are not allowed. Allowed ${what}(s) are ${list(allowed)}.`,
  );
}

function wholeOf(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw mustBe(name, 'must be at least 1');
  if (value > most) throw mustBe(name, `may not be greater than ${most}`);
  return value;
}

function mustBe(name: string, what: string): Error {
  return invalid({ [name]: [`The ${name} ${what}.`] });
}
