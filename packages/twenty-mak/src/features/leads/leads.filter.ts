import { filterType, nameWords, readEmail } from 'twenty-mak-domain';
import type { FieldFilter, FilterValue, LeadFilter } from 'twenty-mak-domain';
import type { Condition } from './leads.repository.ts';
import { readPhone } from './read-phone.ts';

/** What a filter is turned into SQL with. */
export interface FilterContext {
  readonly present: number;
  readonly country: string;
  /** Secret digest of a key, as it stands in `lead_key`. */
  readonly digest: (text: string) => string;
}

/** Builds conditions on `lead l`; values become parameters, never text of the statement. */
class Sql {
  readonly values: unknown[] = [];

  constructor(
    private readonly first: number,
    private readonly context: FilterContext,
  ) {}

  of(filter: LeadFilter): string {
    if ('field' in filter) return this.field(filter);
    if ('not' in filter) return `NOT (${this.of(filter.not)})`;
    const [parts, word, nothing] =
      'all' in filter ? [filter.all, ' AND ', 'true'] : [filter.any, ' OR ', 'false'];
    return parts.length === 0 ? nothing : `(${parts.map((part) => this.of(part)).join(word)})`;
  }

  private field(filter: FieldFilter): string {
    const { field } = filter;
    if (filterType(field) === 'sealed') return this.sealed(filter);
    if (field === 'external_system') return this.hanging(filter, 'lead_ref', 'h.system', 'true');
    const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
    if (attribute !== undefined) {
      const value = `h.attributes ->> ${this.parameter(attribute)}::text`;
      return this.hanging(filter, 'lead_contact', `(${value})`, `${value} IS NOT NULL`);
    }
    return this.questions(filter, `l.${field}`);
  }

  /** A question about rows that hang on the lead: there is one that answers all, or none at all. */
  private hanging(filter: FieldFilter, table: string, column: string, condition: string): string {
    const { empty, ...rest } = filter;
    const exists = (extra: string): string =>
      `EXISTS (SELECT FROM ${table} h WHERE h.lead_id = l.id AND ${condition} ${extra})`;
    const parts = [
      ...(empty === undefined ? [] : [`${empty ? 'NOT ' : ''}${exists('')}`]),
      ...(asks(rest) ? [exists(`AND ${this.questions(rest, column)}`)] : []),
    ];
    return `(${parts.join(' AND ')})`;
  }

  /** Whole values only, by their digests. */
  private sealed({ field, is, empty }: FieldFilter): string {
    const of = (extra: string): string =>
      `EXISTS (SELECT FROM lead_key h WHERE h.lead_id = l.id AND h.way = '${field}' ${extra})`;
    const digests = (is ?? []).flatMap((value) => digestOf(field, value, this.context) ?? []);
    const parts = [
      ...(empty === undefined ? [] : [`${empty ? 'NOT ' : ''}${of('')}`]),
      ...(is === undefined ? [] : [of(`AND h.digest = ANY (${this.parameter(digests)}::uuid[])`)]),
    ];
    return `(${parts.join(' AND ')})`;
  }

  private questions(
    { field, is, contains, from, to, before, lastDays, empty }: FieldFilter,
    column: string,
  ): string {
    const type = filterType(field);
    const isTime = type === 'time';
    const value = (number: number): string =>
      isTime
        ? `${this.parameter(instantOf(number))}::timestamptz`
        : `${this.parameter(number)}::numeric`;
    const parts: string[] = [];
    if (empty !== undefined) parts.push(`${column} IS ${empty ? '' : 'NOT '}NULL`);
    if (is !== undefined) parts.push(this.isOneOf(column, is, type));
    if (contains !== undefined)
      parts.push(
        `position(${this.parameter(contains.toLowerCase())}::text IN lower(${column})) > 0`,
      );
    if (from !== undefined) parts.push(`${column} >= ${value(from)}`);
    if (to !== undefined) parts.push(`${column} <= ${value(to)}`);
    if (before !== undefined) parts.push(`${column} < ${value(before)}`);
    if (lastDays !== undefined) {
      const { present } = this.context;
      const begin = value(present - lastDays * 86_400_000);
      parts.push(`${column} > ${begin} AND ${column} <= ${value(present)}`);
    }
    // What has no value answers no question; without this a negation would pass it over too.
    return `coalesce(${parts.map((part) => `(${part})`).join(' AND ')}, false)`;
  }

  private isOneOf(
    column: string,
    values: readonly FilterValue[],
    type: ReturnType<typeof filterType>,
  ): string {
    if (type === 'text') {
      const texts = values.map((one) => String(one).toLowerCase());
      return `lower(${column}) = ANY (${this.parameter(texts)}::text[])`;
    }
    if (type === 'number') return `${column} = ANY (${this.parameter(values)}::numeric[])`;
    if (type === 'flag') return `${column} = ANY (${this.parameter(values)}::boolean[])`;
    return `${column}::text = ANY (${this.parameter(values.map(String))}::text[])`;
  }

  private parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.first + this.values.length - 1}`;
  }
}

/** A checked filter as a condition. */
export function conditionOf(
  filter: LeadFilter,
  context: FilterContext,
): (next: number) => Condition {
  return (next) => {
    const builder = new Sql(next, context);
    return { sql: builder.of(filter), values: builder.values };
  };
}

/** Digest of a whole number, address or name; null when it is none. */
export function digestOf(
  field: string,
  value: FilterValue,
  { digest, country }: FilterContext,
): string | null {
  const text = String(value);
  if (field === 'phone') {
    const number = readPhone(text, country);
    return number === null ? null : digest(`phone:${number.slice(1)}`);
  }
  if (field === 'email') {
    const address = readEmail(text);
    return address.ok ? digest(`email:${address.value}`) : null;
  }
  const words = nameWords(text);
  return words.length === 0 ? null : digest(`name:${words.join(' ')}`);
}

function asks({ field: _field, ...questions }: FieldFilter): boolean {
  return Object.values(questions).some((one) => one !== undefined);
}

/** PostgreSQL and JavaScript agree on instants of these years; others lie before or after all leads. */
function instantOf(at: number): string {
  const [least, most] = [-62_135_596_800_000, 253_402_300_799_999];
  return new Date(Math.min(Math.max(at, least), most)).toISOString();
}
