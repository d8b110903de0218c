import { badInput } from './refusals.ts';

/** So many calls in a window, in milliseconds. */
export interface Limit {
  readonly calls: number;
  readonly window: number;
}

/** What twenty 2.21 allows the API keys of a workspace together. */
export const DEFAULT_LIMITS: readonly Limit[] = [
  { calls: 100, window: 1_000 },
  { calls: 100, window: 60_000 },
];

/**
 * twenty's token buckets, with their peculiarity: only whole tokens flow back, and what was left of one is lost at the next
 * call. Calls that come a little faster than the limit therefore get nothing back at all.
 */
export class TwentyLimits {
  rejected = 0;
  taken = 0;
  private readonly buckets: { readonly limit: Limit; tokens: number; at: number }[];

  constructor(limits: readonly Limit[], now: number) {
    this.buckets = limits.map((limit) => ({ limit, tokens: limit.calls, at: now }));
  }

  /** Takes one token of each bucket. Throws `LIMIT_REACHED`, and then keeps what the earlier buckets have given. */
  take(now: number): void {
    for (const bucket of this.buckets) {
      const { calls, window } = bucket.limit;
      const refill = Math.floor((now - bucket.at) * (calls / window));
      const tokens = Math.min(bucket.tokens + refill, calls);
      if (tokens < 1) {
        this.rejected += 1;
        throw badInput(`Limit reached (${calls} tokens per ${window} ms)`, 'LIMIT_REACHED');
      }
      bucket.tokens = tokens - 1;
      bucket.at = now;
    }
    this.taken += 1;
  }
}
