import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RECORDS_CHANNEL } from '../../platform/records/index.ts';
import { sync, syncPeople } from './sync.jobs.ts';

export interface SyncPlace {
  readonly tenantId: string;
  readonly connector: string;
}

/**
 * Calls a worker when records of a tenant changed. Most tenants have no connector, and their changes call nobody; what the
 * last look did not know of yet is found by the next one.
 */
@Injectable()
export class SyncDoorbell implements OnApplicationBootstrap {
  private known = new Map<string, SyncPlace[]>();

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.listen(RECORDS_CHANNEL, (tenantId) => {
      for (const place of this.known.get(tenantId) ?? []) {
        this.bell.ring(syncPeople, place);
        this.bell.ring(sync, place);
      }
    });
  }

  /** The running connectors of all tenants, as a look found them. */
  know(places: readonly SyncPlace[]): void {
    this.known = Map.groupBy(places, ({ tenantId }) => tenantId);
  }
}
