import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { SyncInbox } from './inbox.ts';
import { markRead, takeMessages } from './messages.repository.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { syncMessages } from './sync.jobs.ts';
import { SyncMetrics } from './sync.metrics.ts';

/** Messages that are read in one transaction. */
const BATCH = 200;

/** Makes records wait that another system told of. That a message was read and that its records wait is one commit. */
@Injectable()
@HandlesJob(syncMessages)
export class SyncMessageReader implements JobHandler<SyncPlace> {
  /** Connectors whose figure is told: it has to go back to 0 when everything is read. */
  private readonly heardOf = new Set<string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SyncInbox) private readonly inbox: SyncInbox,
    @Inject(SyncMetrics) private readonly metrics: SyncMetrics,
  ) {}

  async find(): Promise<readonly SyncPlace[]> {
    const found = await this.database.scan<SyncPlace & { readonly seconds: number }>(
      `SELECT tenant_id AS "tenantId", connector, extract(epoch FROM now() - min(at))::float8 AS seconds
       FROM sync_message WHERE read_at IS NULL GROUP BY 1, 2`,
    );
    for (const { connector } of found) this.heardOf.add(connector);
    for (const one of this.heardOf)
      this.metrics.messagesWait(
        one,
        found.flatMap(({ connector, seconds }) => (connector === one ? [seconds] : [])),
      );
    return found.map(({ tenantId, connector }) => ({ tenantId, connector }));
  }

  async handle(place: SyncPlace, signal: AbortSignal): Promise<void> {
    for (let read = BATCH; read === BATCH && !signal.aborted;) read = await this.read(place);
  }

  private async read(place: SyncPlace): Promise<number> {
    const { tenantId, connector } = place;
    const messages = await this.database.together({ tenantId }, async (tx) => {
      const taken = await takeMessages(tx, place, BATCH);
      const told = taken.flatMap((one) =>
        one.told.map(({ pause, ...record }) => ({
          ...record,
          pause: Math.max(0, pause - one.waited),
          localId: null,
          fields: [],
        })),
      );
      await this.inbox.heardAll(tenantId, connector, told);
      await markRead(tx, place, taken);
      return taken;
    });
    for (const { told, untold } of messages)
      this.metrics.read(connector, told.length, untold.length);
    return messages.length;
  }
}
