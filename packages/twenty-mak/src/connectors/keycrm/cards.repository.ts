import type { Transaction } from '../../platform/database/index.ts';
import { hasSeenAll } from './change-cursor.ts';

/**
 * Those of these deals that were here when KeyCRM began to be asked for all of its cards, while not all are listed: what was linked
 * before the connector was set up anew, or before a backup was put back, carries MaK's id and no link. A deal that is newer has no
 * card yet. And those whose card was heard of right now.
 */
export async function findUnmet(
  tx: Transaction,
  tenantId: string,
  connector: string,
  dealIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const [listing] = await tx.query<{ cursor: string | null; began: number | null }>(
    `SELECT c.cursor, (k.resync ->> 'startedAt')::float8 AS began FROM sync_connector k
     LEFT JOIN sync_cursor c ON c.tenant_id = k.tenant_id AND c.connector = k.connector AND c.entity = 'deal'
     WHERE k.tenant_id = $1 AND k.connector = $2`,
    [tenantId, connector],
  );
  const isListed = listing === undefined || hasSeenAll(listing.cursor);
  const rows = await tx.query<{ id: string }>(
    `SELECT id::text FROM deal WHERE NOT $4::boolean AND tenant_id = $1 AND id = ANY ($2::uuid[])
       AND ($3::float8 IS NULL OR created_at <= to_timestamp($3::float8 / 1000))
     UNION SELECT local_id FROM sync_pending
     WHERE tenant_id = $1 AND connector = $5 AND entity = 'deal' AND local_id = ANY ($2::text[]) AND remote_id IS NOT NULL`,
    [tenantId, dealIds, listing?.began ?? null, isListed, connector],
  );
  return new Set(rows.map(({ id }) => id));
}
