import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import type { Transaction } from '../database/index.ts';
import { HandlesJob } from '../jobs/job.ts';
import type { JobHandler } from '../jobs/job.ts';
import { holdCursor, moveCursor } from './outbox-cursors.ts';
import { OutboxRelay } from './outbox-relay.ts';
import type { OutboxPosition } from './outbox-reader.ts';
import { outboxRetention } from './outbox.jobs.ts';

interface Place {
  readonly tenantId: string;
}

/** Its cursor tells up to where the outbox has been deleted; nobody can resume before it. */
const CONSUMER = 'retention';
const BATCH = 5_000;
const DAY = 86_400_000;

/** Deletes events that every consumer has had and that are old; the deals' own history is elsewhere and stays. */
@Injectable()
@HandlesJob(outboxRetention)
export class OutboxRetention implements JobHandler<Place> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      `SELECT t.id AS "tenantId" FROM tenant t
       CROSS JOIN LATERAL (SELECT FROM outbox o WHERE o.tenant_id = t.id LIMIT 1) AS any_row`,
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.step(tenantId)));
  }

  private async step(tenantId: string): Promise<boolean> {
    return this.database.within({ tenantId }, async (transaction) => {
      if ((await holdCursor(transaction, tenantId, CONSUMER)) === null) return false;
      // The ids are UUIDv7, so they tell when the row was written and no column more is needed for it. Rows never move,
      // so they are addressed by their place: joined by their position the planner might compare each with each.
      const deleted = await transaction.query<OutboxPosition>(
        `DELETE FROM outbox WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
           SELECT place FROM (
             SELECT ctid AS place, event_id FROM outbox
             WHERE tenant_id = $1 AND (tx, position) <= (
               SELECT c.tx, c.position FROM unnest($2::text[]) AS known (consumer)
               LEFT JOIN outbox_cursor c ON c.tenant_id = $1 AND c.consumer = known.consumer
               ORDER BY c.tx NULLS FIRST, c.position LIMIT 1)
             ORDER BY tx, position LIMIT ${BATCH}
           ) AS oldest WHERE event_id < $3))
         RETURNING tx, position`,
        [tenantId, this.relay.names, await this.oldestKept(transaction)],
      );
      const last = deleted.reduce<OutboxPosition | null>(
        (latest, row) => (latest === null || isBefore(latest, row) ? row : latest),
        null,
      );
      if (last !== null) await moveCursor(transaction, tenantId, CONSUMER, last);
      return deleted.length === BATCH;
    });
  }

  /** The smallest UUIDv7 of the first instant that is kept. */
  private async oldestKept(transaction: Transaction): Promise<string> {
    const [row] = await transaction.query<{ now: number }>('SELECT now() AS now');
    const instant = Math.max(0, Math.round((row?.now ?? 0) - this.config.MAK_OUTBOX_DAYS * DAY));
    const time = instant.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
  }
}

/** Up to where a tenant's outbox has been deleted. */
export async function deletedUpTo(
  transaction: Transaction,
  tenantId: string,
): Promise<OutboxPosition | null> {
  const [row] = await transaction.query<OutboxPosition>(
    'SELECT tx, position FROM outbox_cursor WHERE tenant_id = $1 AND consumer = $2',
    [tenantId, CONSUMER],
  );
  return row ?? null;
}

export function isBefore(left: OutboxPosition, right: OutboxPosition): boolean {
  return left.tx === right.tx ? left.position < right.position : left.tx < right.tx;
}
