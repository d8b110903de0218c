import { DAY, HOUR } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';

/** People of the simulated business work from 9 to 18 by a clock two hours ahead of UTC, Monday to Friday. */
const UTC_OFFSET = 2 * HOUR;
const OPENS = 9 * HOUR;
const WORKDAY = 9 * HOUR;
const WEEK = 7 * DAY;
const WORKWEEK = 5 * WORKDAY;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

/** Midnight that begins the local day of an instant. */
export function startOfDay(instant: Instant): Instant {
  return Math.floor((instant + UTC_OFFSET) / DAY) * DAY - UTC_OFFSET;
}

/** Monday is 0. */
export function weekdayOf(instant: Instant): number {
  const days = Math.floor((instant + UTC_OFFSET - FIRST_MONDAY) / DAY);
  return ((days % 7) + 7) % 7;
}

export function isWorkingTime(instant: Instant): boolean {
  const clock = instant - startOfDay(instant);
  return weekdayOf(instant) < 5 && clock >= OPENS && clock <= OPENS + WORKDAY;
}

/** The instant after `milliseconds` of work. */
export function afterWork(from: Instant, milliseconds: number): Instant {
  return instantOf(workedUntil(from) + milliseconds);
}

/** A moment of the working day of `instant`; `share` is 0 in the morning and 1 in the evening. */
export function duringDay(instant: Instant, share: number): Instant {
  return Math.round(startOfDay(instant) + OPENS + share * WORKDAY);
}

/** Working time from the first Monday of 1970 to an instant. */
function workedUntil(instant: Instant): number {
  const local = instant + UTC_OFFSET - FIRST_MONDAY;
  const weeks = Math.floor(local / WEEK);
  const days = Math.floor((local - weeks * WEEK) / DAY);
  const clock = local - weeks * WEEK - days * DAY;
  const today = Math.min(Math.max(clock - OPENS, 0), WORKDAY);
  return weeks * WORKWEEK + Math.min(days * WORKDAY + today, WORKWEEK);
}

function instantOf(worked: number): Instant {
  const weeks = Math.floor(worked / WORKWEEK);
  const days = Math.floor((worked - weeks * WORKWEEK) / WORKDAY);
  const clock = worked - weeks * WORKWEEK - days * WORKDAY;
  return Math.round(weeks * WEEK + days * DAY + OPENS + clock + FIRST_MONDAY - UTC_OFFSET);
}
