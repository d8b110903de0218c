import { adtech } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { draftReducer, isUnsaved, startDraft } from './draft-state.ts';
import type { DraftAction, DraftState } from './draft-state.ts';

const titled = (title: string) => ({ ...adtech, title });
const typed = (title: string, step: string | null = 'title'): DraftAction => ({
  kind: 'change',
  next: titled(title),
  step,
});
const after = (...actions: DraftAction[]): DraftState =>
  actions.reduce(draftReducer, startDraft(adtech, 3));

describe('draft', () => {
  it('is saved until something changes', () => {
    expect(isUnsaved(after())).toBe(false);
    expect(isUnsaved(after(typed('A')))).toBe(true);
    expect(isUnsaved(after(typed('A'), { kind: 'undo' }))).toBe(false);
  });

  it('takes typing in one field back as one step', () => {
    const state = after(typed('A'), typed('Ab'), typed('Abc'));
    expect(state.past).toHaveLength(1);
    expect(draftReducer(state, { kind: 'undo' }).present).toBe(adtech);
  });

  it('keeps changes of different things apart, and those without a name', () => {
    expect(after(typed('A'), typed('Ab', 'key')).past).toHaveLength(2);
    expect(after(typed('A', null), typed('Ab', null)).past).toHaveLength(2);
  });

  it('brings back what was undone until something else changes', () => {
    const undone = after(typed('A'), { kind: 'undo' });
    expect(draftReducer(undone, { kind: 'redo' }).present.title).toBe('A');
    expect(draftReducer(draftReducer(undone, typed('B')), { kind: 'redo' }).present.title).toBe(
      'B',
    );
  });

  it('does nothing at either end', () => {
    const state = after();
    expect(draftReducer(state, { kind: 'undo' })).toBe(state);
    expect(draftReducer(state, { kind: 'redo' })).toBe(state);
    expect(draftReducer(state, { kind: 'change', next: adtech, step: null })).toBe(state);
  });

  it('stays unsaved when typing went on during the save', () => {
    const sent = titled('A');
    const state = after({ kind: 'change', next: sent, step: 'title' }, typed('Ab'), {
      kind: 'saved',
      definition: sent,
      version: 4,
    });
    expect(state.version).toBe(4);
    expect(isUnsaved(state)).toBe(true);
    expect(draftReducer(state, { kind: 'undo' }).present).toBe(adtech);
    const next = draftReducer(state, typed('Abc'));
    expect(draftReducer(next, { kind: 'undo' }).present.title).toBe('Ab');
  });

  it('can go back to what it was before it took what another person saved', () => {
    const state = after(typed('Mine'), {
      kind: 'take',
      definition: titled('Theirs'),
      version: 9,
    });
    expect([state.present.title, state.version, isUnsaved(state)]).toEqual(['Theirs', 9, false]);
    expect(draftReducer(state, { kind: 'undo' }).present.title).toBe('Mine');
  });

  it('forgets steps that are very long ago', () => {
    const many = Array.from({ length: 300 }, (_, index) => typed(`${index}`, null));
    expect(after(...many).past).toHaveLength(200);
  });
});
