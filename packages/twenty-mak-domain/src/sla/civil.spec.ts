import { describe, expect, it } from 'vitest';

import { DAY, HOUR, MINUTE } from '../basics/index.ts';
import { parseDate, parseTimeOfDay, weekdayOf } from './civil.ts';

describe('parseDate', () => {
  it('numbers every day of four centuries without a break', () => {
    const first = Date.parse('1799-12-31') / DAY;
    const last = Date.parse('2201-01-01') / DAY;
    const mismatch = Array.from({ length: last - first + 1 }, (_, index) => first + index).find(
      (day) => parseDate(new Date(day * DAY).toISOString().slice(0, 10)) !== day,
    );
    expect(mismatch).toBeUndefined();
  });

  it.each([
    ['1970-01-01', 0],
    ['2000-02-29', 11_016],
    ['2024-02-29', 19_782],
    ['0000-01-01', -719_528],
    ['9999-12-31', 2_932_896],
  ])('reads %s', (text, day) => {
    expect(parseDate(text)).toBe(day);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '02026-01-01',
    '2026-01-011',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026/01/01',
    '',
  ])('refuses %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });
});

describe('parseTimeOfDay', () => {
  it.each([
    ['00:00', 0],
    ['00:59', 59 * MINUTE],
    ['09:30', 9 * HOUR + 30 * MINUTE],
    ['19:05', 19 * HOUR + 5 * MINUTE],
    ['23:59', DAY - MINUTE],
    ['24:00', DAY],
  ])('reads %s', (text, time) => {
    expect(parseTimeOfDay(text)).toBe(time);
  });

  it.each([
    '24:01',
    '25:00',
    '30:00',
    '9:00',
    '09:60',
    '09:0',
    '0900',
    '09:00:00',
    '109:00',
    '24:000',
    'noon',
    '',
  ])('refuses %j', (text) => {
    expect(parseTimeOfDay(text)).toBeNull();
  });
});

describe('weekdayOf', () => {
  it('is 1 on Mondays and 7 on Sundays, also before 1970', () => {
    const mondays = ['1969-12-29', '1970-01-05', '2026-03-30', '1600-01-03'];
    for (const monday of mondays) {
      const day = Date.parse(monday) / DAY;
      expect([0, 1, 2, 3, 4, 5, 6].map((offset) => weekdayOf(day + offset))).toEqual([
        1, 2, 3, 4, 5, 6, 7,
      ]);
    }
  });
});
