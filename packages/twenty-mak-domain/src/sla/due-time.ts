import { DAY, HOUR, MINUTE } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import type { Calendar, CompiledCalendar, Target } from './calendar.ts';
import { compileSchedule } from './schedule.ts';
import type { Schedule, WorkingSpan } from './schedule.ts';

/**
 * How far ahead of its opening a run can be due, on a working calendar: 50 years. A target that the working time
 * of a calendar does not reach by then is due at that moment, so that every search ends.
 */
export const HORIZON = 18_262 * DAY;

const UNIT = { minutes: MINUTE, hours: HOUR, days: DAY } as const;

/** Keyed by the object: calendars are values that nobody changes once they are validated. */
const schedules = new WeakMap<Calendar, Schedule>();

/**
 * When a run that opened at `openedAt` is due. See the README for what hours and days mean on a working calendar.
 * Throws a RangeError when the calendar is malformed; `validateCalendar` refuses such calendars.
 */
export function dueTime(openedAt: Instant, target: Target, calendar: Calendar): Instant {
  return compileCalendar(calendar)(openedAt, target);
}

/** `dueTime` of one calendar, for many calls. What it learns about days it keeps, also between compilations. */
export function compileCalendar(calendar: Calendar): CompiledCalendar {
  if (calendar.kind === 'always')
    return (openedAt, { amount, unit }) => openedAt + amount * UNIT[unit];
  const schedule = scheduleOf(calendar);
  return (openedAt, { amount, unit }) => {
    const limit = openedAt + HORIZON;
    const due =
      unit === 'days'
        ? afterWorkingDays(schedule, openedAt, amount, limit)
        : afterWorkingTime(schedule, openedAt, amount * UNIT[unit], limit);
    return Math.min(due, limit);
  };
}

/** Milliseconds of working time from `from` to `to`; negative when `to` is the earlier one. */
export function workingTime(from: Instant, to: Instant, calendar: Calendar): number {
  if (calendar.kind === 'always') return to - from;
  if (to < from) return 0 - workingTime(to, from, calendar);
  const schedule = scheduleOf(calendar);
  const lastDay = schedule.dayOf(to);
  let total = 0;
  for (let day = schedule.dayOf(from); day <= lastDay; day += 1) {
    for (const { start, end } of schedule.spansOf(day)) {
      total += Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
  }
  return total;
}

function scheduleOf(calendar: Extract<Calendar, { kind: 'working' }>): Schedule {
  let schedule = schedules.get(calendar);
  if (schedule === undefined) {
    schedule = compileSchedule(calendar);
    schedules.set(calendar, schedule);
  }
  return schedule;
}

/** The end of the first `time` ms of working time; Infinity when `limit` comes earlier. */
function afterWorkingTime(
  schedule: Schedule,
  openedAt: Instant,
  time: number,
  limit: Instant,
): Instant {
  const lastDay = schedule.dayOf(limit);
  let left = time;
  for (let day = schedule.dayOf(openedAt); day <= lastDay; day += 1) {
    for (const span of schedule.spansOf(day)) {
      const start = Math.max(span.start, openedAt);
      const available = Math.max(0, span.end - start);
      if (left <= available) return start + left;
      left -= available;
    }
  }
  return Infinity;
}

/** The same local time on the `amount`-th working day after the one that counts; Infinity when `limit` comes earlier. */
function afterWorkingDays(
  schedule: Schedule,
  openedAt: Instant,
  amount: number,
  limit: Instant,
): Instant {
  const lastDay = schedule.dayOf(limit);
  let left = amount;
  let timeOfDay: number | undefined;
  for (let day = schedule.dayOf(openedAt); day <= lastDay; day += 1) {
    const spans = schedule.spansOf(day);
    if (timeOfDay === undefined) {
      const current = spans.find(({ end }) => openedAt < end);
      if (current !== undefined)
        timeOfDay = schedule.timeOfDay(Math.max(openedAt, current.start), day);
    } else if (spans.length > 0) {
      left -= 1;
      if (left === 0) return nearestWorking(spans, schedule.instantOf(day, timeOfDay));
    }
  }
  return Infinity;
}

/** `instant`, if worked; else the end of the span before it; else the beginning of the day's work. */
function nearestWorking(spans: readonly WorkingSpan[], instant: Instant): Instant {
  return spans.reduce(
    (nearest, { start, end }) =>
      start <= instant ? Math.min(instant, end) : Math.min(nearest, start),
    Infinity,
  );
}
