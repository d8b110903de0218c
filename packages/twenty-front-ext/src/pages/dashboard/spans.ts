import { firstInstantAt, zoneOf } from 'twenty-mak-domain';

const DAY = 86_400_000;

/** How much time a column stands for. */
export type Step = 'day' | 'week' | 'month' | 'quarter' | 'year';
const STEPS: readonly Step[] = ['day', 'week', 'month', 'quarter', 'year'];

/** Days, written as `2026-03-01`: `from` is included, `before` is not. */
export interface Span {
  readonly from: string;
  readonly before: string;
}

/** The spans from one day to another, both included; as short as they can be when there may be `most` of them. */
export function spansOf(
  first: string,
  last: string,
  most: number,
): { readonly step: Step; readonly spans: readonly Span[] } {
  for (const step of STEPS) {
    const spans: Span[] = [];
    for (let from = beginOf(step, first); from <= last && spans.length <= most;) {
      const before = endOf(step, from);
      spans.push({ from, before });
      from = before;
    }
    if (spans.length <= most) return { step, spans };
  }
  // So many years that they do not fit: the newest ones.
  const year = Number(last.slice(0, 4));
  const spans = Array.from({ length: Math.max(1, most) }, (_, index) => year - index)
    .toReversed()
    .map((one) => ({ from: `${one}-01-01`, before: `${one + 1}-01-01` }));
  return { step: 'year', spans };
}

/** The instant at which a day begins in a time zone. */
export function beginOfDay(day: string, timeZone: string): number {
  return firstInstantAt(zoneOf(timeZone), Date.parse(day));
}

/** So many days later. */
export function addDays(day: string, days: number): string {
  return write(Date.parse(day) + days * DAY);
}

function beginOf(step: Step, day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  switch (step) {
    case 'day':
      return day;
    case 'week':
      // Weeks begin on Monday.
      return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
    case 'month':
      return write(Date.UTC(year, month));
    case 'quarter':
      return write(Date.UTC(year, month - (month % 3)));
    case 'year':
      return write(Date.UTC(year, 0));
  }
}

function endOf(step: Step, begin: string): string {
  const [year, month] = [Number(begin.slice(0, 4)), Number(begin.slice(5, 7)) - 1];
  switch (step) {
    case 'day':
      return addDays(begin, 1);
    case 'week':
      return addDays(begin, 7);
    case 'month':
      return write(Date.UTC(year, month + 1));
    case 'quarter':
      return write(Date.UTC(year, month + 3));
    case 'year':
      return write(Date.UTC(year + 1, 0));
  }
}

function write(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
