import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RECORDS_CHANNEL } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { beginResync } from './resync.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { syncReconcile } from './sync.jobs.ts';

/** Hour of the tenant's night in which everything is compared. */
export const RECONCILE_HOUR = 3;

/** What was compared in this time is not compared again. */
const COMPARED_LATELY = `coalesce((resync ->> 'startedAt')::float8, 0) >= (extract(epoch FROM now() - interval '20 hours')) * 1000`;

/**
 * Once a night everything is compared anew, whatever messages and polls have told: what differs is put right by the rules, and
 * the journal tells what it was.
 */
@Injectable()
@HandlesJob(syncReconcile)
export class SyncReconciliation implements JobHandler<SyncPlace> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  async find(): Promise<readonly SyncPlace[]> {
    return this.database.scan<SyncPlace>(
      `SELECT tenant_id AS "tenantId", connector FROM sync_connector WHERE state = 'running' AND NOT ${COMPARED_LATELY}`,
    );
  }

  async handle(place: SyncPlace): Promise<void> {
    const { tenantId, connector } = place;
    await this.database.within({ tenantId }, async (tx) => {
      const [row] = await tx.query<{ entities: readonly string[] }>(
        `SELECT c.entities FROM sync_connector c JOIN tenant t ON t.id = c.tenant_id
         WHERE c.tenant_id = $1 AND connector = $2 AND NOT ${COMPARED_LATELY}
           AND extract(hour FROM now() AT TIME ZONE t.time_zone) = $3`,
        [tenantId, connector, RECONCILE_HOUR],
      );
      if (row === undefined) return;
      await lockTenant(tx, tenantId);
      await beginResync(tx, place, row.entities);
      this.bus.ring(RECORDS_CHANNEL, tenantId);
    });
  }
}
