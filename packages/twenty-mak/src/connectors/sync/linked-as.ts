import type { Database } from '../../platform/database/index.ts';
import type { SyncPlace } from './sync.doorbell.ts';

/** Which of these records of the other system are linked as records of these kinds. */
export async function linkedAs(
  database: Database,
  { tenantId, connector }: SyncPlace,
  entities: readonly string[],
  remoteIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (entities.length === 0 || remoteIds.length === 0) return new Set();
  const rows = await database.within({ tenantId }, (tx) =>
    tx.query<{ id: string }>(
      `SELECT remote_id AS id FROM sync_link
       WHERE tenant_id = $1 AND connector = $2 AND entity = ANY ($3::text[]) AND remote_id = ANY ($4::text[])`,
      [tenantId, connector, entities, remoteIds],
    ),
  );
  return new Set(rows.map(({ id }) => id));
}
