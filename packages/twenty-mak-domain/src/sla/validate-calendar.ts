import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { Calendar, WorkingCalendar, WorkingInterval } from './calendar.ts';
import { WEEKDAYS, parseDate, parseTimeOfDay, weekdayOf } from './civil.ts';
import type { CivilDay, Weekday } from './civil.ts';
import { describe, isList, isRecord, quote, refuseUnknown } from './shape.ts';
import type { UnknownRecord } from './shape.ts';
import { isTimeZone } from './zone.ts';

const MAX_INTERVALS = 24;
const MAX_HOLIDAYS = 10_000;
/** More days in a row without work than these are a mistake, and would make a due time a search through decades. */
const MAX_FREE_DAYS = 366;

type Week = WorkingCalendar['week'];

interface TimeOfDay {
  readonly text: string;
  /** Milliseconds after midnight. */
  readonly time: number;
}

/**
 * Reads an untrusted calendar; the value is a copy. `field` is its path, the beginning of the path in a refusal.
 * Codes: wrong_type, unknown_property, calendar_kind_unknown, time_zone_unknown, weekday_unknown, too_many,
 * time_of_day_invalid, interval_empty, intervals_overlap, date_invalid, no_working_time.
 */
export function validateCalendar(calendar: unknown, field = 'calendar'): Decision<Calendar> {
  if (!isRecord(calendar))
    return refuse('wrong_type', 'A calendar is an object with a kind: always or working.', field);
  if (calendar['kind'] === 'always')
    return refuseUnknown(calendar, ['kind'], field) ?? accept({ kind: 'always' });
  if (calendar['kind'] !== 'working') {
    return refuse(
      'calendar_kind_unknown',
      'The kind of a calendar is always (24×7) or working.',
      `${field}.kind`,
    );
  }
  return (
    refuseUnknown(calendar, ['kind', 'timeZone', 'week', 'holidays'], field) ??
    readWorkingCalendar(calendar, field)
  );
}

function readWorkingCalendar(calendar: UnknownRecord, field: string): Decision<WorkingCalendar> {
  const timeZone = readTimeZone(calendar['timeZone'], `${field}.timeZone`);
  if (!timeZone.ok) return timeZone;
  const week = readWeek(calendar['week'], `${field}.week`);
  if (!week.ok) return week;
  const base = { kind: 'working', timeZone: timeZone.value, week: week.value } as const;
  if (calendar['holidays'] === undefined) return accept(base);

  const at = `${field}.holidays`;
  const holidays = readHolidays(calendar['holidays'], at);
  if (!holidays.ok) return holidays;
  if (leavesNoWork(holidays.value, week.value)) {
    return refuse(
      'no_working_time',
      `The holidays leave more than ${MAX_FREE_DAYS} days in a row without a working day; remove some.`,
      at,
    );
  }
  return accept({ ...base, holidays: holidays.value });
}

function readTimeZone(value: unknown, field: string): Decision<string> {
  if (typeof value !== 'string')
    return refuse('wrong_type', 'The time zone must be a text such as Europe/Kyiv.', field);
  if (!isTimeZone(value)) {
    return refuse(
      'time_zone_unknown',
      `${quote(value)} is not a known time zone; use an IANA name such as Europe/Kyiv.`,
      field,
    );
  }
  return accept(value);
}

function readWeek(value: unknown, field: string): Decision<Week> {
  if (!isRecord(value)) {
    return refuse(
      'wrong_type',
      'The week must be an object: weekday (1 = Monday … 7 = Sunday) to intervals.',
      field,
    );
  }
  const stranger = Object.keys(value).find(
    (key) => !WEEKDAYS.some((weekday) => String(weekday) === key),
  );
  if (stranger !== undefined) {
    return refuse(
      'weekday_unknown',
      `${quote(stranger)} is not a weekday; use 1 (Monday) to 7 (Sunday).`,
      `${field}.${stranger.slice(0, 60)}`,
    );
  }
  const week: Partial<Record<Weekday, readonly WorkingInterval[]>> = {};
  for (const weekday of WEEKDAYS) {
    const intervals = value[weekday];
    if (intervals !== undefined) {
      const day = readDay(intervals, `${field}.${weekday}`);
      if (!day.ok) return day;
      week[weekday] = day.value;
    }
  }
  if (!WEEKDAYS.some((weekday) => works(week, weekday))) {
    return refuse(
      'no_working_time',
      'The week has no working time; give at least one interval on one day.',
      field,
    );
  }
  return accept(week);
}

function readDay(value: unknown, field: string): Decision<readonly WorkingInterval[]> {
  if (!isList(value))
    return refuse('wrong_type', 'The working intervals of a day must be a list.', field);
  if (value.length > MAX_INTERVALS) {
    return refuse(
      'too_many',
      `A day has at most ${MAX_INTERVALS} working intervals; there are ${value.length}.`,
      field,
    );
  }
  const intervals: WorkingInterval[] = [];
  let previousEnd = 0;
  for (const [index, item] of value.entries()) {
    const at = `${field}.${index}`;
    const interval = readInterval(item, at);
    if (!interval.ok) return interval;
    const { from, to } = interval.value;
    if (from.time < previousEnd) {
      return refuse(
        'intervals_overlap',
        `The interval from ${from.text} begins before the one above it ends; intervals must ascend and not overlap.`,
        `${at}.from`,
      );
    }
    intervals.push({ from: from.text, to: to.text });
    previousEnd = to.time;
  }
  return accept(intervals);
}

function readInterval(value: unknown, field: string): Decision<{ from: TimeOfDay; to: TimeOfDay }> {
  if (!isRecord(value)) {
    return refuse(
      'wrong_type',
      'A working interval is an object such as { from: "09:00", to: "18:00" }.',
      field,
    );
  }
  const unknown = refuseUnknown(value, ['from', 'to'], field);
  if (unknown !== null) return unknown;
  const from = readTime(value['from'], `${field}.from`);
  if (!from.ok) return from;
  const to = readTime(value['to'], `${field}.to`);
  if (!to.ok) return to;
  if (to.value.time <= from.value.time) {
    return refuse(
      'interval_empty',
      `The interval must end after it begins (${from.value.text}); split work past midnight into two days, the first until 24:00.`,
      `${field}.to`,
    );
  }
  return accept({ from: from.value, to: to.value });
}

function readTime(value: unknown, field: string): Decision<TimeOfDay> {
  const text = typeof value === 'string' ? value : '';
  const time = parseTimeOfDay(text);
  if (time !== null) return accept({ text, time });
  return refuse(
    'time_of_day_invalid',
    `${describe(value)} is not a time of day; write a text from "00:00" to "24:00".`,
    field,
  );
}

function readHolidays(value: unknown, field: string): Decision<readonly string[]> {
  if (!isList(value)) return refuse('wrong_type', 'The holidays must be a list of dates.', field);
  if (value.length > MAX_HOLIDAYS) {
    return refuse(
      'too_many',
      `At most ${MAX_HOLIDAYS} holidays are allowed; there are ${value.length}.`,
      field,
    );
  }
  const holidays: string[] = [];
  for (const [index, item] of value.entries()) {
    if (typeof item !== 'string' || parseDate(item) === null) {
      return refuse(
        'date_invalid',
        `${describe(item)} is not a date; write a text such as "2026-08-24".`,
        `${field}.${index}`,
      );
    }
    holidays.push(item);
  }
  return accept(holidays);
}

function works(week: Week, weekday: Weekday): boolean {
  return (week[weekday] ?? []).length > 0;
}

/** Whether some holiday begins more than MAX_FREE_DAYS days in a row without work. */
function leavesNoWork(holidays: readonly string[], week: Week): boolean {
  const days = new Set(holidays.map((text) => parseDate(text) as CivilDay));
  // The walk goes on where it stopped, so that it looks at each day once.
  let day = -Infinity;
  for (const holiday of [...days].sort((left, right) => left - right)) {
    if (holiday < day) continue;
    day = holiday;
    while (days.has(day) || !works(week, weekdayOf(day))) {
      day += 1;
      if (day - holiday > MAX_FREE_DAYS) return true;
    }
  }
  return false;
}
