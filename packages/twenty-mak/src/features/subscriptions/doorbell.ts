/** How long after a ring its event may still be hidden by a running transaction, in milliseconds. */
const ECHO = 2_000;

/** Lets one reader sleep until somebody rings. A ring while it is awake is kept for its next sleep. */
export class Doorbell {
  private pending = false;
  private wake: (() => void) | null = null;
  private lastRing = -Infinity;

  ring(): void {
    this.lastRing = performance.now();
    if (this.wake === null) this.pending = true;
    else this.wake();
  }

  /** Somebody rang, and what they rang for may still come. */
  get rangLately(): boolean {
    return performance.now() - this.lastRing < ECHO;
  }

  /** Resolves at the next ring, or after `timeout` milliseconds. */
  async wait(timeout: number): Promise<void> {
    if (this.pending) {
      this.pending = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, timeout);
      this.wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
    this.wake = null;
  }
}
