import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';
import { readPage } from './pages.ts';
import type { WorkKind } from './work-records.ts';

const noteSchema = z.object({
  id: z.int(),
  entity_id: z.int().nullish(),
  created_by: z.int().nullish(),
  updated_at: z.int(),
  updated_by: z.int().nullish(),
  params: z.looseObject({ text: z.string().nullish() }).nullish(),
});
type Note = z.output<typeof noteSchema>;

/** What people write themselves; calls, messages and what services say is amoCRM's own. */
const COMMON = [['filter[note_type][]', 'common']] as const;

/** Notes of people on leads. */
export const NOTES: WorkKind<Note> = {
  entity: 'note',
  path: 'leads/notes',
  query: COMMON,
  schema: noteSchema,
  stored: storedNoteValues,
  isPersonal: true,
  leadOf: ({ entity_id }) => entity_id ?? null,
  valuesOf: (note, { names, userId }, here) => ({
    deal: here('deal', note.entity_id),
    text: writtenIn(note.params?.text),
    // Of what programs write nobody is named.
    author: note.created_by === userId ? null : (names.get(note.created_by ?? 0) ?? null),
  }),
  // A note stays on its lead.
  rowOf: (values, before, lead) => ({
    ...(before === null ? { entity_id: lead } : {}),
    note_type: 'common',
    params: { text: writtenIn('text' in values ? values['text'] : before?.params?.text) ?? '' },
  }),
  fieldOf: (path) => (path.startsWith('params') ? 'text' : null),
  isSame: ({ params }, { text }) => writtenIn(params?.text) === writtenIn(text),
  changed: async (client, cursor) => {
    const from = readCursor(cursor);
    const query = [
      ...COMMON,
      ['filter[updated_at][from]', from.since],
      ['order[updated_at]', 'asc'],
    ] as const;
    const list = { path: 'leads/notes', query };
    const { rows, more } = await readPage(client, list, noteSchema, from.page);
    const go = nextCursor(from, rows.at(-1)?.updated_at, more);
    return { rows, cursor: writeCursor(go.next), more: go.more };
  },
};

/** Values as amoCRM gives them back. */
export function storedNoteValues(values: Values): Values {
  return 'text' in values ? { ...values, text: writtenIn(values['text']) } : values;
}

function writtenIn(text: unknown): string | null {
  const written = typeof text === 'string' ? text.trim() : '';
  return written === '' ? null : written;
}
