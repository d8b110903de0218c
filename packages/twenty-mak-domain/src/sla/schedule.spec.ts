import { describe, expect, it } from 'vitest';

import type { WorkingCalendar } from './calendar.ts';
import { parseDate } from './civil.ts';
import type { CivilDay } from './civil.ts';
import { compileSchedule } from './schedule.ts';

const calendar: WorkingCalendar = {
  kind: 'working',
  timeZone: 'Europe/Kyiv',
  week: {
    7: [
      { from: '01:00', to: '03:30' },
      { from: '03:30', to: '04:00' },
      { from: '04:00', to: '24:00' },
    ],
  },
  holidays: ['2026-04-05'],
};
const schedule = compileSchedule(calendar);
const day = (text: string) => parseDate(text) as CivilDay;
const span = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) });

describe('compileSchedule', () => {
  it('lays the intervals of a day on the line of instants', () => {
    expect(schedule.spansOf(day('2026-05-03'))).toEqual([
      span('2026-05-03T01:00+03:00', '2026-05-03T03:30+03:00'),
      span('2026-05-03T03:30+03:00', '2026-05-03T04:00+03:00'),
      span('2026-05-03T04:00+03:00', '2026-05-04T00:00+03:00'),
    ]);
  });

  it('leaves out an interval that a change of clocks skips', () => {
    expect(schedule.spansOf(day('2026-03-29'))).toEqual([
      span('2026-03-29T01:00+02:00', '2026-03-29T03:00+02:00'),
      span('2026-03-29T04:00+03:00', '2026-03-30T00:00+03:00'),
    ]);
  });

  it('has no spans on other weekdays and on holidays', () => {
    expect(schedule.spansOf(day('2026-05-04'))).toEqual([]);
    expect(schedule.spansOf(day('2026-04-05'))).toEqual([]);
  });

  it('computes a day once', () => {
    expect(schedule.spansOf(day('2026-05-10'))).toBe(schedule.spansOf(day('2026-05-10')));
  });

  it('translates between instants and local dates and times', () => {
    const late = Date.parse('2026-05-03T23:30+03:00');
    expect(schedule.dayOf(late)).toBe(day('2026-05-03'));
    expect(schedule.dayOf(late + 1_800_000)).toBe(day('2026-05-04'));
    expect(schedule.timeOfDay(late, day('2026-05-03'))).toBe(84_600_000);
    expect(schedule.instantOf(day('2026-05-03'), 84_600_000)).toBe(late);
  });
});
