import { DAY, HOUR, MINUTE, SECOND } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';

/** A stretch of time, `from` inclusive, `until` exclusive, in which the zone keeps one offset (local − UTC, in ms). */
export interface ZoneSegment {
  readonly offset: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** What the time-zone rules say, remembered: asking Intl takes microseconds, a look-up nanoseconds. */
export interface Zone {
  segmentAt(instant: Instant): ZoneSegment;
}

/** The one or two segments of a UTC day; a day without a transition has the same one twice. */
interface ZoneDay {
  readonly first: ZoneSegment;
  readonly last: ZoneSegment;
}

const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** By the canonical name, so that other spellings of a zone cannot grow it without end. */
const zones = new Map<string, Zone>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}

/** Whether `timeZone` is an IANA name. Bare offsets such as `+03:00` are not: they would hide daylight saving time. */
export function isTimeZone(timeZone: string): boolean {
  if (/^[+-]/.test(timeZone)) return false;
  try {
    formatterOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** The zone of an IANA name. Throws a RangeError when there is none. */
export function zoneOf(timeZone: string): Zone {
  const formatter = formatterOf(timeZone);
  const name = formatter.resolvedOptions().timeZone;
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = remember((instant) => readOffset(formatter.format(instant)));
  zones.set(name, zone);
  return zone;
}

/** The local time as milliseconds since the local 1970-01-01T00:00. */
export function localTime(zone: Zone, instant: Instant): number {
  return instant + zone.segmentAt(instant).offset;
}

/**
 * The first instant at which the local clock shows `local` or later. So an ambiguous local time is its earlier
 * instant, and one that a transition skips is the first instant after the gap.
 */
export function firstInstantAt(zone: Zone, local: number): Instant {
  // No offset reaches 24 hours, so the search begins before the instant and ends soon after it.
  let segment = zone.segmentAt(local - DAY);
  let instant = local - segment.offset;
  while (instant >= segment.until) {
    segment = zone.segmentAt(segment.until);
    instant = Math.max(segment.from, local - segment.offset);
  }
  return instant;
}

function remember(offsetAt: (instant: Instant) => number): Zone {
  const days = new Map<number, ZoneDay>();
  return {
    segmentAt(instant) {
      const number = Math.floor(instant / DAY);
      let day = days.get(number);
      if (day === undefined) {
        day = readDay(offsetAt, number * DAY);
        days.set(number, day);
      }
      return instant < day.first.until ? day.first : day.last;
    },
  };
}

/** Since 1970 no zone has changed its offset twice within a day: two looks find every transition, halving finds when. */
function readDay(offsetAt: (instant: Instant) => number, from: Instant): ZoneDay {
  const until = from + DAY;
  const before = offsetAt(from);
  const after = offsetAt(until - 1);
  if (before === after) {
    const only = { offset: before, from, until };
    return { first: only, last: only };
  }
  let lastBefore = from;
  let firstAfter = until - 1;
  while (firstAfter - lastBefore > 1) {
    const middle = Math.floor((lastBefore + firstAfter) / 2);
    if (offsetAt(middle) === before) lastBefore = middle;
    else firstAfter = middle;
  }
  return {
    first: { offset: before, from, until: firstAfter },
    last: { offset: after, from: firstAfter, until },
  };
}

/** Reads the end of `1/1/1970, GMT-00:44:30`, in milliseconds. Some engines write plain `GMT` for zero. */
export function readOffset(formatted: string): number {
  const match = OFFSET.exec(formatted);
  if (match === null) throw new RangeError(`No offset in \`${formatted}\``);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return sign === '-' ? 0 - size : size;
}
