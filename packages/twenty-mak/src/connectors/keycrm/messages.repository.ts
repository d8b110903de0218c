import type { Json } from 'twenty-mak-domain';
import { textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

export interface KeptMessage {
  readonly id: string;
  /** The same for repeats. */
  readonly key: string;
  readonly event_type: string;
  readonly payload: Json;
  /** Why it says nothing; null for one that does. */
  readonly error_message: string | null;
}

export interface MessageRow extends Omit<KeptMessage, 'key'> {
  readonly processing_status: 'processed' | 'error';
  /** Milliseconds. */
  readonly received_at: number;
  readonly processed_at: number | null;
}

/** Keeps each once, however often it comes. What it tells of waits by the same commit, so it is processed by then. */
export function storeMessages(
  tx: Transaction,
  tenantId: string,
  messages: readonly KeptMessage[],
): void {
  tx.send(
    `INSERT INTO keycrm_message (id, tenant_id, key, event_type, payload, processing_status, error_message, processed_at)
     SELECT id::uuid, $1, key, event_type, payload::jsonb, CASE WHEN error IS NULL THEN 'processed' ELSE 'error' END, error, now()
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS message (id, key, event_type, payload, error)
     ORDER BY key
     ON CONFLICT (tenant_id, key) DO NOTHING`,
    [
      tenantId,
      textArray(messages.map(({ id }) => id)),
      textArray(messages.map(({ key }) => key)),
      textArray(messages.map(({ event_type }) => event_type)),
      textArray(messages.map(({ payload }) => JSON.stringify(payload))),
      textArray(messages.map(({ error_message }) => error_message)),
    ],
  );
}

/** The newest first, before one of them. */
export async function listMessages(
  tx: Transaction,
  tenantId: string,
  before: string | null,
  limit: number,
  status: MessageRow['processing_status'] | null = null,
): Promise<readonly MessageRow[]> {
  return tx.query<MessageRow>(
    `SELECT id, event_type, payload, processing_status, error_message, received_at, processed_at FROM keycrm_message
     WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR processing_status = $4)
     ORDER BY id DESC LIMIT $3`,
    [tenantId, before, limit, status],
  );
}

/** Gives how many. */
export function deleteOldMessages(
  tx: Transaction,
  tenantId: string,
  days: number,
  limit: number,
): Promise<number> {
  return tx.execute(
    `DELETE FROM keycrm_message WHERE id IN (
       SELECT id FROM keycrm_message WHERE tenant_id = $1 AND received_at < now() - $2 * interval '1 day' LIMIT $3)`,
    [tenantId, days, limit],
  );
}
