import { filterType } from 'twenty-mak-domain';
import type { FieldFilter, Filterable, FilterValue, RecordFilter } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/** A part of a statement, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A condition whose parameters begin with this number. */
export type MakeCondition = (next: number) => Condition;

/** Conditions in SQL, each in brackets; their values are added to those of the statement. */
export function placed(where: readonly MakeCondition[], values: unknown[]): readonly string[] {
  return where.map((make) => {
    const { sql, values: own } = make(values.length + 1);
    values.push(...own);
    return `(${sql})`;
  });
}

/** How many records fulfil the conditions, counted up to `most`. `from` is a table with a condition; `$1` is the tenant. */
export async function countWhere(
  tx: Transaction,
  tenantId: string,
  from: string,
  where: readonly MakeCondition[],
  most: number,
): Promise<number> {
  const values: unknown[] = [tenantId];
  const conditions = placed(where, values);
  values.push(most);
  const [row] = await tx.query<{ records: number }>(
    `SELECT count(*) AS records FROM (
       SELECT FROM ${[from, ...conditions].join(' AND ')} LIMIT $${values.length}) AS counted`,
    values,
  );
  return row?.records ?? 0;
}

/** Builds a condition of a checked filter; values become parameters, never text of the statement. */
export abstract class FilterSql {
  private readonly values: unknown[] = [];

  /** `first` is the number of its first parameter; `present` is in milliseconds. */
  constructor(
    protected readonly what: Filterable,
    private readonly first: number,
    private readonly present: number,
  ) {}

  condition(filter: RecordFilter): Condition {
    return { sql: this.of(filter), values: this.values };
  }

  /** One question, or several about one field. */
  protected abstract field(filter: FieldFilter): string;

  /** A question about rows that hang on the record, `from` on as `h`: there is one that answers all, or none at all. */
  protected hanging(filter: FieldFilter, from: string, column: string): string {
    const { empty, ...rest } = filter;
    const exists = (extra: string): string => `EXISTS (SELECT FROM ${from} ${extra})`;
    const parts = [
      ...(empty === undefined ? [] : [`${empty ? 'NOT ' : ''}${exists('')}`]),
      ...(asks(rest) ? [exists(`AND ${this.questions(rest, column)}`)] : []),
    ];
    return `(${parts.join(' AND ')})`;
  }

  protected questions(
    { field, is, contains, from, to, before, lastDays, empty }: FieldFilter,
    column: string,
  ): string {
    const type = filterType(this.what, field);
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
      const begin = value(this.present - lastDays * 86_400_000);
      parts.push(`${column} > ${begin} AND ${column} <= ${value(this.present)}`);
    }
    // What has no value answers no question; without this a negation would pass it over too.
    return `coalesce(${parts.map((part) => `(${part})`).join(' AND ')}, false)`;
  }

  protected parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.first + this.values.length - 1}`;
  }

  private of(filter: RecordFilter): string {
    if ('field' in filter) return this.field(filter);
    if ('not' in filter) return `NOT (${this.of(filter.not)})`;
    const [parts, word, nothing] =
      'all' in filter ? [filter.all, ' AND ', 'true'] : [filter.any, ' OR ', 'false'];
    return parts.length === 0 ? nothing : `(${parts.map((part) => this.of(part)).join(word)})`;
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
}

function asks({ field: _field, ...questions }: FieldFilter): boolean {
  return Object.values(questions).some((one) => one !== undefined);
}

/** PostgreSQL and JavaScript agree on instants of these years; others lie before or after all records. */
function instantOf(at: number): string {
  const [least, most] = [-62_135_596_800_000, 253_402_300_799_999];
  return new Date(Math.min(Math.max(at, least), most)).toISOString();
}
