import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DAY, HOUR, MINUTE } from '../basics/index.ts';
import type { Target, WorkingCalendar } from './calendar.ts';
import { dueTime, workingTime } from './due-time.ts';
import { validateCalendar } from './validate-calendar.ts';

/** Twelve days from the midnight (UTC) given, with a change of clocks on the fourth or fifth of them, if any. */
const WINDOWS = [
  { timeZone: 'Europe/Kyiv', from: '2026-03-25' },
  { timeZone: 'Europe/Kyiv', from: '2026-10-21' },
  { timeZone: 'America/New_York', from: '2026-03-04' },
  { timeZone: 'America/New_York', from: '2026-10-28' },
  { timeZone: 'Australia/Lord_Howe', from: '2026-09-30' },
  { timeZone: 'Australia/Lord_Howe', from: '2026-04-01' },
  // Over midnight: skipped in Cairo, repeated in Cairo, repeated from 00:01 back to 23:01 in St. John's.
  { timeZone: 'Africa/Cairo', from: '2026-04-20' },
  { timeZone: 'Africa/Cairo', from: '2026-10-25' },
  { timeZone: 'America/St_Johns', from: '2010-11-03' },
  // A whole day is skipped.
  { timeZone: 'Pacific/Apia', from: '2011-12-26' },
  { timeZone: 'Asia/Kathmandu', from: '2026-03-25' },
] as const;
type Window = (typeof WINDOWS)[number];

const WINDOW_DAYS = 12;
const MINUTES_OF_DAY = DAY / MINUTE;

/** A minute as a wall clock sees it; times are minutes since the local 1970-01-01T00:00. */
interface WallMinute {
  readonly at: number;
  /** What the clock shows. */
  readonly shown: number;
  /** The latest that the clock has shown so far: it repeats no hour. */
  readonly reached: number;
  /** The local date and ISO weekday of `reached`. */
  readonly date: string;
  readonly weekday: number;
}

const wallMinutes = new Map<Window, readonly WallMinute[]>();

function wallMinutesOf(window: Window): readonly WallMinute[] {
  const known = wallMinutes.get(window);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: window.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const from = Date.parse(window.from);
  const minutes: WallMinute[] = [];
  let reached = -Infinity;
  for (let index = 0; index < WINDOW_DAYS * MINUTES_OF_DAY; index += 1) {
    const at = from + index * MINUTE;
    const shown = Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) / MINUTE;
    reached = Math.max(reached, shown);
    const moment = new Date(reached * MINUTE);
    const date = moment.toISOString().slice(0, 10);
    const weekday = moment.getUTCDay() || 7;
    minutes.push({ at, shown, reached, date, weekday });
  }
  wallMinutes.set(window, minutes);
  return minutes;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The slow truth: the minutes that are worked, read off the wall clock. */
function workedMinutesOf(window: Window, calendar: WorkingCalendar): readonly WallMinute[] {
  const edges = new Map(
    Object.entries(calendar.week).map(([weekday, intervals]) => [
      Number(weekday),
      intervals.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const),
    ]),
  );
  return wallMinutesOf(window).filter(({ reached, date, weekday }) => {
    const time = reached % MINUTES_OF_DAY;
    return (
      edges.get(weekday)?.some(([from, to]) => from <= time && time < to) &&
      !calendar.holidays?.includes(date)
    );
  });
}

/** The slow truth: null when the target lies beyond the window. */
function slowDueTime(
  window: Window,
  calendar: WorkingCalendar,
  openedAt: number,
  target: Target,
): number | null {
  const minutes = wallMinutesOf(window);
  const worked = workedMinutesOf(window, calendar);
  const ahead = worked.filter(({ at }) => at >= openedAt);
  const first = ahead[0];
  if (first === undefined) return null;
  if (target.unit !== 'days') {
    const last = ahead[target.amount * (target.unit === 'hours' ? 60 : 1) - 1];
    return last === undefined ? null : last.at + MINUTE;
  }
  const dayOf = ({ reached }: WallMinute) => Math.floor(reached / MINUTES_OF_DAY);
  const day = [...new Set(ahead.map(dayOf))][target.amount];
  if (day === undefined) return null;
  const wanted = day * MINUTES_OF_DAY + first.shown - dayOf(first) * MINUTES_OF_DAY;
  const moment = minutes.find(({ reached }) => reached >= wanted);
  if (moment === undefined) return null;
  const workOfDay = worked.filter((minute) => dayOf(minute) === day);
  if (workOfDay.includes(moment)) return moment.at;
  const before = workOfDay.findLast(({ at }) => at < moment.at);
  return before === undefined ? (workOfDay[0] as WallMinute).at : before.at + MINUTE;
}

const time = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

/** Two or three edges of four are small, so that many intervals meet the nightly changes of the clocks. */
const quarter = fc.oneof(fc.integer({ min: 0, max: 18 }), fc.integer({ min: 0, max: 96 }));
const intervals = fc.uniqueArray(quarter, { maxLength: 6 }).map((edges) => {
  const sorted = edges.toSorted((left, right) => left - right).map(time);
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
    from: sorted[2 * index] as string,
    to: sorted[2 * index + 1] as string,
  }));
});

const scene = fc
  .record({
    window: fc.constantFrom(...WINDOWS),
    days: fc.tuple(intervals, intervals, intervals, intervals, intervals, intervals, intervals),
    holidays: fc.uniqueArray(fc.integer({ min: 0, max: WINDOW_DAYS - 1 }), { maxLength: 2 }),
    openedAfter: fc.integer({ min: MINUTES_OF_DAY, max: 6 * MINUTES_OF_DAY }),
  })
  .map(({ window, days, holidays, openedAfter }) => {
    const start = Date.parse(window.from);
    const calendar: WorkingCalendar = {
      kind: 'working',
      timeZone: window.timeZone,
      week: { 1: days[0], 2: days[1], 3: days[2], 4: days[3], 5: days[4], 6: days[5], 7: days[6] },
      holidays: holidays.map((day) => new Date(start + day * DAY).toISOString().slice(0, 10)),
    };
    return { window, calendar, openedAt: start + openedAfter * MINUTE };
  })
  .filter(({ calendar }) => validateCalendar(calendar).ok);

const workingTarget = fc.oneof(
  fc.record({ unit: fc.constant('minutes' as const), amount: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ unit: fc.constant('hours' as const), amount: fc.integer({ min: 1, max: 60 }) }),
);
const dayTarget = fc.record({
  unit: fc.constant('days' as const),
  amount: fc.integer({ min: 1, max: 5 }),
});
const anyTarget = fc.oneof(workingTarget, dayTarget);

function check<T extends unknown[]>(property: fc.IProperty<T>, numRuns: number): void {
  fc.assert(property, { numRuns, seed: 20_260_328 });
}

describe('working calendars', () => {
  it('agree with a wall clock that is read minute by minute', () => {
    let compared = 0;
    check(
      fc.property(scene, anyTarget, ({ window, calendar, openedAt }, target) => {
        const expected = slowDueTime(window, calendar, openedAt, target);
        if (expected === null) return;
        compared += 1;
        expect(dueTime(openedAt, target, calendar)).toBe(expected);
      }),
      150,
    );
    expect(compared).toBeGreaterThan(75);
  });

  it('count the working time that a wall clock counts', () => {
    check(
      fc.property(
        scene,
        fc.integer({ min: 0, max: 5 * MINUTES_OF_DAY }),
        ({ window, calendar, openedAt }, length) => {
          const to = openedAt + length * MINUTE;
          const counted = workedMinutesOf(window, calendar).filter(
            ({ at }) => openedAt <= at && at < to,
          );
          expect(workingTime(openedAt, to, calendar)).toBe(counted.length * MINUTE);
        },
      ),
      50,
    );
  });
});

describe('a due time', () => {
  const milliseconds = fc.integer({ min: 0, max: MINUTE - 1 });

  it('leaves exactly the target as working time, and is the first moment that does', () => {
    check(
      fc.property(scene, milliseconds, workingTarget, ({ calendar, openedAt }, extra, target) => {
        const opened = openedAt + extra;
        const due = dueTime(opened, target, calendar);
        const wanted = target.amount * (target.unit === 'hours' ? HOUR : MINUTE);
        expect(workingTime(opened, due, calendar)).toBe(wanted);
        // So the moment before it is worked: no due time lies in the night.
        expect(workingTime(opened, due - 1, calendar)).toBe(wanted - 1);
      }),
      100,
    );
  });

  it('of days lies in or at the end of working time', () => {
    check(
      fc.property(scene, milliseconds, dayTarget, ({ calendar, openedAt }, extra, target) => {
        const due = dueTime(openedAt + extra, target, calendar);
        expect(workingTime(due - 1, due + 1, calendar)).toBeGreaterThan(0);
      }),
      50,
    );
  });

  it('is never earlier when the target is larger', () => {
    check(
      fc.property(scene, anyTarget, ({ calendar, openedAt }, target) => {
        const larger = { ...target, amount: target.amount + 1 };
        expect(dueTime(openedAt, larger, calendar)).toBeGreaterThan(
          dueTime(openedAt, target, calendar),
        );
      }),
      50,
    );
  });

  it('of hours is never earlier when the run opens later', () => {
    check(
      fc.property(
        scene,
        workingTarget,
        fc.integer({ min: 0, max: DAY }),
        ({ calendar, openedAt }, target, later) => {
          expect(dueTime(openedAt + later, target, calendar)).toBeGreaterThanOrEqual(
            dueTime(openedAt, target, calendar),
          );
        },
      ),
      50,
    );
  });

  it('of days is never earlier when the run opens later by an hour, the longest time that clocks repeat', () => {
    check(
      fc.property(
        scene,
        dayTarget,
        fc.integer({ min: HOUR, max: DAY }),
        ({ calendar, openedAt }, target, later) => {
          expect(dueTime(openedAt + later, target, calendar)).toBeGreaterThanOrEqual(
            dueTime(openedAt, target, calendar),
          );
        },
      ),
      50,
    );
  });
});
