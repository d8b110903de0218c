import type { Database } from '../../platform/database/index.ts';
import type { Place } from './place.ts';

/**
 * Whether anything of a kind was sent of which nobody knows yet whether it was made there: what stands there unlinked may be
 * just that.
 */
export async function isAnyInDoubt(
  database: Database,
  { tenantId, connector, entity }: Place,
): Promise<boolean> {
  const found = await database.within({ tenantId }, (tx) =>
    tx.query(
      `SELECT FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND entity = $3
         AND remote_id IS NULL AND sent <> '{}' AND dead_at IS NULL LIMIT 1`,
      [tenantId, connector, entity],
    ),
  );
  return found.length > 0;
}
