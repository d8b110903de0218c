/**
 * The server's present, as far as its answers tell it. An answer is always a little late, so the one that puts the present
 * furthest is the best one; the device's own clock does not matter.
 */
export class ServerClock {
  private ahead = Number.NEGATIVE_INFINITY;
  private readonly elapsed: () => number;

  /** `elapsed` is a clock that only goes forward, in milliseconds. */
  constructor(elapsed: () => number) {
    this.elapsed = elapsed;
  }

  /** An answer said that it is this instant now. */
  hear(said: string): void {
    const ahead = Date.parse(said) - this.elapsed();
    if (ahead > this.ahead) this.ahead = ahead;
  }

  /** Null until an answer has told it. */
  now(): number | null {
    return Number.isFinite(this.ahead) ? this.elapsed() + this.ahead : null;
  }
}
