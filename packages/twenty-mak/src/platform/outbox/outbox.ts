import { newId } from '../ids/index.ts';
import type { Announcement } from 'twenty-mak-domain';
import { jsonArray, plainArray, textArray, timeArray } from '../database/array-literal.ts';
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
export function writeOutbox(
  transaction: Transaction,
  tenantId: string,
  entries: readonly OutboxEntry[],
): void {
  if (entries.length === 0) return;
  transaction.send(
    `INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, correlation_id, causation_id, data)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::jsonb[])`,
    [
      tenantId,
      plainArray(entries.map(() => newId())),
      plainArray(entries.map(({ type }) => type)),
      plainArray(entries.map(({ dealId }) => dealId)),
      plainArray(entries.map(({ dealVersion }) => dealVersion)),
      timeArray(entries.map(({ occurredAt }) => occurredAt)),
      textArray(entries.map(({ correlationId }) => correlationId)),
      textArray(entries.map(({ causationId }) => causationId)),
      jsonArray(entries.map(({ data }) => JSON.stringify(data))),
    ],
    'outbox.insert',
  );
}
