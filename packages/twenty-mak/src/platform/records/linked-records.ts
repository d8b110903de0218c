import type { Transaction } from '../database/index.ts';

/** SQL: whether a system has linked two records of a kind. All are SQL expressions; `$1` is the tenant. */
export function isLinkedSql(
  system: string,
  entity: string,
  localId: string,
  remoteId: string,
): string {
  return `EXISTS (SELECT FROM sync_link l WHERE l.tenant_id = $1 AND l.connector = ${system} AND l.entity = ${entity}
    AND l.local_id = ${localId} AND l.remote_id = ${remoteId})`;
}

/** SQL: whether any system has linked a record. Both are SQL expressions; `$1` is the tenant. */
export function isKnownSql(entity: string, localId: string): string {
  return `EXISTS (SELECT FROM sync_connector keeper
    JOIN sync_link known ON known.tenant_id = keeper.tenant_id AND known.connector = keeper.connector
    WHERE keeper.tenant_id = $1 AND known.entity = ${entity} AND known.local_id = ${localId})`;
}

/** Records of MaK that some connector has linked, by id, after one of them: of kinds that only linked records belong to. */
export async function linkedRecords(
  tx: Transaction,
  tenantId: string,
  entity: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT local_id AS id FROM sync_link
     WHERE tenant_id = $1 AND entity = $2 AND ($3::text IS NULL OR local_id > $3) ORDER BY local_id LIMIT $4`,
    [tenantId, entity, after, limit],
  );
  return rows.map(({ id }) => id);
}
