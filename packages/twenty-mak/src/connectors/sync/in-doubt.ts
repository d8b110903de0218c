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

/** Since when the oldest of these records of MaK waits, in milliseconds; of none that waits, now. None was sent before. */
export async function waitingSince(
  database: Database,
  { tenantId, connector, entity }: Place,
  localIds: readonly string[],
): Promise<number> {
  const [row] = await database.within({ tenantId }, (tx) =>
    tx.query<{ at: number }>(
      `SELECT coalesce(min(since), now())::timestamptz(3) AS at FROM sync_pending
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
      [tenantId, connector, entity, localIds],
    ),
  );
  return row?.at ?? 0;
}
