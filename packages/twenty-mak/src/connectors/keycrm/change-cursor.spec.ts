import { describe, expect, it } from 'vitest';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';

const MINUTE = 60_000;

describe('how far a poll has come', () => {
  it('begins at the beginning, and is read as it was written', () => {
    expect(readCursor(null)).toEqual({ since: 0, page: 1, newest: 0 });
    const cursor = { since: 5, page: 3, newest: 9 };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
    expect(() => readCursor('{"since":5}')).toThrow('');
  });

  it('stays in its window until the last page, and remembers the newest of all of them', () => {
    const first = nextCursor(readCursor(null), [9 * MINUTE, 2 * MINUTE], true);
    expect(first).toEqual({ since: 0, page: 2, newest: 9 * MINUTE });
    expect(nextCursor(first, [7 * MINUTE], false)).toEqual({
      since: 4 * MINUTE,
      page: 1,
      newest: 9 * MINUTE,
    });
  });

  it('never goes back, also when nothing has changed', () => {
    const cursor = { since: 8 * MINUTE, page: 1, newest: 9 * MINUTE };
    expect(nextCursor(cursor, [], false)).toEqual(cursor);
  });
});
