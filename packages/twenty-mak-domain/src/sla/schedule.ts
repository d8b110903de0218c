import { DAY } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import type { WorkingCalendar, WorkingInterval } from './calendar.ts';
import { parseDate, parseTimeOfDay, weekdayOf } from './civil.ts';
import type { CivilDay } from './civil.ts';
import { firstInstantAt, localTime, zoneOf } from './zone.ts';

/** Working time without a pause; `end` is the first instant that is not worked. */
export interface WorkingSpan {
  readonly start: Instant;
  readonly end: Instant;
}

/** A working calendar on the line of instants. */
export interface Schedule {
  /** Ascending, never empty ones; none on a holiday or on a day that the zone skips. */
  spansOf(day: CivilDay): readonly WorkingSpan[];
  /** The local date at an instant. */
  dayOf(instant: Instant): CivilDay;
  /** Milliseconds that the local clock shows after the midnight of `day`. */
  timeOfDay(instant: Instant, day: CivilDay): number;
  /** The inverse: the first instant at which the local clock shows it or more. */
  instantOf(day: CivilDay, timeOfDay: number): Instant;
}

/** Throws a RangeError when the calendar, which `validateCalendar` should have seen, is malformed. */
export function compileSchedule(calendar: WorkingCalendar): Schedule {
  const zone = zoneOf(calendar.timeZone);
  const holidays = new Set(calendar.holidays?.map((text) => read(parseDate, text)));
  const week = new Map(
    Object.entries(calendar.week).map(([weekday, intervals]) => [
      Number(weekday),
      intervals.map(readInterval),
    ]),
  );
  const days = new Map<CivilDay, readonly WorkingSpan[]>();

  function instantOf(day: CivilDay, timeOfDay: number): Instant {
    return firstInstantAt(zone, day * DAY + timeOfDay);
  }

  function computeSpans(day: CivilDay): readonly WorkingSpan[] {
    if (holidays.has(day)) return [];
    return (week.get(weekdayOf(day)) ?? [])
      .map(({ from, to }) => ({ start: instantOf(day, from), end: instantOf(day, to) }))
      .filter(({ start, end }) => start < end);
  }

  return {
    spansOf(day) {
      let spans = days.get(day);
      if (spans === undefined) {
        spans = computeSpans(day);
        days.set(day, spans);
      }
      return spans;
    },
    dayOf: (instant) => Math.floor(localTime(zone, instant) / DAY),
    timeOfDay: (instant, day) => localTime(zone, instant) - day * DAY,
    instantOf,
  };
}

function readInterval({ from, to }: WorkingInterval): { from: number; to: number } {
  return { from: read(parseTimeOfDay, from), to: read(parseTimeOfDay, to) };
}

function read(parse: (text: string) => number | null, text: string): number {
  const value = parse(text);
  if (value === null) throw new RangeError(`\`${text}\` is neither a date nor a time of day`);
  return value;
}
