import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { storeMessages } from './messages.repository.ts';
import type { CameMessage } from './messages.repository.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { syncMessages } from './sync.jobs.ts';

/** Keeps messages of other systems until a worker reads them, so that who sends them has an answer at once. */
@Injectable()
export class SyncMessages {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** All of them are stored by one commit. */
  async keep({ tenantId, connector }: SyncPlace, messages: readonly CameMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const place = { tenantId, connector };
    const rows = messages.map((message) => ({ ...message, id: uuidv7() }));
    await this.database.within({ tenantId }, async (tx) => storeMessages(tx, place, rows));
    this.bell.ring(syncMessages, place);
  }
}
