/** Leads that amoCRM recommends to write at once. */
export const BATCH = 50;

/** How many records are written at once: half as many after every call that took amoCRM too long, and slowly more again. */
export class BatchSize {
  private size = BATCH;

  get now(): number {
    return this.size;
  }

  tookTooLong(): void {
    this.size = Math.max(1, Math.floor(this.size / 2));
  }

  succeeded(): void {
    this.size = Math.min(BATCH, this.size + 1);
  }
}
