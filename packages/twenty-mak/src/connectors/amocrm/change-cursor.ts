import { z } from 'zod';

/** How far a poll has come: all changes before `since` (seconds) are seen, and of those since then so many pages. */
export interface ChangeCursor {
  readonly since: number;
  readonly page: number;
}

/**
 * How far a poll goes back behind the newest change that it saw, in seconds: what was stamped earlier may appear later, and a
 * second that is not over may get more.
 */
const OVERLAP = 60;

const cursorSchema = z.tuple([z.int().nonnegative(), z.int().positive()]);

export function writeCursor({ since, page }: ChangeCursor): string {
  return JSON.stringify([since, page]);
}

/** Throws for a text that is none. */
export function readCursor(text: string | null): ChangeCursor {
  const [since, page] = text === null ? [0, 1] : cursorSchema.parse(JSON.parse(text));
  return { since, page };
}

/**
 * Where to go on after a page whose last change was at `last`, in the order of the changes. A poll does not count pages: what
 * changes meanwhile goes to the end, and all behind it would move up by one, some of them unseen. Only where a whole page holds
 * changes of one second, pages of that second follow, and after those the next second.
 */
export function nextCursor(
  { since, page }: ChangeCursor,
  last: number | undefined,
  more: boolean,
): { readonly next: ChangeCursor; readonly more: boolean } {
  if (more && (last === undefined || last === since))
    return { next: { since, page: page + 1 }, more };
  if (page > 1) return { next: { since: since + 1, page: 1 }, more: true };
  if (more) return { next: { since: last ?? since, page: 1 }, more };
  return { next: { since: Math.max(0, (last ?? since) - OVERLAP), page: 1 }, more };
}
