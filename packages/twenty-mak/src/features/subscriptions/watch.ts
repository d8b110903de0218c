import { CREDENTIALS_CHANNEL } from '../../platform/auth/index.ts';
import { unauthenticated } from '../../platform/errors/index.ts';
import type { Bus } from '../../platform/outbox/index.ts';
import { Doorbell } from './doorbell.ts';

/** The caller is asked for again at least this often, in milliseconds. */
const RECHECK = 30_000;

interface Watched {
  readonly tenantId: string;
  /** Asked at once when a credential of the tenant was taken back, and from time to time. */
  readonly stillAllowed: () => Promise<boolean>;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

/** One caller who hears of something for as long as the server runs and the caller may. To be ended by who begins it. */
export class Watch {
  private readonly bell = new Doorbell();
  private readonly unwatch: () => void;
  private readonly watched: Watched;
  private checkAt = performance.now() + RECHECK;

  constructor(bus: Bus, watched: Watched) {
    this.watched = watched;
    this.unwatch = bus.listen(CREDENTIALS_CHANNEL, (tenantId) => {
      if (tenantId !== watched.tenantId) return;
      this.checkAt = 0;
      this.ring();
    });
    watched.stopping.addEventListener('abort', this.ring, { once: true });
  }

  /** There may be something to tell. */
  readonly ring = (): void => this.bell.ring();

  /** Somebody rang, and what they rang for may still come. */
  get rangLately(): boolean {
    return this.bell.rangLately;
  }

  /** False when the server stops. Throws `unauthenticated` when the caller may no longer listen. */
  async goesOn(): Promise<boolean> {
    const { stillAllowed, stopping } = this.watched;
    if (performance.now() > this.checkAt) {
      this.checkAt = performance.now() + RECHECK;
      if (!(await stillAllowed())) throw unauthenticated('Your credential is no longer valid.');
    }
    return !stopping.aborted;
  }

  /** Resolves at the next ring, or after so many milliseconds; at once when the caller is to be asked for. */
  async rest(longest = RECHECK): Promise<void> {
    if (performance.now() <= this.checkAt) await this.bell.wait(longest);
  }

  end(): void {
    this.unwatch();
    this.watched.stopping.removeEventListener('abort', this.ring);
  }
}
