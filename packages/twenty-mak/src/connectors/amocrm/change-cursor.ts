import { z } from 'zod';

/** How far a poll has come: all changes before `since` (seconds) are seen, and of those since then so many pages. */
export interface ChangeCursor {
  readonly since: number;
  readonly page: number;
  /** Of a second that fills several pages they are read once more, from the last one to the first. */
  readonly back: boolean;
}

/**
 * How far a poll goes back behind the newest change that it saw, in seconds: what was stamped earlier may appear later, and a
 * second that is not over may get more.
 */
const OVERLAP = 60;

const cursorSchema = z.tuple([
  z.int().nonnegative(),
  z.int().positive(),
  z.literal('back').optional(),
]);

export function writeCursor({ since, page, back }: ChangeCursor): string {
  return JSON.stringify(back ? [since, page, 'back'] : [since, page]);
}

/** Throws for a text that is none. */
export function readCursor(text: string | null): ChangeCursor {
  const [since, page, back] = cursorSchema.parse(text === null ? [0, 1] : JSON.parse(text));
  return { since, page, back: back !== undefined };
}

/**
 * Where to go on after a page whose last change was at `last`, in the order of the changes. A poll does not count pages: what
 * changes meanwhile goes to the end, and all behind it would move up by one, some of them unseen. Only where a whole page holds
 * changes of one second, pages of that second follow. What left them meanwhile let others move up, never down: so they are read
 * backwards too, and whatever was passed over is met there. After those comes the next second.
 */
export function nextCursor(
  { since, page, back }: ChangeCursor,
  last: number | undefined,
  more: boolean,
): { readonly next: ChangeCursor; readonly more: boolean } {
  const from = (second: number): ChangeCursor => ({ since: second, page: 1, back: false });
  if (back && page === 1) return { next: from(since + 1), more: true };
  if (!back && more && (last === undefined || last === since))
    return { next: { since, page: page + 1, back }, more };
  if (page > 1) return { next: { since, page: page - 1, back: true }, more: true };
  if (more) return { next: from(last ?? since), more };
  return { next: from(Math.max(0, (last ?? since) - OVERLAP)), more };
}
