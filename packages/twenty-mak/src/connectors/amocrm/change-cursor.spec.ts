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
  it('sees the last change of each record that differs by seconds, whatever is edited between its pages', () => {
    const distinct = fc
      .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 60 })
      .map((times) => new Map(times.map((at, id) => [id, at])));
    // Fewer edits of one second than a page holds.
    const few = fc.array(fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: PAGE - 1 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(distinct, few, (all, changes) => {
        const { seen } = poll(all, changes);
        expect(seen).toEqual(all);
      }),
    );
  });

  it('sees all of a second that fills several pages, when nothing is edited', () => {
    fc.assert(
      fc.property(records, (all) => {
        expect(poll(all, []).seen).toEqual(all);
      }),
    );
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
