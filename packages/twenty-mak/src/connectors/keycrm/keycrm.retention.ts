import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { keyCrmRetention } from './keycrm.jobs.ts';
import { deleteOldMessages } from './messages.repository.ts';

interface Place {
  readonly tenantId: string;
}

/** How long messages are kept for those who search for what happened, in days. */
const KEPT_DAYS = 90;
const BATCH = 5_000;

@Injectable()
@HandlesJob(keyCrmRetention)
export class KeyCrmRetention implements JobHandler<Place> {
  constructor(@Inject(Database) private readonly database: Database) {}

  find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      `SELECT DISTINCT tenant_id AS "tenantId" FROM keycrm_message WHERE received_at < now() - interval '${KEPT_DAYS} days'`,
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    for (let deleted = BATCH; deleted === BATCH && !signal.aborted;) {
      deleted = await this.database.within({ tenantId }, (tx) =>
        deleteOldMessages(tx, tenantId, KEPT_DAYS, BATCH),
      );
    }
  }
}
