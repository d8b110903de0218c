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

/**
 * Those of these records of MaK that a system has no record of; `isAwaited`: only those that wait to be made there, or may do so
 * while what MaK has is listed.
 */
export async function unlinkedRecords(
  tx: Transaction,
  tenantId: string,
  system: string,
  entity: string,
  ids: readonly string[],
  isAwaited: boolean,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM unnest($4::text[]) AS id
     WHERE NOT EXISTS (SELECT FROM sync_link l
         WHERE l.tenant_id = $1 AND l.connector = $2 AND l.entity = $3 AND l.local_id = id)
       AND (NOT $5::boolean
         OR EXISTS (SELECT FROM sync_connector c
           WHERE c.tenant_id = $1 AND c.connector = $2 AND c.resync ->> 'listed' = 'false')
         OR EXISTS (SELECT FROM sync_pending p
           WHERE p.tenant_id = $1 AND p.connector = $2 AND p.entity = $3 AND p.key = id AND p.dead_at IS NULL))`,
    [tenantId, system, entity, ids, isAwaited],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether a record of another system was turned away with this code before, as far as the journal goes back. */
export async function wasTurnedAway(
  tx: Transaction,
  tenantId: string,
  system: string,
  entity: string,
  remoteId: string,
  code: string,
): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM sync_journal WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND local_id IS NULL
       AND remote_id = $4 AND kind = 'dead' AND detail ->> 'code' = $5 LIMIT 1`,
    [tenantId, system, entity, remoteId, code],
  );
  return rows.length > 0;
}
