import { z } from 'zod';

/** How far a poll has come. KeyCRM lists what changed since an instant, a page at a time. */
export interface ChangeCursor {
  /** Milliseconds. */
  readonly since: number;
  readonly page: number;
  /** The newest change that was seen, in milliseconds. */
  readonly newest: number;
  /** When the first page of this window was asked for, by the clock here, in milliseconds. */
  readonly begun: number;
}

/**
 * How far a poll goes back behind the newest change that it saw, in milliseconds: what was stamped earlier may appear later, and
 * the clocks here and there are not the same.
 */
const OVERLAP = 300_000;

/** KeyCRM wants an end of every span; this one is later than all changes. */
export const LATEST = Date.UTC(2100, 0);

const instant = z.int().nonnegative();
const cursorSchema = z.tuple([instant, z.int().positive(), instant, instant.optional()]);

export function writeCursor({ since, page, newest, begun }: ChangeCursor): string {
  return JSON.stringify(page === 1 ? [since, page, newest] : [since, page, newest, begun]);
}

/**
 * A first page is asked for now. When a window was begun whose cursor does not say it nobody knows: then all of it is asked for
 * once more. Throws for a text that is none.
 */
export function readCursor(text: string | null, now: number = Date.now()): ChangeCursor {
  const [since, page, newest, begun = 0] =
    text === null ? [0, 1, 0] : cursorSchema.parse(JSON.parse(text));
  return { since, page, newest, begun: page === 1 ? now : begun };
}

/** Whether everything that was there when the first poll of all began has been listed. */
export function hasSeenAll(text: string | null): boolean {
  if (text === null) return false;
  const { since, page } = readCursor(text);
  return since > 0 || page === 1;
}

/**
 * Where to go on after a page. Pages are of one window and in the order of the ids: a record that changes meanwhile stays in it,
 * and one that comes in only moves others to later pages. What changes while pages are read may stand on one that is read
 * already, so the next window begins no later than this one was begun.
 */
export function nextCursor(
  { since, page, newest, begun }: ChangeCursor,
  changedAt: readonly number[],
  more: boolean,
): ChangeCursor {
  const latest = Math.max(newest, ...changedAt);
  const seen = Math.min(latest, begun) - OVERLAP;
  return more
    ? { since, page: page + 1, newest: latest, begun }
    : { since: Math.max(since, seen), page: 1, newest: latest, begun };
}
