import { emptyComposite, isComposite, writtenComposite } from './composites.ts';
import type { SimulatedActor, SimulatedRow } from './filters.ts';
import { fits, namesBin } from './filters.ts';
import type { SimulatedObject, SimulatedType } from './objects.ts';
import { badInput, refusal } from './refusals.ts';

/** Records that one mutation makes or changes, and one page gives. */
const MOST = 200;

export type Input = Readonly<Record<string, unknown>>;
export interface Change {
  readonly operation: 'created' | 'updated' | 'deleted';
  readonly row: SimulatedRow;
  readonly updatedFields: readonly string[];
}
export interface Page {
  readonly rows: readonly SimulatedRow[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** The records of one object. */
export class Table {
  readonly rows = new Map<string, SimulatedRow>();
  /** twenty has an index on it as well. */
  private readonly byMakId = new Map<unknown, string>();
  private stamped = 0;

  constructor(
    readonly object: SimulatedObject,
    private readonly exists: (object: string, id: string) => boolean,
    private readonly now: () => number,
    private readonly newId: () => string,
  ) {}

  /** By the order that the connector asks for. */
  find(filter: Input, first: number, after: string | null, byChange: boolean): Page {
    const place = (row: SimulatedRow): string => `${byChange ? row.updatedAt : ''} ${row.id}`;
    const from = after === null ? '' : Buffer.from(after, 'base64').toString();
    const found = this.fitting(filter)
      .filter((row) => place(row) > from)
      .toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
    const rows = found.slice(0, Math.min(first, MOST));
    const last = rows.at(-1);
    return {
      rows,
      endCursor: last === undefined ? null : Buffer.from(place(last)).toString('base64'),
      hasNextPage: found.length > rows.length,
    };
  }

  /** Whole or not at all; an id or `makId` that is there already is changed, also out of the bin. */
  upsert(data: readonly Input[], updatedBy: SimulatedActor): readonly Change[] {
    if (data.length > MOST)
      throw badInput(
        `Maximum number of records to upsert is ${MOST}.`,
        'TOO_MANY_RECORDS_TO_UPDATE',
      );
    const before = new Map(this.rows);
    try {
      return data.map((input) => {
        const same = this.sameAs(input);
        return same === undefined
          ? this.insert(input, updatedBy)
          : this.update(same, input, updatedBy, true);
      });
    } catch (error) {
      this.rows.clear();
      for (const [id, row] of before) this.rows.set(id, row);
      throw error;
    }
  }

  /** All that fit, in one statement. */
  updateMany(filter: Input, data: Input, updatedBy: SimulatedActor): readonly Change[] {
    return this.fitting(filter).map((row) => this.update(row, data, updatedBy, false));
  }

  /** Into the bin; nobody is named as its author. */
  delete(id: string): Change {
    const row = this.rows.get(id);
    if (row === undefined) throw refusal('Record not found', 'NOT_FOUND', 'RECORD_NOT_FOUND');
    const at = this.stamp();
    return this.put({ ...row, deletedAt: at, updatedAt: at }, 'deleted', ['deletedAt']);
  }

  /** For good; no webhook that the connector listens to tells of it. */
  destroyMany(filter: Input): readonly SimulatedRow[] {
    const rows = [...this.rows.values()].filter((row) => fits(row, filter));
    for (const { id } of rows) this.rows.delete(id);
    return rows;
  }

  private fitting(filter: Input): SimulatedRow[] {
    const live = namesBin(filter) ? filter : { and: [filter, { deletedAt: { is: 'NULL' } }] };
    return this.candidates(filter).filter((row) => fits(row, live));
  }

  /** Rows among which those that fit are, found by an index where the filter allows it. */
  private candidates(filter: Input): readonly SimulatedRow[] {
    const parts = Array.isArray(filter['and']) ? (filter['and'] as readonly Input[]) : [];
    for (const part of [filter, ...parts]) {
      const ids = namedBy(part['id']) ?? namedBy(part['makId'])?.map((id) => this.byMakId.get(id));
      if (ids !== undefined)
        return [...new Set(ids)].flatMap((id) => this.rows.get(String(id)) ?? []);
    }
    return [...this.rows.values()];
  }

  private sameAs(input: Input): SimulatedRow | undefined {
    const { id, makId } = input;
    if (typeof id === 'string' && this.rows.has(id)) return this.rows.get(id);
    const known =
      this.object.isTwentys !== true && typeof makId === 'string' && makId !== ''
        ? this.rows.get(this.byMakId.get(makId) ?? '')
        : undefined;
    return known ?? this.withUnique(input);
  }

  /** A new record with what is kept once is taken for a change of the one that has it. */
  private withUnique(input: Input): SimulatedRow | undefined {
    const { unique: [field, part] = ['', ''] } = this.object;
    const valueOf = (row: Input): unknown => (row[field] as Input | undefined)?.[part];
    const value = valueOf(input);
    if (typeof value !== 'string' || value === '') return undefined;
    return [...this.rows.values()].find((row) => valueOf(row) === value.toLowerCase());
  }

  private insert(input: Input, updatedBy: SimulatedActor): Change {
    const { fields, relations } = this.object;
    const at = this.stamp();
    const empty: Record<string, unknown> = {};
    for (const [name, type] of Object.entries(fields)) empty[name] = emptyOf(type);
    for (const name of Object.keys(relations)) empty[`${name}Id`] = null;
    const row: SimulatedRow = {
      ...empty,
      ...this.checked(input),
      id: typeof input['id'] === 'string' ? input['id'] : this.newId(),
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      createdBy: updatedBy,
      updatedBy,
    };
    return this.put(row, 'created', []);
  }

  private update(
    row: SimulatedRow,
    input: Input,
    updatedBy: SimulatedActor,
    restores: boolean,
  ): Change {
    const values = this.checked(input, row);
    const other = this.withUnique(values);
    if (other !== undefined && other.id !== row.id)
      throw badInput('A duplicate entry was detected');
    const changed = Object.keys(values).filter(
      (name) => JSON.stringify(row[name]) !== JSON.stringify(values[name]),
    );
    // Whatever an upsert says of the bin, it takes a record out of there.
    const said = input['deletedAt'] === undefined ? row.deletedAt : instantOf(input['deletedAt']);
    const deletedAt = restores ? null : said;
    return this.put(
      { ...row, ...values, deletedAt, updatedBy, updatedAt: this.stamp() },
      'updated',
      deletedAt === row.deletedAt ? changed : [...changed, 'deletedAt'],
    );
  }

  private put(
    row: SimulatedRow,
    operation: Change['operation'],
    updatedFields: readonly string[],
  ): Change {
    const known = this.rows.get(row.id)?.['makId'];
    if (this.byMakId.get(known) === row.id) this.byMakId.delete(known);
    this.rows.set(row.id, row);
    this.byMakId.set(row['makId'], row.id);
    return { operation, row, updatedFields };
  }

  /** The values as they are kept. Throws as twenty does for what it does not take. */
  private checked(input: Input, row?: SimulatedRow): Input {
    const { fields, relations } = this.object;
    const entries = Object.entries(input).filter(([name]) => name !== 'id' && name !== 'deletedAt');
    return Object.fromEntries(
      entries.flatMap(([name, value]) => {
        const relation = relations[name.replace(/Id$/, '')];
        if (relation !== undefined) {
          if (value === null || this.exists(relation, String(value))) return [[name, value]];
          throw badInput(
            `insert or update on table "_${this.object.singular}" violates foreign key constraint`,
          );
        }
        const type = fields[name];
        if (type === undefined)
          throw badInput(
            `Object ${this.object.singular} doesn't have any "${name}" field.`,
            'INVALID_ARGS_DATA',
          );
        // Nothing is made of a currency that is null as a whole.
        if (type === 'CURRENCY' && value === null) return [];
        return [[name, keptValue(name, type, value, row?.[name])]];
      }),
    );
  }

  /** Two changes in one millisecond would look like one; twenty is too slow for that. */
  private stamp(): string {
    this.stamped = Math.max(this.now(), this.stamped + 1);
    return new Date(this.stamped).toISOString();
  }
}

/** Values that a condition names one by one. */
function namedBy(condition: unknown): readonly unknown[] | undefined {
  if (typeof condition !== 'object' || condition === null) return undefined;
  if ('eq' in condition) return [condition.eq];
  return 'in' in condition && Array.isArray(condition.in) ? condition.in : undefined;
}

function instantOf(value: unknown): string | null {
  return value == null ? null : new Date(String(value)).toISOString();
}

function emptyOf(type: SimulatedType): unknown {
  if (type === 'TEXT') return '';
  if (type === 'ARRAY') return [];
  return isComposite(type) ? emptyComposite(type) : null;
}

function keptValue(name: string, type: SimulatedType, value: unknown, before: unknown): unknown {
  if (JSON.stringify(value).includes(String.raw`\u0000`))
    throw refusal('Data validation error.', 'INTERNAL_SERVER_ERROR');
  if (value === null) return emptyOf(type);
  if (isComposite(type)) return writtenComposite(name, type, before as Input | undefined, value);
  if (typeof type === 'object' && !type.includes(String(value)))
    throw badInput(
      `Invalid value "${String(value)}" for field "${name}". Valid values are: ${type.join(', ')}`,
      'INVALID_ARGS_DATA',
    );
  return type === 'DATE_TIME' ? instantOf(value) : value;
}
