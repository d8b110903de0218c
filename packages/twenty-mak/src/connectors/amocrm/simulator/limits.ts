import { page } from './answers.ts';

export interface AmocrmLimitOptions {
  /** Calls of one integration in any second. */
  readonly perSecond?: number;
  /** Calls of all integrations of the account in any second. */
  readonly accountPerSecond?: number;
  /** So many refused calls within `blockWithin` block the account. amoCRM names no number: this is a guess. */
  readonly blockAfter?: number;
  /** Milliseconds. */
  readonly blockWithin?: number;
}

const SECOND = 1_000;

/**
 * How often an account may be asked, in any second and not in each second of the clock: whoever stays below this stays below any
 * other way to count. Too many calls are refused with 429; too many of those block the account until support lifts it.
 */
export class AmocrmLimits {
  taken = 0;
  rejected = 0;
  /** Everything is answered with 403, tokens too. */
  blocked = false;
  private readonly options: Required<AmocrmLimitOptions>;
  private readonly served: { readonly integration: string; readonly at: number }[] = [];
  private readonly refused: number[] = [];

  constructor(options: AmocrmLimitOptions = {}) {
    this.options = {
      perSecond: 7,
      accountPerSecond: 50,
      blockAfter: 20,
      blockWithin: 60_000,
      ...options,
    };
  }

  /** Throws what amoCRM answers while it is blocked. */
  requireNoBlock(): void {
    if (this.blocked) throw page(403, 'Forbidden');
  }

  /** `now` in milliseconds. Throws what amoCRM answers to a call too many. */
  take(integration: string, now: number): void {
    this.requireNoBlock();
    const { served, refused, options } = this;
    while ((served[0]?.at ?? now) <= now - SECOND) served.shift();
    const own = served.filter((call) => call.integration === integration);
    if (own.length < options.perSecond && served.length < options.accountPerSecond) {
      served.push({ integration, at: now });
      this.taken += 1;
      return;
    }
    this.rejected += 1;
    while ((refused[0] ?? now) <= now - options.blockWithin) refused.shift();
    refused.push(now);
    this.blocked = refused.length >= options.blockAfter;
    throw page(429, 'Too Many Requests');
  }

  /** As support does it. */
  unblock(): void {
    this.blocked = false;
    this.refused.length = 0;
  }
}
