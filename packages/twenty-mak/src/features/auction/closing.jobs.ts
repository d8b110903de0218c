import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
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
/** How much before the end a timer goes off: a new connection and a process that is busy with other lots fit into it. */
const LEAD = 40;
/** The most closings under way at a time. */
const MOST_LANES = 10;

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
  /** Lots that wait for a lane, in the order of their ends. */
  private readonly due: Place[] = [];
  private busy = 0;
  private readonly lanes: number;
  private readonly lateness: Histogram;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClosingService) private readonly closing: ClosingService,
    @Inject(Metrics) metrics: Metrics,
    @Inject(CONFIG) { PG_POOL_SIZE: connections }: Config,
  ) {
    // Each closing holds a connection while it waits for its end, and others need some too.
    this.lanes = Math.max(1, Math.min(MOST_LANES, Math.floor(connections / 2)));
    this.lateness = metrics.histogram(
      'mak_auction_close_seconds',
      'How much later than its end a lot was closed',
      [0.001, 0.005, 0.02, 0.1, 1, 10],
    );
  }

  onModuleDestroy(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.due.length = 0;
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
    const { opensUntil, now, late } = await this.closing.close(place.tenantId, place.lotId);
    if (late !== null) this.lateness.observe(late / 1_000);
    if (opensUntil === null) return;
    const left = opensUntil - now;
    if (left < AHEAD) this.arm(place, left);
  }

  private arm(place: Place, left: number): void {
    const key = `${place.tenantId}/${place.lotId}`;
    clearTimeout(this.timers.get(key));
    const delay = Math.max(left - LEAD, 0);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.due.push(place);
      this.fillLanes();
    }, delay);
    this.timers.set(key, timer);
  }

  private fillLanes(): void {
    while (this.busy < this.lanes) {
      const place = this.due.shift();
      if (place === undefined) return;
      this.busy += 1;
      void this.closeNow(place).finally(() => {
        this.busy -= 1;
        this.fillLanes();
      });
    }
  }

  private async closeNow(place: Place): Promise<void> {
    try {
      await this.handle(place);
    } catch (error) {
      this.logger.warn(`a lot could not be closed on time, a look will find it: ${String(error)}`);
    }
  }
}
