import type { Transaction } from '../../platform/database/index.ts';
import type { RecordSyncState } from './record-sync.model.ts';

export interface RecordSyncRow {
  readonly id: string;
  readonly connector: string;
  readonly remote_id: string | null;
  readonly state: `${RecordSyncState}`;
  /** Code of the refusal. */
  readonly error: string | null;
  /** Milliseconds. */
  readonly last_synced_at: number | null;
}

/** How records of a kind are with each connector that keeps the kind equal, in the order of the ids. */
export async function findRecordSync(
  tx: Transaction,
  tenantId: string,
  entity: string,
  ids: readonly string[],
): Promise<RecordSyncRow[]> {
  return tx.query<RecordSyncRow>(
    `SELECT r.id, c.connector, l.remote_id, l.last_synced_at, coalesce(p.refusal ->> 'code', l.refusal ->> 'code') AS error,
       CASE WHEN p.dead_at IS NOT NULL THEN 'error'
         WHEN p.key IS NOT NULL OR l.status = 'pending' THEN 'pending'
         ELSE coalesce(l.status, 'apart') END AS state
     FROM unnest($3::text[]) WITH ORDINALITY AS r (id, place)
     JOIN sync_connector c ON c.tenant_id = $1 AND $2 = ANY (c.entities)
     LEFT JOIN sync_link l ON l.tenant_id = $1 AND l.connector = c.connector AND l.entity = $2 AND l.local_id = r.id
     LEFT JOIN sync_pending p ON p.tenant_id = $1 AND p.connector = c.connector AND p.entity = $2 AND p.key = r.id
     ORDER BY r.place, c.connector`,
    [tenantId, entity, ids],
  );
}
