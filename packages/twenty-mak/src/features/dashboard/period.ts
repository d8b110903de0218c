/** Days of the tenant's time zone, `YYYY-MM-DD`, both included; without one it is open. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** Dates before and after everything, as PostgreSQL writes them. */
export const FIRST_DAY = '-infinity';
export const LAST_DAY = 'infinity';

/** `until` is not included. */
export interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** The whole months of a period, and the days around them. */
export function splitPeriod({ from, to }: Period): {
  readonly months: readonly Stretch[];
  readonly days: readonly Stretch[];
} {
  const first = from === null || from.endsWith('-01') ? from : nextMonth(from);
  const end = to === null ? null : dayAfter(to);
  const last = end === null ? null : `${end.slice(0, 8)}01`;
  if (first !== null && last !== null && first >= last)
    return { months: [], days: [{ from: from ?? FIRST_DAY, until: end ?? LAST_DAY }] };
  const days: Stretch[] = [];
  if (from !== null && first !== null && from !== first) days.push({ from, until: first });
  if (last !== null && end !== null && last !== end) days.push({ from: last, until: end });
  return { months: [{ from: first ?? FIRST_DAY, until: last ?? LAST_DAY }], days };
}

function nextMonth(day: string): string {
  const date = new Date(`${day.slice(0, 8)}01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
