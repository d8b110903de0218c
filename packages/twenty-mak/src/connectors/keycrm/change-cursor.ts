import { z } from 'zod';

/** How far a poll has come. KeyCRM lists what changed since an instant, a page at a time. */
export interface ChangeCursor {
  /** Milliseconds. */
  readonly since: number;
  readonly page: number;
  /** The newest change that was seen, in milliseconds. */
  readonly newest: number;
}

/** How far a poll goes back behind the newest change that it saw, in milliseconds: what was stamped earlier may appear later. */
const OVERLAP = 300_000;

const cursorSchema = z.tuple([z.int().nonnegative(), z.int().positive(), z.int().nonnegative()]);

export function writeCursor({ since, page, newest }: ChangeCursor): string {
  return JSON.stringify([since, page, newest]);
}

/** Throws for a text that is none. */
export function readCursor(text: string | null): ChangeCursor {
  const [since, page, newest] = text === null ? [0, 1, 0] : cursorSchema.parse(JSON.parse(text));
  return { since, page, newest };
}

/**
 * Where to go on after a page. Pages are of one window and in the order of the ids: a record that changes meanwhile stays in it,
 * and one that comes in only moves others to later pages.
 */
export function nextCursor(
  { since, page, newest }: ChangeCursor,
  changedAt: readonly number[],
  more: boolean,
): ChangeCursor {
  const latest = Math.max(newest, ...changedAt);
  return more
    ? { since, page: page + 1, newest: latest }
    : { since: Math.max(since, latest - OVERLAP), page: 1, newest: latest };
}
