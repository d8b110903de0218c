import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { auctionClosing } from './auction.jobs.ts';
import { ClosingService } from './closing.service.ts';

interface Place {
  readonly tenantId: string;
  readonly lotId: string;
}

/** How long before its end a lot gets a timer, in milliseconds: longer than the longest pause between two looks. */
const AHEAD = 90_000;
/** How much before the end a timer goes off, so that the transaction stands ready. */
const LEAD = 8;

interface Due extends Place {
  /** Milliseconds until the end, by the database's clock. */
  readonly left: number;
}

/**
 * Closes lots on time. A timer of this process does it to the millisecond; if the process dies, the next look of any worker
 * finds the lot in its row. The clock of the database decides in both cases.
 */
@Injectable()
@HandlesJob(auctionClosing)
export class LotCloser implements JobHandler<Place>, OnModuleDestroy {
  private readonly logger = new Logger('Auction');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly lateness: Histogram;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClosingService) private readonly closing: ClosingService,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.lateness = metrics.histogram(
      'mak_auction_close_seconds',
      'How much later than its end a lot was closed',
      [0.001, 0.005, 0.02, 0.1, 1, 10],
    );
  }

  onModuleDestroy(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
  }

  /** Lots whose end has come; those that end soon get a timer. */
  async find(): Promise<readonly Place[]> {
    const lots = await this.database.scan<Due>(
      `SELECT tenant_id AS "tenantId", id AS "lotId", extract(epoch FROM ends_at - clock_timestamp())::float8 * 1000 AS left
       FROM lot WHERE outcome IS NULL AND ends_at < now() + $1 * interval '1 millisecond'`,
      [AHEAD],
    );
    for (const { tenantId, lotId, left } of lots) if (left > 0) this.arm({ tenantId, lotId }, left);
    return lots.filter(({ left }) => left <= 0).map(({ tenantId, lotId }) => ({ tenantId, lotId }));
  }

  async handle(place: Place): Promise<void> {
    const begun = performance.now();
    const { opensUntil, now, late } = await this.closing.close(place.tenantId, place.lotId);
    if (late !== null) this.lateness.observe(late / 1_000);
    if (opensUntil === null) return;
    const left = opensUntil - now - (performance.now() - begun) / 2;
    if (left < AHEAD) this.arm(place, left);
  }

  private arm(place: Place, left: number): void {
    const key = `${place.tenantId}/${place.lotId}`;
    clearTimeout(this.timers.get(key));
    const delay = Math.max(left - LEAD, 0);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.handle(place).catch((error: unknown) =>
        this.logger.warn(
          `a lot could not be closed on time, a look will find it: ${String(error)}`,
        ),
      );
    }, delay);
    this.timers.set(key, timer);
  }
}
