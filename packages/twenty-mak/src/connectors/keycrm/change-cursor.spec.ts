import { describe, expect, it } from 'vitest';
import { hasSeenAll, nextCursor, readCursor, writeCursor } from './change-cursor.ts';

const MINUTE = 60_000;

describe('how far a poll has come', () => {
  const NOW = 60 * MINUTE;

  it('begins at the beginning, and is read as it was written', () => {
    expect(readCursor(null, NOW)).toEqual({ since: 0, page: 1, newest: 0, begun: NOW });
    const cursor = { since: 5, page: 3, newest: 9, begun: 8 };
    expect(readCursor(writeCursor(cursor), NOW)).toEqual(cursor);
    const over = { since: 5, page: 1, newest: 9, begun: 8 };
    expect(readCursor(writeCursor(over), NOW)).toEqual({ ...over, begun: NOW });
    expect(() => readCursor('{"since":5}')).toThrow('');
  });

  it('stays in its window until the last page, and remembers the newest of all of them', () => {
    const first = nextCursor(readCursor(null, NOW), [9 * MINUTE, 2 * MINUTE], true);
    expect(first).toEqual({ since: 0, page: 2, newest: 9 * MINUTE, begun: NOW });
    expect(nextCursor(first, [7 * MINUTE], false)).toEqual({
      since: 4 * MINUTE,
      page: 1,
      newest: 9 * MINUTE,
      begun: NOW,
    });
  });

  it('goes back to when its window was begun: what changed since may stand on a page that was read', () => {
    const first = nextCursor(readCursor(null, NOW), [2 * MINUTE], true);
    const second = readCursor(writeCursor(first), 3 * NOW);
    expect(nextCursor(second, [2 * NOW], false).since).toBe(NOW - 5 * MINUTE);
    // One that was begun before cursors said when.
    const earlier = readCursor('[1,2,9]', NOW);
    expect(nextCursor(earlier, [2 * NOW], false).since).toBe(1);
  });

  it('says whether all has been listed once', () => {
    const first = nextCursor(readCursor(null, NOW), [], true);
    expect([hasSeenAll(null), hasSeenAll(writeCursor(first))]).toEqual([false, false]);
    expect(hasSeenAll(writeCursor(nextCursor(first, [], false)))).toBe(true);
    expect(hasSeenAll(writeCursor({ since: 5, page: 2, newest: 9, begun: 7 }))).toBe(true);
  });

  it('never goes back, also when nothing has changed', () => {
    const cursor = { since: 8 * MINUTE, page: 1, newest: 9 * MINUTE, begun: NOW };
    expect(nextCursor(cursor, [], false)).toEqual(cursor);
  });
});
