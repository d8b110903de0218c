import { newId } from '../ids/index.ts';
import type { Announcement, Instant, JsonObject } from 'twenty-mak-domain';
import { jsonArray, plainArray, textArray, timeArray } from '../database/array-literal.ts';
import type { Transaction } from '../database/index.ts';
import type { EventType } from './envelope.ts';

/** A canonical event on its way into the outbox. */
export interface OutboxEntry extends Announcement {
  readonly dealId: string;
  readonly dealVersion: number;
  readonly correlationId: string | null;
}

/** A canonical event of a deal or of anything else that has a version, such as a lead. */
export interface SubjectEntry {
  readonly type: EventType;
  /** What the type speaks of; its events keep their order. */
  readonly subjectId: string;
  readonly subjectVersion: number;
  readonly occurredAt: Instant;
  readonly correlationId?: string | null;
  readonly causationId?: string | null;
  readonly data: JsonObject;
}

/** Doorbell of a tenant's outbox; the message is the tenant's id. */
export const OUTBOX_CHANNEL = 'mak:outbox';

/** Writes canonical events in the transaction that changes the deal. After the commit the caller rings `OUTBOX_CHANNEL`. */
export function writeOutbox(
  transaction: Transaction,
  tenantId: string,
  entries: readonly OutboxEntry[],
): void {
  announce(
    transaction,
    tenantId,
    entries.map(({ dealId, dealVersion, ...entry }) => ({
      ...entry,
      subjectId: dealId,
      subjectVersion: dealVersion,
    })),
  );
}

/** The same for events of whatever they speak of. */
export function announce(
  transaction: Transaction,
  tenantId: string,
  entries: readonly SubjectEntry[],
): void {
  if (entries.length === 0) return;
  transaction.send(
    `INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, correlation_id, causation_id, data)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::jsonb[])`,
    [
      tenantId,
      plainArray(entries.map(() => newId())),
      plainArray(entries.map(({ type }) => type)),
      plainArray(entries.map(({ subjectId }) => subjectId)),
      plainArray(entries.map(({ subjectVersion }) => subjectVersion)),
      timeArray(entries.map(({ occurredAt }) => occurredAt)),
      textArray(entries.map(({ correlationId = null }) => correlationId)),
      textArray(entries.map(({ causationId = null }) => causationId)),
      jsonArray(entries.map(({ data }) => JSON.stringify(data))),
    ],
    'outbox.insert',
  );
}
