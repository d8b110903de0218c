import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterRow, importStart, resumeEnd, resumeRow } from './position.ts';
import type { ImportPosition } from './position.ts';

const digest = (before: string, row: string): string => `${before}/${row}`;
const at = (...rows: readonly string[]): ImportPosition =>
  rows.reduce((position, row) => afterRow(position, row, digest), importStart(digest, 'p'));
const CHANGED = {
  ok: false,
  refusal: {
    code: 'file_changed',
    reason:
      'The file or its mapping is not the one that the import began with. Send the same again to go on, or begin a new import.',
    field: 'file',
  },
};

describe('the position', () => {
  it('counts rows and remembers them', () => {
    expect(at()).toEqual({ row: 0, digest: '/p' });
    expect(at('a', 'b')).toEqual({ row: 2, digest: '/p/a/b' });
  });

  it('skips what is done and takes what is not', () => {
    const saved = at('a', 'b');
    expect(resumeRow(saved, at())).toEqual({ ok: true, value: 'skip' });
    expect(resumeRow(saved, at('x'))).toEqual({ ok: true, value: 'skip' });
    expect(resumeRow(saved, at('a', 'b'))).toEqual({ ok: true, value: 'take' });
    expect(resumeRow(saved, at('a', 'b', 'c'))).toEqual({ ok: true, value: 'take' });
    expect(resumeRow(saved, at('a', 'x'))).toEqual(CHANGED);
    expect(resumeRow(at(), importStart(digest, 'other'))).toEqual(CHANGED);
  });

  it('does not end before the position', () => {
    const saved = at('a', 'b');
    expect(resumeEnd(saved, at('a'))).toEqual(CHANGED);
    expect(resumeEnd(saved, at('a', 'x'))).toEqual(CHANGED);
    expect(resumeEnd(saved, at('a', 'b'))).toEqual({ ok: true, value: null });
    expect(resumeEnd(saved, at('a', 'b', 'c'))).toEqual({ ok: true, value: null });
  });
});

/** What a store has after commits: leads and the position beside them. */
interface Store {
  leads: string[];
  saved: ImportPosition;
}

const FILE = ['a', 'b', 'b', 'c', 'd', 'e', 'f'];

interface Attempt {
  /** Rows of one commit. */
  readonly batch: number;
  /** Rows that are taken before it dies. */
  readonly diesAfter: number;
  /** Index of a row that is another one this time. */
  readonly changed?: number;
}

/** Reads the file from its beginning and goes on where the store says. Says whether the file was refused. */
function attempt(store: Store, { batch, diesAfter, changed }: Attempt): boolean {
  const rows = FILE.map((row, index) => (index === changed ? `${row}!` : row));
  const { saved } = store;
  let reached = importStart(digest, 'p');
  let waiting: string[] = [];
  let taken = 0;
  for (const row of rows) {
    const next = resumeRow(saved, reached);
    if (!next.ok) return true;
    reached = afterRow(reached, row, digest);
    if (next.value === 'skip') continue;
    if (taken === diesAfter) return false;
    taken += 1;
    waiting.push(row);
    if (waiting.length < batch && reached.row < rows.length) continue;
    store.leads = [...store.leads, ...waiting];
    store.saved = reached;
    waiting = [];
  }
  return !resumeEnd(saved, reached).ok;
}

/** How many rows are in for good. */
interface Model {
  done: number;
}

const attempted = (how: Attempt): fc.Command<Model, Store> => ({
  check: () => true,
  run(model, store) {
    expect(attempt(store, how)).toBe(false);
    const fresh = Math.min(how.diesAfter, FILE.length - model.done);
    const ends = model.done + fresh === FILE.length;
    model.done += ends ? fresh : fresh - (fresh % how.batch);
    expect(store.saved.row).toBe(model.done);
    expect(store.leads).toEqual(FILE.slice(0, model.done));
  },
  toString: () => JSON.stringify(how),
});

it('an import that dies anywhere goes on without doubles and without gaps', () => {
  const step = fc
    .record({ batch: fc.integer({ min: 1, max: 4 }), diesAfter: fc.nat(8) })
    .map(attempted);
  fc.assert(
    fc.property(fc.commands([step], { maxCommands: 12 }), (commands) => {
      const store: Store = { leads: [], saved: at() };
      fc.modelRun(() => ({ model: { done: 0 }, real: store }), commands);
      expect(attempt(store, { batch: 2, diesAfter: 99 })).toBe(false);
      expect(store.leads).toEqual(FILE);
    }),
  );
});

it('an import does not go on with a file whose rows before it are others', () => {
  const cases = fc.record({ done: fc.integer({ min: 1, max: 7 }), changed: fc.nat(6) });
  fc.assert(
    fc.property(cases, ({ done, changed }) => {
      const before = FILE.slice(0, done);
      const store: Store = { leads: before, saved: at(...before) };
      expect(attempt(store, { batch: 1, diesAfter: 99, changed })).toBe(changed < done);
      const rest = FILE.map((row, index) => (index === changed ? `${row}!` : row)).slice(done);
      expect(store.leads).toEqual(changed < done ? before : [...before, ...rest]);
    }),
  );
});
