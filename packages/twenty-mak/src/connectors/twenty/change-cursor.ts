import { z } from 'zod';

/** How far a poll has come. */
export interface ChangeCursor {
  /** RFC 3339; null is the beginning. */
  readonly since: string | null;
  /** twenty's own cursor inside a poll that goes on; null begins one. */
  readonly after: string | null;
  /** The newest change that was seen so far. */
  readonly newest: string | null;
}

const cursorSchema = z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable()]);

export function writeCursor({ since, after, newest }: ChangeCursor): string {
  return JSON.stringify([since, after, newest]);
}

/** Throws for a text that is none. */
export function readCursor(text: string | null): ChangeCursor {
  if (text === null) return { since: null, after: null, newest: null };
  const [since, after, newest] = cursorSchema.parse(JSON.parse(text));
  return { since, after, newest };
}
