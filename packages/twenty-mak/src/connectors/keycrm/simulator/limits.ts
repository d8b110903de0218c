import { Refusal } from './refusals.ts';

/** So many calls in a window, in milliseconds. */
export interface Limit {
  readonly calls: number;
  readonly window: number;
}

export const DEFAULT_LIMIT: Limit = { calls: 60, window: 60_000 };

/**
 * Counts as Laravel's throttle does: a window begins with the first call after the one before has ended, and what is refused
 * does not count.
 */
export class KeyCrmLimits {
  rejected = 0;
  taken = 0;
  private readonly limit: Limit;
  private begun = Number.NEGATIVE_INFINITY;
  private calls = 0;

  constructor(limit: Limit = DEFAULT_LIMIT) {
    this.limit = limit;
  }

  /** Headers of the answer. Throws the refusal with status 429. */
  take(now: number): Readonly<Record<string, string>> {
    const { calls, window } = this.limit;
    if (now >= this.begun + window) {
      this.begun = now;
      this.calls = 0;
    }
    if (this.calls >= calls) {
      this.rejected += 1;
      const seconds = Math.max(1, Math.ceil((this.begun + window - now) / 1_000));
      const headers = { ...this.headers(), 'retry-after': String(seconds) };
      throw new Refusal(429, { message: 'Too Many Attempts.' }, headers);
    }
    this.calls += 1;
    this.taken += 1;
    return this.headers();
  }

  private headers(): Record<string, string> {
    const { calls } = this.limit;
    return {
      'x-ratelimit-limit': String(calls),
      'x-ratelimit-remaining': String(calls - this.calls),
    };
  }
}
