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

/** Whether a system has linked a record of MaK with another one than this. */
export async function isLinkedElsewhere(
  tx: Transaction,
  tenantId: string,
  system: string,
  entity: string,
  localId: string,
  remoteId: string,
): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM sync_link WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND local_id = $4 AND remote_id <> $5`,
    [tenantId, system, entity, localId, remoteId],
  );
  return rows.length > 0;
}

/** Records that systems have of one record of MaK are those of another one from now on, where they have none of that. */
export async function relink(
  tx: Transaction,
  tenantId: string,
  entity: string,
  localId: string,
  to: string,
): Promise<void> {
  await tx.execute(
    `UPDATE sync_link l SET local_id = $4 WHERE tenant_id = $1 AND entity = $2 AND local_id = $3
       AND NOT EXISTS (SELECT FROM sync_link own WHERE own.tenant_id = $1 AND own.connector = l.connector
         AND own.entity = $2 AND own.local_id = $4)`,
    [tenantId, entity, localId, to],
  );
}
