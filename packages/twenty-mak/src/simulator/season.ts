import { DAY, MINUTE } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { Random } from './random.ts';
import { duringDay, startOfDay, weekdayOf } from './working-time.ts';

const YEAR = 365.25 * DAY;

/** How much advertising is bought from January to December; 1 is an ordinary month. */
const MONTHS = [0.6, 0.8, 1, 1, 0.95, 0.85, 0.7, 0.8, 1.15, 1.25, 1.4, 1.1];
/** Monday to Sunday: at weekends only web forms are filled in. */
const WEEKDAYS = [1.1, 1.15, 1.1, 1, 0.8, 0.04, 0.03];
/** The business grows by so much a year. */
const GROWTH = 1.8;

/** When each deal begins: more in good months, hardly any at weekends, in the order of the deals. */
export class Season {
  private readonly days: readonly Instant[];
  /** Sum of the weights up to and with each day. */
  private readonly sums: readonly number[];
  private readonly deals: number;
  private readonly now: Instant;
  private readonly seed: string;

  constructor(options: { seed: string; deals: number; from: Instant; now: Instant }) {
    const { seed, deals, from, now } = options;
    const days: Instant[] = [];
    const sums: number[] = [];
    let sum = 0;
    for (let day = startOfDay(from); day <= now; day += DAY) {
      sum += weightOf(day) * GROWTH ** ((day - now) / YEAR) * Math.min((now - day) / DAY, 1);
      days.push(day);
      sums.push(sum);
    }
    this.days = days;
    this.sums = sums;
    this.deals = deals;
    this.now = now;
    this.seed = seed;
  }

  /** When deal number `index` begins. */
  beginOf(index: number): Instant {
    const random = new Random(`${this.seed}/begin/${index}`);
    const total = this.sums.at(-1) ?? 0;
    const wanted = ((index + random.next()) / this.deals) * total;
    const day = this.days[firstAbove(this.sums, wanted)] ?? this.now;
    const moment = duringDay(day, (random.next() + random.next()) / 2);
    // Today's deals began before now.
    return moment < this.now ? moment : this.now - Math.round(random.between(1, 240) * MINUTE);
  }
}

function weightOf(day: Instant): number {
  const month = new Date(day + DAY / 2).getUTCMonth();
  return (MONTHS[month] ?? 1) * (WEEKDAYS[weekdayOf(day)] ?? 1);
}

function firstAbove(sums: readonly number[], wanted: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
