import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';

const PAGE = 4;

/** Records with the second of their last change. Between two pages some of them are changed. */
function poll(records: Map<number, number>, edits: readonly (readonly number[])[]) {
  let now = Math.max(...records.values());
  let cursor = readCursor(null);
  const seen = new Map<number, number>();
  for (let question = 0; ; question += 1) {
    const sorted = [...records]
      .filter(([, at]) => at >= cursor.since)
      .toSorted(([left, at], [right, other]) => at - other || left - right);
    const rows = sorted.slice((cursor.page - 1) * PAGE, cursor.page * PAGE);
    for (const [id, at] of rows) seen.set(id, at);
    const there = sorted.length > cursor.page * PAGE;
    const { next, more } = nextCursor(cursor, rows.at(-1)?.[1], there);
    cursor = readCursor(writeCursor(next));
    if (!more) return { seen, questions: question + 1, cursor };
    now += 1;
    for (const id of edits[question] ?? []) if (records.has(id)) records.set(id, now);
  }
}

const records = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 })
  .map((times) => new Map(times.map((at, id) => [id, at])));
const edits = fc.array(fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 6 }), {
  maxLength: 20,
});

describe('a poll', () => {
  it('sees the last change of each record, whatever is edited between its pages', () => {
    fc.assert(
      fc.property(records, edits, (all, changes) => {
        const { seen } = poll(all, changes);
        expect(seen).toEqual(all);
      }),
    );
  });

  it('sees who moves up among more changes of one second than a page holds', () => {
    const all = new Map(Array.from({ length: PAGE * 3 }, (_, id) => [id, 7]));
    // After the first page two of it are edited: the next page begins two records too late.
    const { seen } = poll(all, [[0, 1]]);
    expect(seen).toEqual(all);
  });

  it('goes on where it was, also from a cursor that was kept before pages were read backwards', () => {
    expect(readCursor('[5,3]')).toEqual({ since: 5, page: 3, back: false });
    expect(readCursor(writeCursor({ since: 5, page: 3, back: true }))).toEqual({
      ...{ since: 5, page: 3, back: true },
    });
    for (const wrong of ['[5]', '[5,3,"on"]', '{}'])
      expect(() => readCursor(wrong)).toThrow('code');
  });

  it('ends, and begins the next one a minute before the newest change', () => {
    fc.assert(
      fc.property(records, edits, (all, changes) => {
        const { cursor, questions } = poll(all, changes);
        const newest = Math.max(...all.values());
        expect(cursor.page).toBe(1);
        expect(cursor.since).toBeLessThanOrEqual(Math.max(0, newest - 59));
        expect(cursor.since).toBeGreaterThanOrEqual(Math.max(0, newest - 120));
        expect(questions).toBeLessThan(200);
      }),
    );
  });
});
