import { z } from 'zod';
import { readCursor, writeCursor } from './change-cursor.ts';
import type { ChangeCursor } from './change-cursor.ts';

/** A contact with the leads that name it. */
export const namedLeadsSchema = z.object({
  updated_at: z.int(),
  _embedded: z
    .object({ leads: z.array(z.object({ id: z.int() })).default([]) })
    .default({ leads: [] }),
});

/** How far leads and how far contacts were asked for. */
export interface Cursors {
  readonly leads: ChangeCursor;
  readonly contacts: ChangeCursor;
}

/** All leads are read at first, each with its contact: of contacts alone, what changes from then on. Milliseconds. */
const LATELY = 86_400_000;

const cursorsSchema = z.tuple([z.string(), z.string()]);

export function writeCursors({ leads, contacts }: Cursors): string {
  return JSON.stringify([writeCursor(leads), writeCursor(contacts)]);
}

/** Throws for a text that is none. */
export function readCursors(text: string | null): Cursors {
  if (text === null) {
    const since = Math.floor((Date.now() - LATELY) / 1_000);
    return { leads: readCursor(null), contacts: { since, page: 1, back: false } };
  }
  const [leads, contacts] = cursorsSchema.parse(JSON.parse(text));
  return { leads: readCursor(leads), contacts: readCursor(contacts) };
}
