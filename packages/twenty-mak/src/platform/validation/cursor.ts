import { z } from 'zod';
import { RefusalError } from '../errors/index.ts';
import { parse } from './parse.ts';

/** One page of a list; `next` is null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** An opaque cursor from the sort keys of the last row of a page. */
export function writeCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * Reads a cursor back. `schema` says which keys it must hold, e.g. `z.tuple([z.number(), z.uuid()])`.
 * Throws 422 `invalid_cursor` when it was not made by `writeCursor` for the same list.
 */
export function readCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string,
): z.output<Schema> {
  try {
    return parse(schema, JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new RefusalError(
      {
        code: 'invalid_cursor',
        reason: 'This cursor is not from this list. Begin again without a cursor.',
        field: 'cursor',
      },
      422,
    );
  }
}

/**
 * Cuts a page out of `limit + 1` rows: the row too many only tells that there is a next page.
 * `keysOf` gives the sort keys of a row for the cursor.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => readonly (string | number)[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last !== undefined ? writeCursor(keysOf(last)) : null,
  };
}
