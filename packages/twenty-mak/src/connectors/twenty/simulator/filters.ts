import { badInput } from './refusals.ts';

/** A record as it is kept: relations are ids, `<name>Id`. */
export type SimulatedRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  readonly createdBy: SimulatedActor;
  readonly updatedBy: SimulatedActor;
};

/** Who made a change. */
export interface SimulatedActor {
  readonly source: 'API' | 'MANUAL';
  readonly name: string;
}

type Condition = Readonly<Record<string, unknown>>;

/** Whether a record fits a filter of twenty's API. Instants in one form compare as texts. */
export function fits(row: SimulatedRow, filter: Condition): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === 'and') return (condition as Condition[]).every((one) => fits(row, one));
    if (key === 'or') return (condition as Condition[]).some((one) => fits(row, one));
    const value = row[key] ?? null;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.entries(condition as Condition).every(([part, one]) =>
        holdsAll((value as Condition)[part], one as Condition),
      );
    return holdsAll(value, condition as Condition);
  });
}

/** Throws what twenty says of a filter that no record can fit because it names none. */
export function requireOperands(filter: Condition): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === 'and' || name === 'or') (condition as Condition[]).forEach(requireOperands);
    else if ((condition as { readonly in?: unknown[] }).in?.length === 0)
      throw badInput(
        `Invalid filter value for field ${name}. Expected non-empty array`,
        'INVALID_QUERY_INPUT',
      );
  }
}

/** Whether a filter says anything of the bin; without that, records in it are not found. */
export function namesBin(filter: Condition): boolean {
  return JSON.stringify(filter).includes('"deletedAt"');
}

function holdsAll(value: unknown, condition: Condition): boolean {
  return Object.entries(condition).every(([operator, operand]) => holds(value, operator, operand));
}

function holds(value: unknown, operator: string, operand: unknown): boolean {
  switch (operator) {
    case 'eq':
      return value === operand;
    case 'neq':
      return value !== operand;
    case 'in':
      return (operand as unknown[]).includes(value);
    case 'is':
      // twenty keeps no empty text beside none.
      return (value === null || value === '') === (operand === 'NULL');
    case 'ilike':
      return patternOf(String(operand)).test(String(value));
    case 'gte':
      return String(value) >= String(operand);
    case 'lte':
      return String(value) <= String(operand);
    case 'like':
      return String(value).startsWith(String(operand).replace(/%$/, ''));
    default:
      throw new Error(`There is no ${operator}.`);
  }
}

/** `%` stands for anything; a backslash takes the meaning of what follows. */
function patternOf(text: string): RegExp {
  const source = text.replace(
    /\\(.)|(%)|[$()*+.?[\\\]^{|}]/gs,
    (found, escaped?: string, any?: string) => (any === undefined ? `\\${escaped ?? found}` : '.*'),
  );
  return new RegExp(`^${source}$`, 'is');
}
