import type { Database } from '../../platform/database/index.ts';
import type { Place } from './place.ts';

/** MaK's records of a kind that were sent and of which nobody knows yet whether they were made there: what stands there unlinked may be one of them. */
export async function inDoubt(
  database: Database,
  { tenantId, connector, entity }: Place,
): Promise<readonly string[]> {
  const found = await database.within({ tenantId }, (tx) =>
    tx.query<{ id: string }>(
      `SELECT local_id AS id FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND entity = $3
         AND local_id IS NOT NULL AND remote_id IS NULL AND sent <> '{}' AND dead_at IS NULL`,
      [tenantId, connector, entity],
    ),
  );
  return found.map(({ id }) => id);
}
