/** Failures after which nobody knows whether the bid was taken. */
const UNSURE = new Set(['offline', 'too_slow', 'internal', 'unknown', 'unavailable']);

/** Keys by which the server knows a bid again: a new one for every new bid, the same one for a repeat. */
export class BidKeys {
  private waiting: { readonly amount: number; readonly key: string } | null = null;
  private readonly create: () => string;

  constructor(create: () => string) {
    this.create = create;
  }

  of(amount: number): string {
    if (this.waiting?.amount !== amount) this.waiting = { amount, key: this.create() };
    return this.waiting.key;
  }

  /** Amount of the bid of which nobody knows whether it was taken. */
  get unsure(): number | null {
    return this.waiting?.amount ?? null;
  }

  /** The server has answered, or nobody knows what became of the bid. */
  answered(problem: { readonly code: string } | null): void {
    if (problem === null || !UNSURE.has(problem.code)) this.waiting = null;
  }
}
