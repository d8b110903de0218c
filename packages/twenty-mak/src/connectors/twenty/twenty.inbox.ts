import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { SyncInbox, SyncMetrics } from '../sync/index.ts';
import { readMessage } from './message.ts';
import { markRead, takeMessages } from './messages.repository.ts';
import { TWENTY } from './twenty.connector.ts';
import { twentyInbox } from './twenty.jobs.ts';

interface Place {
  readonly tenantId: string;
}

/** Messages that are read in one transaction. */
const BATCH = 200;

/** Makes records wait that twenty told of. That a message was read and that its record waits is one commit. */
@Injectable()
@HandlesJob(twentyInbox)
export class TwentyInbox implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SyncInbox) private readonly inbox: SyncInbox,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
  ) {}

  async find(): Promise<readonly Place[]> {
    const found = await this.database.scan<Place & { readonly seconds: number }>(
      `SELECT tenant_id AS "tenantId", extract(epoch FROM now() - min(received_at))::float8 AS seconds
       FROM twenty_message WHERE read_at IS NULL GROUP BY 1`,
    );
    this.metrics.messagesWait(
      TWENTY,
      found.map(({ seconds }) => seconds),
    );
    return found.map(({ tenantId }) => ({ tenantId }));
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    for (let read = BATCH; read === BATCH && !signal.aborted;) read = await this.read(tenantId);
  }

  private async read(tenantId: string): Promise<number> {
    return this.database.together({ tenantId }, async (tx) => {
      const messages = await takeMessages(tx, tenantId, BATCH);
      const told = messages.map(({ body }) => readMessage(body)).filter((one) => one !== null);
      await this.inbox.heardAll(
        tenantId,
        TWENTY,
        told.map(({ entity, ...record }) => ({
          ...record,
          entity: entity.name,
          ...(entity.pause === undefined ? {} : { pause: entity.pause }),
        })),
      );
      await markRead(
        tx,
        tenantId,
        messages.map(({ id }) => id),
      );
      return messages.length;
    });
  }
}
