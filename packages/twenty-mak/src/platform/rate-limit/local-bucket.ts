import type { Budget, Grant } from './rate-limiter.ts';

/** The same bucket in the memory of one process, for times without Redis. */
export class LocalBucket {
  private tokens: number;
  private at: number;

  constructor(
    private readonly budget: Budget,
    now: number,
  ) {
    this.tokens = budget.unknown === 'spent' ? 0 : budget.burst;
    this.at = now;
  }

  /** Takes up to `wanted` tokens at `now`, in milliseconds of any clock that only grows. */
  take(wanted: number, now: number, leaves = 0): Grant {
    const { burst, perSecond, flow } = this.budget;
    const flowed = ((now - this.at) * perSecond) / 1_000;
    const tokens = Math.min(burst, this.tokens + (flow === 'whole' ? Math.floor(flowed) : flowed));
    const given = Math.max(0, Math.min(wanted, Math.floor(tokens - leaves)));
    if (given === 0) {
      const next = this.at + ((1 + leaves - this.tokens) * 1_000) / perSecond;
      return { given, waitMs: Math.max(1, Math.ceil(next - now)) };
    }
    this.tokens = tokens - given;
    this.at = now;
    return { given, waitMs: 0 };
  }
}
