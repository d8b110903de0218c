import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { RECORDS_CHANNEL } from '../../platform/records/index.ts';
import { Escalations } from './sla.escalations.ts';
import { slaSweep } from './sla.jobs.ts';
import { FIND_DUE, SWEEP_BATCH, sweepBatch } from './sla.sweep.ts';

interface Place {
  readonly tenantId: string;
}

/**
 * Publishes breaches when their time comes. A run is marked, its event written and its task opened in one
 * transaction, so each breach is told exactly once, whatever dies.
 */
@Injectable()
@HandlesJob(slaSweep)
export class SlaSweeper implements JobHandler<Place> {
  private readonly breaches: Counter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Escalations) private readonly escalations: Escalations,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.breaches = metrics.counter(
      'mak_sla_breaches_total',
      'Breaches that the sweeper published.',
    );
  }

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(FIND_DUE);
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    await this.sweepTenant(tenantId, signal);
  }

  /**
   * Publishes every breach of the tenant up to its present and gives their number. 404 when there is no such tenant.
   * Each batch is a transaction of its own, so that ingestion gets its turn in between.
   */
  async sweepTenant(tenantId: string, signal?: AbortSignal): Promise<number> {
    let total = 0;
    for (;;) {
      const published = await this.database.within({ tenantId }, (transaction) =>
        sweepBatch(transaction, tenantId, (runs) =>
          this.escalations.escalateBreaches(transaction, tenantId, runs),
        ),
      );
      total += published;
      if (published > 0) {
        this.breaches.inc(published);
        this.bus.ring(OUTBOX_CHANNEL, tenantId);
        this.bus.ring(RECORDS_CHANNEL, tenantId);
      }
      if (published < SWEEP_BATCH || signal?.aborted === true) return total;
    }
  }
}
