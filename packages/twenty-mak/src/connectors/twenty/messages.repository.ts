import type { Transaction } from '../../platform/database/index.ts';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';

export interface MessageRow {
  readonly id: string;
  readonly body: string;
}

/** Stores each once, however often it comes. */
export function storeMessages(
  tx: Transaction,
  tenantId: string,
  messages: readonly (MessageRow & { readonly signature: string })[],
): void {
  tx.send(
    `INSERT INTO twenty_message (id, tenant_id, signature, body)
     SELECT id, $1, signature, body FROM unnest($2::uuid[], $3::text[], $4::text[]) AS message (id, signature, body)
     ORDER BY signature
     ON CONFLICT (tenant_id, signature) DO NOTHING`,
    [
      tenantId,
      plainArray(messages.map(({ id }) => id)),
      textArray(messages.map(({ signature }) => signature)),
      textArray(messages.map(({ body }) => body)),
    ],
  );
}

/**
 * The oldest that nobody has read, for this transaction alone. What a program changed is looked at some seconds later: twenty
 * tells of what MaK writes before MaK has kept the answer, and the record would be read again for nothing.
 */
export function takeMessages(
  tx: Transaction,
  tenantId: string,
  limit: number,
): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `SELECT id, body FROM twenty_message WHERE tenant_id = $1 AND read_at IS NULL
       AND (received_at < now() - interval '3 seconds' OR body LIKE '%"workspaceMemberId":"%')
     ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [tenantId, limit],
  );
}

export async function markRead(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.execute(
    'UPDATE twenty_message SET read_at = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, textArray(ids)],
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
    `DELETE FROM twenty_message WHERE id IN (
       SELECT id FROM twenty_message
       WHERE tenant_id = $1 AND read_at IS NOT NULL AND received_at < now() - $2 * interval '1 day' LIMIT $3)`,
    [tenantId, days, limit],
  );
}
