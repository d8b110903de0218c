import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

export interface Versioned {
  readonly version: number;
}

export type SaveOutcome<T extends Versioned> =
  | { readonly kind: 'saved'; readonly now: T }
  /** Somebody else gave these fields other values; `now` has them. */
  | { readonly kind: 'conflict'; readonly now: T; readonly fields: readonly (keyof T)[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

interface Save<T extends Versioned> {
  /** The record as the person saw it. */
  readonly seen: T;
  /** What the person changed. */
  readonly changes: Partial<T>;
  /** Reads the record anew. */
  readonly read: () => Promise<T>;
  readonly send: (version: number) => Promise<T>;
  /** Fields that make sense only with each other: people choose between all of mine and all of theirs. */
  readonly together?: readonly (keyof T)[];
}

/** Attempts while others change other fields of the same record at the same time. */
const ATTEMPTS = 5;

/** Saves what was changed. People who change different fields all win; those who change the same one choose. */
export async function saveVersioned<T extends Versioned>({
  seen,
  changes,
  read,
  send,
  together = [],
}: Save<T>): Promise<SaveOutcome<T>> {
  let { version } = seen;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { kind: 'saved', now: await send(version) };
      } catch (error) {
        if (problemOf(error).code !== 'stale_version' || attempt === ATTEMPTS) throw error;
      }
      const now = await read();
      const fields = withCompanions(conflicting(seen, now, changes), changes, together);
      if (fields.length > 0) return { kind: 'conflict', now, fields };
      version = now.version;
    }
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error) };
  }
}

/** Fields that both have changed, to different values. */
export function conflicting<T extends Versioned>(
  seen: T,
  now: T,
  changes: Partial<T>,
): (keyof T)[] {
  const fields = Object.keys(changes) as (keyof T)[];
  return fields.filter(
    (field) => !isSame(now[field], seen[field]) && !isSame(now[field], changes[field]),
  );
}

function withCompanions<T>(
  fields: readonly (keyof T)[],
  changes: Partial<T>,
  together: readonly (keyof T)[],
): readonly (keyof T)[] {
  if (!fields.some((field) => together.includes(field))) return fields;
  const rest = together.filter((field) => field in changes && !fields.includes(field));
  return [...fields, ...rest];
}

/** The fields of `after` that differ from `before`. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const field of Object.keys(after) as (keyof T)[])
    if (!isSame(before[field], after[field])) changes[field] = after[field];
  return changes;
}

/** Values are plain JSON; their members keep their order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
