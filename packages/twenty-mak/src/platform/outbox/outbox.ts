import { v7 as uuidv7 } from 'uuid';
import type { Announcement } from 'twenty-mak-domain';
import type { Transaction } from '../database/index.ts';

/** A canonical event on its way into the outbox. */
export interface OutboxEntry extends Announcement {
  readonly dealId: string;
  readonly dealVersion: number;
  readonly correlationId: string | null;
}

/** Doorbell of a tenant's outbox; the message is the tenant's id. */
export const OUTBOX_CHANNEL = 'mak:outbox';

/** Writes canonical events in the transaction that changes the deal. After the commit the caller rings `OUTBOX_CHANNEL`. */
export async function writeOutbox(
  transaction: Transaction,
  tenantId: string,
  entries: readonly OutboxEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await transaction.execute(
    `INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, correlation_id, causation_id, data)
     SELECT $1, event_id, type, deal_id, deal_version, to_timestamp(occurred_at / 1000.0), correlation_id, causation_id, data
     FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::float8[], $7::text[], $8::text[], $9::jsonb[])
       AS entry (event_id, type, deal_id, deal_version, occurred_at, correlation_id, causation_id, data)`,
    [
      tenantId,
      entries.map(() => uuidv7()),
      entries.map((entry) => entry.type),
      entries.map((entry) => entry.dealId),
      entries.map((entry) => entry.dealVersion),
      entries.map((entry) => entry.occurredAt),
      entries.map((entry) => entry.correlationId),
      entries.map((entry) => entry.causationId),
      entries.map((entry) => JSON.stringify(entry.data)),
    ],
  );
}
