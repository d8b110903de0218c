import { describe, expect, it } from 'vitest';
import { noteRecordId, readNoteRecordId } from '../events/notes.ts';
import { decideNote } from './notes.records.values.ts';
import type { NoteRecord } from './notes.records.values.ts';

const key = { source: 'mak', eventId: 'n1' };
const before: NoteRecord = {
  id: 'mak/n1',
  key,
  dealId: 'deal',
  text: 'First',
  removed: false,
  version: 1,
};
const named = { note: { source: 'mak', event_id: 'n1' } };
const decide = (
  values: Record<string, string | boolean | null>,
  note: NoteRecord | null = before,
) =>
  decideNote(
    { localId: note?.id ?? null, remoteId: 'there', values, version: note?.version ?? null },
    note ?? undefined,
  );

describe('a note that another system changes', () => {
  it('is added, edited, removed and written anew', () => {
    expect(decide({ text: 'New', deal: 'deal', author: 'Ada', removed: false }, null)).toEqual({
      ok: true,
      event: { type: 'deal.note.added', data: { text: 'New', author: 'Ada' }, dealId: 'deal' },
    });
    expect(decide({ text: 'Second' })).toEqual({
      ok: true,
      event: { type: 'deal.note.edited', data: { ...named, text: 'Second' }, dealId: 'deal' },
    });
    expect(decide({ removed: true, text: 'Second' })).toEqual({
      ok: true,
      event: { type: 'deal.note.removed', data: named, dealId: 'deal' },
    });
    expect(decide({ removed: false }, { ...before, removed: true })).toEqual({
      ok: true,
      event: { type: 'deal.note.edited', data: { ...named, text: 'First' }, dealId: 'deal' },
    });
  });

  it('says nothing new when it is so already', () => {
    const nothing = { ok: true, event: null };
    expect(decide({ text: 'First' })).toEqual(nothing);
    expect(decide({ author: 'Ada' })).toEqual(nothing);
    expect(decide({ deal: null })).toEqual(nothing);
    expect(decide({ removed: true }, { ...before, removed: true })).toEqual(nothing);
  });

  it('says something, not too much, and stays with its deal', () => {
    const refused = (answer: ReturnType<typeof decide>): unknown =>
      answer.ok ? null : [answer.refusal.code, answer.refusal.field];
    expect(refused(decide({ text: null }))).toEqual(['text_required', 'text']);
    expect(refused(decide({ text: '', deal: 'deal' }, null))).toEqual(['text_required', 'text']);
    expect(refused(decide({ text: 'x'.repeat(10_001) }))).toEqual(['text_too_long', 'text']);
    expect(decide({ text: 'x'.repeat(10_000) }).ok).toBe(true);
    expect(refused(decide({ text: 'x', deal: null }, null))).toEqual(['deal_required', 'deal']);
    expect(refused(decide({ deal: 'other' }))).toEqual(['field_read_only', 'deal']);
    const gone = { localId: 'mak/n2', remoteId: 'there', values: { text: 'x' }, version: 1 };
    expect(refused(decideNote(gone, undefined))).toEqual(['note_gone', null]);
  });
});

describe('the id of the record of a note', () => {
  it.each([
    ['mak', '0198'],
    ['a/b c%', 'd/e f'],
    ['twenty.opportunity', '/'],
  ])('names %s %s and no other', (source, eventId) => {
    const id = noteRecordId({ source, eventId });
    expect(readNoteRecordId(id)).toEqual({ source, eventId });
  });

  it.each(['', 'mak', '/n1', '%/n1'])('is not %j', (id) => {
    expect(readNoteRecordId(id)).toBeNull();
  });
});
