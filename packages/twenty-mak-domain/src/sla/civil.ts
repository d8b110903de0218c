import { DAY, HOUR, MINUTE } from '../basics/index.ts';

/** Days since 1970-01-01 in the proleptic Gregorian calendar, without a time zone. */
export type CivilDay = number;

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_OF_DAY = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of the years before `year`, counted from the year 0. */
function daysBeforeYear(year: number): number {
  const leapYears = Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
  return year * 365 + leapYears;
}

/** Reads `YYYY-MM-DD`; null when it is not a day of the calendar, such as 2026-02-30. */
export function parseDate(text: string): CivilDay | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const isLeapYear = daysBeforeYear(year + 1) - daysBeforeYear(year) === 366;
  const months = DAYS_OF_MONTH.map((days, index) => (isLeapYear && index === 1 ? days + 1 : days));
  const daysOfMonth = months[month - 1] ?? 0;
  if (day < 1 || day > daysOfMonth) return null;
  const daysBeforeMonth = months.slice(0, month - 1).reduce((sum, days) => sum + days, 0);
  return daysBeforeYear(year) - daysBeforeYear(1970) + daysBeforeMonth + day - 1;
}

/** Reads `HH:MM` from `00:00` to `24:00`, in milliseconds after midnight; null when it is no such time. */
export function parseTimeOfDay(text: string): number | null {
  const match = TIME_OF_DAY.exec(text);
  if (match === null) return null;
  const [, hours, minutes] = match;
  return hours === undefined ? DAY : Number(hours) * HOUR + Number(minutes) * MINUTE;
}

export function weekdayOf(day: CivilDay): Weekday {
  // 1970-01-01 was a Thursday; the inner remainder is negative for days long before it.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
