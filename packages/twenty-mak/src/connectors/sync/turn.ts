import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget, Grant } from '../../platform/rate-limit/index.ts';
import { RemoteFailure } from './ports.ts';

/** As much of `RateLimiter` as calls to another system need. */
export interface Turns {
  take(bucket: string, budget: Budget): Promise<Grant>;
  /** For when the system says that it was too much after all; gives the milliseconds. */
  pause(bucket: string): Promise<number>;
}

/** How long a call waits for its turn before the work goes back to the queue, in milliseconds. */
const PATIENCE = 15_000;

/** Resolves when the next call may be made. Rejects with a `RemoteFailure` when others take all turns. */
export async function takeTurn(
  turns: Pick<Turns, 'take'>,
  bucket: string,
  budget: Budget,
): Promise<void> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const { given, waitMs } = await turns.take(bucket, budget);
    if (given > 0) return;
    if (performance.now() + waitMs > until)
      throw new RemoteFailure('rate_limited', 'Others wait for the same limit.', waitMs);
    await sleep(waitMs);
  }
}
