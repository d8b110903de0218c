import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { deleteDelivered } from './dead-letters.repository.ts';
import { webhookRetention } from './webhooks.jobs.ts';

interface Place {
  readonly tenantId: string;
}

@Injectable()
@HandlesJob(webhookRetention)
export class WebhookRetention implements JobHandler<Place> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM webhook_subscription',
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    for (let deleted = 1; deleted > 0 && !signal.aborted;) {
      deleted = await this.database.within({ tenantId }, (transaction) =>
        deleteDelivered(transaction, tenantId, this.config.MAK_OUTBOX_DAYS),
      );
    }
  }
}
