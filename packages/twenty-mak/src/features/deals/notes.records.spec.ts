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
  changedAt: null,
  version: 1,
};
const deals = new Map([
  ['deal', 'deal'],
  ['other', 'other'],
  ['merged', 'deal'],
]);
const named = { note: { source: 'mak', event_id: 'n1' } };
const decide = (
  values: Record<string, string | boolean | null>,
  note: NoteRecord | null = before,
) =>
  decideNote(
    { localId: note?.id ?? null, remoteId: 'there', values, version: note?.version ?? null },
    note ?? undefined,
    deals,
  );

describe('a note that another system changes', () => {
  const added = { type: 'deal.note.added', dealId: 'deal' };
  const edited = (text: string) => ({
    type: 'deal.note.edited',
    data: { ...named, text },
    dealId: 'deal',
  });
  const removed = { type: 'deal.note.removed', data: named, dealId: 'deal' };

  it('is added, edited, removed and written anew', () => {
    expect(decide({ text: 'New', deal: 'deal', author: 'Ada', removed: false }, null)).toEqual({
      ok: true,
      events: [{ ...added, data: { text: 'New', author: 'Ada' } }],
    });
    expect(decide({ text: 'Second' })).toEqual({ ok: true, events: [edited('Second')] });
    expect(decide({ removed: true })).toEqual({ ok: true, events: [removed] });
    expect(decide({ removed: false }, { ...before, removed: true })).toEqual({
      ok: true,
      events: [edited('First')],
    });
  });

  it('keeps what was written last, also of what is removed', () => {
    const both = { ok: true, events: [edited('Second'), removed] };
    expect(decide({ removed: true, text: 'Second' })).toEqual(both);
    expect(decide({ text: 'Second' }, { ...before, removed: true })).toEqual(both);
  });

  it('says nothing new when it is so already', () => {
    const nothing = { ok: true, events: [] };
    expect(decide({ text: 'First' })).toEqual(nothing);
    expect(decide({ author: 'Ada' })).toEqual(nothing);
    expect(decide({ deal: null })).toEqual(nothing);
    expect(decide({ removed: true }, { ...before, removed: true })).toEqual(nothing);
  });

  it('follows its deal into the one that it was merged into', () => {
    expect(decide({ deal: 'merged' })).toEqual({ ok: true, events: [] });
    expect(decide({ text: 'New', deal: 'merged' }, null)).toEqual({
      ok: true,
      events: [{ ...added, data: { text: 'New' } }],
    });
  });

  it('says something, not too much, and stays with its deal', () => {
    const refused = (answer: ReturnType<typeof decide>): unknown =>
      answer.ok ? null : [answer.refusal.code, answer.refusal.field];
    expect(refused(decide({ text: null }))).toEqual(['text_required', 'text']);
    expect(refused(decide({ text: '', deal: 'deal' }, null))).toEqual(['text_required', 'text']);
    expect(refused(decide({ text: 'x'.repeat(10_001) }))).toEqual(['text_too_long', 'text']);
    expect(decide({ text: 'x'.repeat(10_000) }).ok).toBe(true);
    expect(refused(decide({ text: 'x', deal: null }, null))).toEqual(['deal_required', 'deal']);
    expect(refused(decide({ text: 'x', deal: 'foreign' }, null))).toEqual(['deal_gone', 'deal']);
    expect(refused(decide({ deal: 'foreign' }))).toEqual(['deal_gone', 'deal']);
    expect(refused(decide({ text: '', removed: true }))).toEqual(['text_required', 'text']);
    expect(refused(decide({ deal: 'other' }))).toEqual(['field_read_only', 'deal']);
    const gone = { localId: 'mak/n2', remoteId: 'there', values: { text: 'x' }, version: 1 };
    expect(refused(decideNote(gone, undefined, deals))).toEqual(['note_gone', null]);
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
