import type { Instant } from '../basics/index.ts';

/** `always` is 24×7: targets are elapsed time. */
export type Calendar = { readonly kind: 'always' } | WorkingCalendar;

/** Working hours of a week in one time zone, without the holidays. */
export interface WorkingCalendar {
  readonly kind: 'working';
  /** IANA name, e.g. `Europe/Kyiv`. */
  readonly timeZone: string;
  /** Working intervals by ISO weekday, 1 = Monday … 7 = Sunday; local times `HH:MM`, ascending, not overlapping; `24:00` allowed as an end. */
  readonly week: Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly WorkingInterval[]>>>;
  /** Local dates `YYYY-MM-DD` on which nobody works. */
  readonly holidays?: readonly string[];
}

export interface WorkingInterval {
  readonly from: string;
  readonly to: string;
}

/** A target is a whole number of one unit. On a working calendar hours are working hours and days are working days. */
export interface Target {
  readonly amount: number;
  readonly unit: 'minutes' | 'hours' | 'days';
}

export type DueTime = (openedAt: Instant) => Instant;

/** When a run that opened at `openedAt` is due, on the calendar this was compiled from. */
export type CompiledCalendar = (openedAt: Instant, target: Target) => Instant;
