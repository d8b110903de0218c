/** A broken promise of the product. The first three are counted in the ledger, as is any other. */
export const PROMISES = {
  lost: 'acknowledged and lost',
  twice: 'effect twice',
  breachTwice: 'breach twice',
  state: 'state differs from a fold from scratch',
  counters: 'counters differ from the deals',
  outbox: 'outbox out of order',
  breaches: 'breaches differ from the truth',
  delivery: 'not delivered, or out of order',
  auction: 'a lot is not as the rules say',
  money: 'money differs from what was bid',
  answer: 'an unclear answer',
  process: 'a process ended by itself, or would not end',
} as const;
export type PromiseName = keyof typeof PROMISES;

export interface Violation {
  readonly promise: PromiseName;
  readonly what: string;
}

/** Most violations that are written down of each promise; they are all counted. */
const WRITTEN = 5;

/** Collects broken promises and counts what was looked at. */
export class Report {
  readonly violations: Violation[] = [];
  readonly broken: Record<PromiseName, number>;
  checks = 0;

  constructor() {
    const names = Object.keys(PROMISES) as PromiseName[];
    this.broken = Object.fromEntries(names.map((name) => [name, 0])) as typeof this.broken;
  }

  /** `what` is only asked for when the promise is broken. */
  expect(kept: boolean, promise: PromiseName, what: () => string): void {
    this.checks += 1;
    if (kept) return;
    this.broken[promise] += 1;
    if (this.broken[promise] <= WRITTEN) this.violations.push({ promise, what: what() });
  }

  get total(): number {
    return Object.values(this.broken).reduce((sum, count) => sum + count, 0);
  }
}
