import type { Transaction } from '../../platform/database/index.ts';

export interface SyncedRow {
  readonly local_id: string;
  readonly remote_id: string | null;
  readonly is_linked: boolean;
  readonly is_waiting: boolean;
  /** It is due, as urgent as can be, nobody works on it yet, and who takes it reads both sides. */
  readonly is_next: boolean;
  /** Code of the refusal. */
  readonly error: string | null;
  /** Milliseconds. */
  readonly last_synced_at: number | null;
}

/** How records are on both sides. */
export async function findSynced(
  tx: Transaction,
  tenantId: string,
  connector: string,
  entity: string,
  localIds: readonly string[],
): Promise<readonly SyncedRow[]> {
  return tx.query<SyncedRow>(
    `SELECT id AS local_id, l.remote_id, l.local_id IS NOT NULL AS is_linked,
       p.key IS NOT NULL AND p.dead_at IS NULL AS is_waiting,
       coalesce(p.dead_at IS NULL AND p.due_at <= clock_timestamp() AND p.urgency = 0 AND p.lease IS NULL
         AND (p.remote_touched OR l.remote_id IS NULL), false) AS is_next,
       coalesce(p.refusal ->> 'code', l.refusal ->> 'code') AS error, l.last_synced_at
     FROM unnest($4::text[]) AS id
     LEFT JOIN sync_link l ON l.tenant_id = $1 AND l.connector = $2 AND l.entity = $3 AND l.local_id = id
     LEFT JOIN sync_pending p ON p.tenant_id = $1 AND p.connector = $2 AND p.entity = $3 AND p.key = id
     ORDER BY id`,
    [tenantId, connector, entity, localIds],
  );
}

/** Contacts of a client, or the contact itself. */
export async function contactsOf(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM client_contact WHERE tenant_id = $1 AND (client_id = $2 OR id = $2) ORDER BY seq, id',
    [tenantId, id],
  );
  return rows.map((row) => row.id);
}
