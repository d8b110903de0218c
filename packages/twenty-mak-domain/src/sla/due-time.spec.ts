import { describe, expect, it } from 'vitest';

import { DAY, HOUR, MINUTE } from '../basics/index.ts';
import type { Calendar, Target, WorkingCalendar } from './calendar.ts';
import { HORIZON, compileCalendar, dueTime, workingTime } from './due-time.ts';

const OFFICE = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const NIGHT = [
  { from: '00:00', to: '06:00' },
  { from: '22:00', to: '24:00' },
];
const ROUND = [{ from: '00:00', to: '24:00' }];

function everyDay(intervals: WorkingCalendar['week'][1] & object): WorkingCalendar['week'] {
  return {
    1: intervals,
    2: intervals,
    3: intervals,
    4: intervals,
    5: intervals,
    6: intervals,
    7: intervals,
  };
}

const office: WorkingCalendar = {
  kind: 'working',
  timeZone: 'Europe/Kyiv',
  // The short Friday has no afternoon.
  week: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: [{ from: '10:00', to: '14:00' }] },
  holidays: ['2026-08-24', '2026-05-01'],
};
const night = (timeZone: string): WorkingCalendar => ({
  kind: 'working',
  timeZone,
  week: everyDay(NIGHT),
});
const round = (timeZone: string): WorkingCalendar => ({
  kind: 'working',
  timeZone,
  week: everyDay(ROUND),
});

const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();

function target(text: string): Target {
  const [, amount, unit] = /^(\d+) (minutes|hours|days)$/.exec(text) ?? [];
  return { amount: Number(amount), unit: unit as Target['unit'] };
}

function expectDue(calendar: Calendar, opened: string, amount: string, due: string): void {
  expect(iso(dueTime(at(opened), target(amount), calendar))).toBe(iso(at(due)));
}

describe('a target on the calendar that never rests', () => {
  it.each([
    ['2026-03-28T12:00:00.001Z', '1 minutes', '2026-03-28T12:01:00.001Z'],
    ['2026-03-28T12:00Z', '8 hours', '2026-03-28T20:00Z'],
    ['2026-03-28T12:00+02:00', '1 days', '2026-03-29T13:00+03:00'],
    ['2026-03-28T12:00Z', '30 days', '2026-04-27T12:00Z'],
  ])('opened %s, %s', (opened, amount, due) => {
    expectDue({ kind: 'always' }, opened, amount, due);
  });
});

// 2026-03-23 is a Monday.
describe('a target of working hours', () => {
  it.each([
    ['stays within an interval', '2026-03-23T09:00+02:00', '90 minutes', '2026-03-23T10:30+02:00'],
    ['may end with an interval', '2026-03-23T09:00+02:00', '4 hours', '2026-03-23T13:00+02:00'],
    ['skips the break', '2026-03-23T12:00+02:00', '2 hours', '2026-03-23T15:00+02:00'],
    [
      'starts after the break when opened in it',
      '2026-03-23T13:20+02:00',
      '1 hours',
      '2026-03-23T15:00+02:00',
    ],
    ['skips the night', '2026-03-23T17:30+02:00', '1 hours', '2026-03-24T09:30+02:00'],
    [
      'starts in the morning when opened before it',
      '2026-03-23T03:00+02:00',
      '1 hours',
      '2026-03-23T10:00+02:00',
    ],
    [
      'starts next morning when opened at the end',
      '2026-03-23T18:00+02:00',
      '1 hours',
      '2026-03-24T10:00+02:00',
    ],
    [
      'skips the week-end and the night of the change of clocks',
      '2026-03-27T13:00+02:00',
      '2 hours',
      '2026-03-30T10:00+03:00',
    ],
    [
      'starts on Monday when opened on Saturday',
      '2026-03-28T11:00+02:00',
      '8 hours',
      '2026-03-30T18:00+03:00',
    ],
    ['skips a holiday', '2026-08-21T13:30+03:00', '1 hours', '2026-08-25T09:30+03:00'],
    [
      'starts after a holiday when opened on it',
      '2026-08-24T11:00+03:00',
      '1 hours',
      '2026-08-25T10:00+03:00',
    ],
    ['spans weeks', '2026-03-02T09:00+02:00', '72 hours', '2026-03-13T14:00+02:00'],
    [
      'keeps milliseconds',
      '2026-03-23T17:59:59.999+02:00',
      '1 minutes',
      '2026-03-24T09:00:59.999+02:00',
    ],
  ])('%s', (_, opened, amount, due) => {
    expectDue(office, opened, amount, due);
  });

  it.each([
    ['Europe/Moscow', '2026-03-28T12:00+03:00', '24 hours', '2026-03-29T12:00+03:00'],
    ['Europe/Kyiv', '2026-03-28T12:00+02:00', '24 hours', '2026-03-29T13:00+03:00'],
    ['Europe/Kyiv', '2026-10-24T12:00+03:00', '24 hours', '2026-10-25T11:00+02:00'],
    ['America/New_York', '2026-03-07T12:00-05:00', '24 hours', '2026-03-08T13:00-04:00'],
    ['America/New_York', '2026-10-31T12:00-04:00', '24 hours', '2026-11-01T11:00-05:00'],
    ['Australia/Lord_Howe', '2026-10-03T12:00+10:30', '24 hours', '2026-10-04T12:30+11:00'],
    ['Australia/Lord_Howe', '2026-04-04T12:00+11:00', '24 hours', '2026-04-05T11:30+10:30'],
    ['Asia/Kathmandu', '2026-03-28T23:30+05:45', '30 minutes', '2026-03-29T00:00+05:45'],
  ])('counts real hours round the clock in %s, from %s', (timeZone, opened, amount, due) => {
    expectDue(round(timeZone), opened, amount, due);
  });

  it.each([
    [
      'an ordinary night',
      'Europe/Kyiv',
      '2026-03-23T22:00+02:00',
      '8 hours',
      '2026-03-24T06:00+02:00',
    ],
    [
      'the short night in Kyiv',
      'Europe/Kyiv',
      '2026-03-28T22:00+02:00',
      '7 hours',
      '2026-03-29T06:00+03:00',
    ],
    [
      'the long night in Kyiv',
      'Europe/Kyiv',
      '2026-10-24T22:00+03:00',
      '9 hours',
      '2026-10-25T06:00+02:00',
    ],
    [
      'the short night in New York',
      'America/New_York',
      '2026-03-07T22:00-05:00',
      '7 hours',
      '2026-03-08T06:00-04:00',
    ],
    [
      'the long night in New York',
      'America/New_York',
      '2026-10-31T22:00-04:00',
      '9 hours',
      '2026-11-01T06:00-05:00',
    ],
    [
      'the short night of Lord Howe',
      'Australia/Lord_Howe',
      '2026-10-03T22:00+10:30',
      '450 minutes',
      '2026-10-04T06:00+11:00',
    ],
    [
      'the long night of Lord Howe',
      'Australia/Lord_Howe',
      '2026-04-04T22:00+11:00',
      '510 minutes',
      '2026-04-05T06:00+10:30',
    ],
  ])('counts %s as long as it is', (_, timeZone, opened, amount, due) => {
    expectDue(night(timeZone), opened, amount, due);
  });

  it('has no work in a local hour that is skipped, and twice as much in one that is repeated', () => {
    const small: WorkingCalendar = {
      kind: 'working',
      timeZone: 'Europe/Kyiv',
      week: { 7: [{ from: '03:00', to: '04:00' }] },
    };
    expectDue(small, '2026-03-28T12:00+02:00', '1 hours', '2026-04-05T04:00+03:00');
    expectDue(small, '2026-10-24T12:00+03:00', '2 hours', '2026-10-25T04:00+02:00');
    // An edge within the repeated hour is the earlier of its two instants.
    const half: WorkingCalendar = { ...small, week: { 7: [{ from: '03:00', to: '03:30' }] } };
    expectDue(half, '2026-10-24T12:00+03:00', '30 minutes', '2026-10-25T03:30+03:00');
  });
});

describe('a target of working days', () => {
  it.each([
    ['ends at the same local time', '2026-03-23T10:17+02:00', '2 days', '2026-03-25T10:17+02:00'],
    [
      'skips the week-end and keeps the local time',
      '2026-03-26T11:00+02:00',
      '2 days',
      '2026-03-30T11:00+03:00',
    ],
    ['skips a holiday', '2026-08-21T11:00+03:00', '1 days', '2026-08-25T11:00+03:00'],
    [
      'counts from the next working moment on Saturday',
      '2026-03-28T11:00+02:00',
      '1 days',
      '2026-03-31T09:00+03:00',
    ],
    [
      'counts from the next working moment on a holiday',
      '2026-08-24T12:00+03:00',
      '1 days',
      '2026-08-26T09:00+03:00',
    ],
    [
      'counts from the same morning before work',
      '2026-03-23T06:00+02:00',
      '1 days',
      '2026-03-24T09:00+02:00',
    ],
    [
      'counts from the end of the break in it',
      '2026-03-23T13:30+02:00',
      '1 days',
      '2026-03-24T14:00+02:00',
    ],
    [
      'counts from the next morning after work',
      '2026-03-23T19:00+02:00',
      '1 days',
      '2026-03-25T09:00+02:00',
    ],
    [
      'counts from the next morning at the end of work',
      '2026-03-23T18:00+02:00',
      '1 days',
      '2026-03-25T09:00+02:00',
    ],
    [
      'counts the last moment of work',
      '2026-03-23T17:59:59.999+02:00',
      '1 days',
      '2026-03-24T17:59:59.999+02:00',
    ],
    [
      'ends with the work of a shorter day',
      '2026-03-26T17:00+02:00',
      '1 days',
      '2026-03-27T14:00+02:00',
    ],
    [
      'ends at the beginning of a day that begins later',
      '2026-03-26T09:30+02:00',
      '1 days',
      '2026-03-27T10:00+02:00',
    ],
    ['ends before a break', '2026-03-27T13:30+02:00', '1 days', '2026-03-30T13:00+03:00'],
    ['ends right after a break', '2026-03-23T14:00+02:00', '1 days', '2026-03-24T14:00+02:00'],
    ['spans weeks', '2026-03-02T10:30+02:00', '30 days', '2026-04-13T10:30+03:00'],
  ])('%s', (_, opened, amount, due) => {
    expectDue(office, opened, amount, due);
  });

  it.each([
    ['moves out of a gap', 'America/New_York', '2026-03-07T02:30-05:00', '2026-03-08T03:00-04:00'],
    [
      'moves out of a gap of half an hour',
      'Australia/Lord_Howe',
      '2026-10-03T02:10+10:30',
      '2026-10-04T02:30+11:00',
    ],
    [
      'takes the earlier of two',
      'America/New_York',
      '2026-10-31T01:30-04:00',
      '2026-11-01T01:30-04:00',
    ],
    [
      'takes the earlier of two, Lord Howe',
      'Australia/Lord_Howe',
      '2026-04-04T01:45+11:00',
      '2026-04-05T01:45+11:00',
    ],
    [
      'keeps the local time of the second pass',
      'America/New_York',
      '2026-11-01T01:30-05:00',
      '2026-11-02T01:30-05:00',
    ],
    ['keeps a midnight', 'Asia/Kathmandu', '2026-03-28T00:00+05:45', '2026-03-29T00:00+05:45'],
    [
      'does not count a day that the zone skips',
      'Pacific/Apia',
      '2011-12-29T15:00-10:00',
      '2011-12-31T15:00+14:00',
    ],
  ])('%s', (_, timeZone, opened, due) => {
    expectDue(round(timeZone), opened, '1 days', due);
  });

  it('stays on its day when the clocks go back over midnight', () => {
    // In 2010 St. John's went from 00:01 on Sunday back to 23:01 on Saturday.
    const sunday: WorkingCalendar = {
      kind: 'working',
      timeZone: 'America/St_Johns',
      week: { 7: ROUND, 1: OFFICE },
    };
    expectDue(sunday, '2010-11-06T23:30-03:30', '1 days', '2010-11-08T09:00-03:30');
  });
});

describe('a calendar with next to no working time', () => {
  const rare: WorkingCalendar = {
    kind: 'working',
    timeZone: 'Europe/Kyiv',
    week: { 1: [{ from: '09:00', to: '09:01' }] },
  };
  const opened = at('2026-03-23T09:00+02:00');
  const weeks = Math.floor(HORIZON / (7 * DAY));

  it('has due times up to the horizon of 50 years', () => {
    expect(HORIZON).toBe(at('2050-01-01') - at('2000-01-01') - DAY);
    // The horizon ends on a Sunday.
    const last = dueTime(opened, { amount: weeks + 1, unit: 'minutes' }, rare);
    expect(last).toBeLessThan(opened + HORIZON);
    expect(iso(last)).toBe(iso(at('2076-03-16T09:01+02:00')));
    expect(iso(dueTime(opened, { amount: weeks, unit: 'days' }, rare))).toBe(
      iso(at('2076-03-16T09:00+02:00')),
    );
  });

  it('is due at the horizon when the target lies beyond it', () => {
    expect(dueTime(opened, { amount: weeks + 2, unit: 'minutes' }, rare)).toBe(opened + HORIZON);
    expect(dueTime(opened, { amount: weeks + 1, unit: 'days' }, rare)).toBe(opened + HORIZON);
    const idle: WorkingCalendar = { ...rare, week: {} };
    expect(dueTime(opened, { amount: 1, unit: 'hours' }, idle)).toBe(opened + HORIZON);
    expect(dueTime(opened, { amount: 1, unit: 'days' }, idle)).toBe(opened + HORIZON);
  });

  it('uses the last day up to the horizon and not a moment more', () => {
    // The horizon ends at 10:00, one hour into the work of the last day.
    const early = at('2026-03-23T10:00+02:00');
    const daily: WorkingCalendar = { ...rare, week: everyDay([{ from: '09:00', to: '12:00' }]) };
    const reached = workingTime(early, early + HORIZON, daily) / MINUTE;
    const due = (minutes: number) => dueTime(early, { amount: minutes, unit: 'minutes' }, daily);
    expect(due(reached - 30)).toBe(early + HORIZON - 30 * MINUTE);
    expect(due(reached)).toBe(early + HORIZON);
    expect(due(reached + 30)).toBe(early + HORIZON);
    // It counts from 09:00 of the next day, to 09:00 of the last day.
    const afternoon = early + 3 * HOUR;
    const days = HORIZON / DAY;
    expect(dueTime(afternoon, { amount: days - 1, unit: 'days' }, daily)).toBe(
      afternoon + HORIZON - 4 * HOUR,
    );
    expect(dueTime(afternoon, { amount: days, unit: 'days' }, daily)).toBe(afternoon + HORIZON);
  });
});

describe('workingTime', () => {
  it.each([
    ['within an interval', '2026-03-23T09:30+02:00', '2026-03-23T10:00+02:00', 0.5],
    ['over a break', '2026-03-23T12:00+02:00', '2026-03-23T15:00+02:00', 2],
    ['from a night to a night', '2026-03-23T01:00+02:00', '2026-03-23T23:00+02:00', 8],
    ['over a week-end', '2026-03-27T12:00+02:00', '2026-03-30T10:00+03:00', 3],
    ['over a holiday', '2026-08-21T13:00+03:00', '2026-08-25T10:00+03:00', 2],
    ['at one moment', '2026-03-23T10:00+02:00', '2026-03-23T10:00+02:00', 0],
    ['within a night', '2026-03-23T20:00+02:00', '2026-03-24T08:00+02:00', 0],
  ])('counts %s', (_, from, to, hours) => {
    expect(workingTime(at(from), at(to), office)).toBe(hours * HOUR);
    expect(workingTime(at(to), at(from), office)).toBe(0 - hours * HOUR);
  });

  it('is elapsed time on the calendar that never rests', () => {
    expect(workingTime(1_000, 5_000, { kind: 'always' })).toBe(4_000);
    expect(workingTime(5_000, 1_000, { kind: 'always' })).toBe(-4_000);
  });
});

describe('compileCalendar', () => {
  it('gives what dueTime gives', () => {
    const opened = at('2026-03-23T12:00+02:00');
    const due = compileCalendar(office);
    expect(due(opened, target('2 hours'))).toBe(dueTime(opened, target('2 hours'), office));
    expect(due(opened, target('3 days'))).toBe(dueTime(opened, target('3 days'), office));
    expect(compileCalendar({ kind: 'always' })(opened, target('1 hours'))).toBe(opened + HOUR);
  });

  it('reads a calendar once', () => {
    let reads = 0;
    const counted: WorkingCalendar = {
      ...office,
      get timeZone() {
        reads += 1;
        return 'Europe/Kyiv';
      },
    };
    for (let hour = 1; hour < 100; hour += 1) {
      dueTime(hour * HOUR, target('8 hours'), counted);
      workingTime(0, hour * HOUR, counted);
    }
    expect(reads).toBe(1);
  });

  it.each([
    ['zone', { timeZone: 'Europe/Atlantis' }, 'Europe/Atlantis'],
    ['time of day', { week: { 1: [{ from: '09:00', to: '25:00' }] } }, '`25:00` is neither'],
    ['time of day', { week: { 1: [{ from: 'nine', to: '18:00' }] } }, '`nine` is neither'],
    ['holiday', { holidays: ['2026-02-30'] }, '`2026-02-30` is neither'],
  ])('throws for an unknown %s', (_, change, message) => {
    const broken = { ...office, ...change };
    expect(() => compileCalendar(broken)).toThrow(RangeError);
    expect(() => compileCalendar(broken)).toThrow(message);
  });
});
