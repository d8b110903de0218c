import { isDeepStrictEqual } from 'node:util';
import type { Values } from 'twenty-mak-domain';

/**
 * What a write has left where nothing but a look afterwards says so: `sent` as the system keeps it, `before` as it was read right
 * before the write. A value that is neither of the two was written by somebody since, so what was sent had been there; one that
 * stands as before was perhaps not taken, and nothing is said of it.
 */
export function leftWhereChanged(sent: Values, before: Values, after: Values): Values {
  return Object.fromEntries(
    Object.entries(sent).filter(
      ([field]) => !isSame(field, sent, after) && !isSame(field, before, after),
    ),
  );
}

/** What was sent and stands as before: it was not taken, or somebody has put it back right then. */
export function sentInVain(sent: Values, before: Values, after: Values): readonly string[] {
  return Object.keys(sent).filter(
    (field) => !isSame(field, sent, after) && isSame(field, before, after),
  );
}

function isSame(field: string, one: Values, other: Values): boolean {
  return isDeepStrictEqual(one[field] ?? null, other[field] ?? null);
}
