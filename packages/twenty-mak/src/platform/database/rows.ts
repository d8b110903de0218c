import { jsonArray, plainArray, textArray, timeArray } from './array-literal.ts';
import type { Transaction } from './database.ts';

type Type = 'uuid' | 'text' | 'int' | 'smallint' | 'bigint' | 'boolean' | 'timestamptz' | 'jsonb';

/** Columns of a table that are written in sets, by name. */
export type ColumnTypes = Readonly<Record<string, Type>>;

/** A row as it is written: instants as milliseconds, `jsonb` as any JSON value. */
type Row<Columns extends ColumnTypes> = {
  readonly [Name in keyof Columns]: Columns[Name] extends 'jsonb'
    ? unknown
    : Columns[Name] extends 'boolean'
      ? boolean | null
      : Columns[Name] extends 'uuid' | 'text'
        ? string | null
        : number | null;
};

/**
 * Inserts rows of one tenant by one statement, which is not waited for; `conflict` says what becomes of those that are
 * there. If it fails, the transaction fails.
 *
 * What all rows have alike travels and is read once: of a thousand leads of a file most columns are.
 */
export function insertRows<Columns extends ColumnTypes>(
  tx: Transaction,
  tenantId: string,
  table: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
  conflict = '',
): void {
  if (rows.length === 0) return;
  const values: unknown[] = [tenantId];
  const arrays: string[] = [];
  const own: string[] = [];
  const selected = Object.entries(columns).map(([name, type]) => {
    const column = rows.map((row) => valueOf(type, row[name]));
    const [value = null] = column;
    if (column.every((other) => other === value))
      return `$${values.push(value === null ? null : scalar(type, value))}::${type}`;
    arrays.push(`$${values.push(literal(type, column))}::${type}[]`);
    own.push(name);
    return `own.${name}`;
  });
  const from =
    own.length === 0
      ? `generate_series(1, ${rows.length})`
      : `unnest(${arrays.join(', ')}) AS own (${own.join(', ')})`;
  tx.send(
    `INSERT INTO ${table} (tenant_id, ${Object.keys(columns).join(', ')}) SELECT $1, ${selected.join(', ')} FROM ${from} ${conflict}`,
    values,
  );
}

/** Sets columns of rows of one tenant by their `id`, by one statement; `also` is set beside them. */
export async function updateRows<Columns extends ColumnTypes & { readonly id: 'uuid' }>(
  tx: Transaction,
  tenantId: string,
  table: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
  also = '',
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = Object.keys(columns);
  const set = names.filter((name) => name !== 'id').map((name) => `${name} = sent.${name}`);
  return tx.execute(
    `UPDATE ${table} SET ${[...set, ...(also === '' ? [] : [also])].join(', ')}
     FROM ${unnest(columns)} AS sent (${names.join(', ')})
     WHERE ${table}.tenant_id = $1 AND ${table}.id = sent.id`,
    [tenantId, ...literals(columns, rows)],
  );
}

function unnest(columns: ColumnTypes): string {
  const arrays = Object.values(columns).map((type, index) => `$${index + 2}::${type}[]`);
  return `unnest(${arrays.join(', ')})`;
}

function literals<Columns extends ColumnTypes>(
  columns: Columns,
  rows: readonly Row<Columns>[],
): string[] {
  return Object.entries(columns).map(([name, type]) =>
    literal(
      type,
      rows.map((row) => valueOf(type, row[name])),
    ),
  );
}

type Value = string | number | boolean | null;

/** JSON as its text. */
function valueOf(type: Type, value: unknown): Value {
  if (type === 'jsonb') return JSON.stringify(value ?? null);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}

function scalar(type: Type, value: string | number | boolean): string {
  return type === 'timestamptz' ? new Date(Number(value)).toISOString() : String(value);
}

function literal(type: Type, values: readonly Value[]): string {
  switch (type) {
    case 'text':
      return textArray(values.map((value) => (typeof value === 'string' ? value : null)));
    case 'timestamptz':
      return timeArray(values.map((value) => (typeof value === 'number' ? value : null)));
    case 'jsonb':
      return jsonArray(values.map(String));
    default:
      return plainArray(values);
  }
}
