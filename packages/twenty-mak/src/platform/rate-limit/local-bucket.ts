import type { Budget, Grant } from './rate-limiter.ts';

/** The same bucket in the memory of one process, for times without Redis. */
export class LocalBucket {
  private tokens: number;
  private at: number;

  constructor(
    private readonly budget: Budget,
    now: number,
  ) {
    this.tokens = budget.burst;
    this.at = now;
  }

  /** Takes up to `wanted` tokens at `now`, in milliseconds of any clock that only grows. */
  take(wanted: number, now: number): Grant {
    const { burst, perSecond, leaves = 0 } = this.budget;
    this.tokens = Math.min(burst, this.tokens + ((now - this.at) * perSecond) / 1_000);
    this.at = now;
    const given = Math.max(0, Math.min(wanted, Math.floor(this.tokens - leaves)));
    this.tokens -= given;
    const waitMs = given > 0 ? 0 : Math.ceil(((1 + leaves - this.tokens) * 1_000) / perSecond);
    return { given, waitMs };
  }
}
