import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { JobBell } from '../jobs/job-bell.ts';
import { Bus } from './bus.ts';
import { OUTBOX_CHANNEL } from './outbox.ts';
import { outboxRelay } from './outbox.jobs.ts';

/** Calls a worker when a writer rings for its tenant's outbox; the queue makes one call out of many. */
@Injectable()
export class OutboxDoorbell implements OnApplicationBootstrap {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.listen(OUTBOX_CHANNEL, (tenantId) => this.bell.ring(outboxRelay, { tenantId }));
  }
}
