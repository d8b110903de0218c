import { describe, expect, it } from 'vitest';
import type { JsonObject } from './event.ts';
import { noteAfter, noteKeyOf } from './notes.ts';

const note = { source: 'mak', event_id: 'n1' };
const event = (type: string, occurredAt: number, data: JsonObject, eventId = `${occurredAt}`) => ({
  type,
  occurredAt,
  source: 'crm',
  eventId,
  data,
});
const edited = (at: number, text: string) => event('deal.note.edited', at, { note, text });
const removed = (at: number) => event('deal.note.removed', at, { note });
const added = event('deal.note.added', 5, { text: 'First' }, 'n1');

describe('the note of an event', () => {
  it('is the one that it adds, or the one that it names', () => {
    expect(noteKeyOf(added)).toEqual({ source: 'crm', eventId: 'n1' });
    expect(noteKeyOf(edited(6, 'x'))).toEqual({ source: 'mak', eventId: 'n1' });
    expect(noteKeyOf(removed(6))).toEqual({ source: 'mak', eventId: 'n1' });
  });

  it('is none of others, and of those that name none', () => {
    expect(noteKeyOf(event('deal.updated', 6, { note }))).toBeNull();
    for (const wrong of [undefined, null, 'n1', [], {}, { source: 'mak' }, { event_id: 'n1' }])
      expect(
        noteKeyOf(event('deal.note.edited', 6, wrong === undefined ? {} : { note: wrong })),
      ).toBeNull();
    for (const wrong of [
      { source: 5, event_id: 'n1' },
      { source: 'mak', event_id: '' },
      { source: '', event_id: 'n1' },
    ])
      expect(noteKeyOf(event('deal.note.removed', 6, { note: wrong }))).toBeNull();
  });
});

describe('a note', () => {
  it('says what was written until it is changed', () => {
    expect(noteAfter(added, [])).toEqual({ text: 'First', changedAt: null, removed: false });
    expect(noteAfter(event('deal.note.added', 5, {}), [])).toMatchObject({ text: null });
    expect(noteAfter(event('deal.note.added', 5, { text: 7 }), [])).toMatchObject({ text: null });
  });

  it('says what its last change says, in whatever order they are told', () => {
    const changes = [edited(7, 'Second'), edited(9, 'Fourth'), edited(8, 'Third')];
    const after = { text: 'Fourth', changedAt: 9, removed: false };
    expect(noteAfter(added, changes)).toEqual(after);
    expect(noteAfter(added, changes.toReversed())).toEqual(after);
  });

  it('goes by the source and id of changes of the same instant', () => {
    const one = { ...edited(7, 'b'), eventId: 'b' };
    const other = { ...edited(7, 'a'), eventId: 'a' };
    expect(noteAfter(added, [one, other]).text).toBe('b');
    expect(noteAfter(added, [other, one]).text).toBe('b');
  });

  it('is changed also by what a wrong clock says was before it', () => {
    expect(noteAfter(added, [edited(1, 'Early')])).toEqual({
      text: 'Early',
      changedAt: 1,
      removed: false,
    });
  });

  it('keeps its text when an edit says none', () => {
    const blank = event('deal.note.edited', 9, { note });
    expect(noteAfter(added, [edited(7, 'Second'), edited(8, ' \n'), blank])).toEqual({
      text: 'Second',
      changedAt: 9,
      removed: false,
    });
    expect(noteAfter(added, [blank])).toMatchObject({ text: 'First' });
    expect(noteAfter(event('deal.note.added', 5, { text: ' ' }), [])).toMatchObject({ text: null });
    expect(noteAfter(added, [removed(8), blank])).toMatchObject({ text: 'First', removed: false });
  });

  it('is removed, and comes back when somebody writes it anew', () => {
    expect(noteAfter(added, [removed(8), edited(7, 'Second')])).toEqual({
      text: 'Second',
      changedAt: 8,
      removed: true,
    });
    expect(noteAfter(added, [removed(8)])).toMatchObject({ text: 'First', removed: true });
    expect(noteAfter(added, [removed(8), edited(9, 'Back')])).toEqual({
      text: 'Back',
      changedAt: 9,
      removed: false,
    });
  });
});
