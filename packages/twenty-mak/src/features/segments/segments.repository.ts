import type { RecordFilter } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { SegmentEntityName } from './segment-targets.ts';

export interface SegmentRow {
  readonly id: string;
  readonly entity: SegmentEntityName;
  readonly owner_id: string;
  readonly name: string;
  readonly filter: RecordFilter;
  readonly shared: boolean;
  readonly version: number;
  /** Milliseconds. */
  readonly updated_at: number;
}

const COLUMNS = 'id, entity, owner_id, name, filter, shared, version, updated_at';
/** Own ones, and those that others of the same company, or of the head office, share. */
const VISIBLE = `tenant_id = $1 AND entity = $3 AND (owner_id = $2 OR (shared AND
  coalesce(company_id::text, '') = coalesce((SELECT mak_restricted_to()), '')))`;

export async function listSegments(
  tx: Transaction,
  { tenantId, id: ownerId }: Principal,
  entity: SegmentEntityName,
): Promise<SegmentRow[]> {
  return tx.query<SegmentRow>(`SELECT ${COLUMNS} FROM segment WHERE ${VISIBLE} ORDER BY name, id`, [
    tenantId,
    ownerId,
    entity,
  ]);
}

export async function findSegment(
  tx: Transaction,
  { tenantId, id: ownerId }: Principal,
  entity: SegmentEntityName,
  id: string,
): Promise<SegmentRow | undefined> {
  const [row] = await tx.query<SegmentRow>(
    `SELECT ${COLUMNS} FROM segment WHERE ${VISIBLE} AND id = $4`,
    [tenantId, ownerId, entity, id],
  );
  return row;
}

/** How many the owner has; nobody else counts until the transaction ends. */
export async function countSegments(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
  entity: SegmentEntityName,
): Promise<number> {
  await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('segment ' || $1, 0))", [
    tenantId,
  ]);
  const [row] = await tx.query<{ segments: number }>(
    'SELECT count(*) AS segments FROM segment WHERE tenant_id = $1 AND entity = $3 AND owner_id = $2',
    [tenantId, ownerId, entity],
  );
  return row?.segments ?? 0;
}

export async function insertSegment(
  tx: Transaction,
  tenantId: string,
  segment: Pick<SegmentRow, 'id' | 'entity' | 'owner_id' | 'name' | 'filter' | 'shared'> & {
    readonly company_id: string | null;
  },
): Promise<SegmentRow> {
  const { id, entity, owner_id, company_id, name, filter, shared } = segment;
  const [row] = await tx.query<SegmentRow>(
    `INSERT INTO segment (tenant_id, id, entity, owner_id, company_id, name, filter, shared)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [tenantId, id, entity, owner_id, company_id, name, JSON.stringify(filter), shared],
  );
  if (row === undefined) throw new Error('the new segment is not visible in its own transaction');
  return row;
}

/** Undefined when the version is not the current one. */
export async function saveSegment(
  tx: Transaction,
  tenantId: string,
  { id, version, name, filter, shared }: SegmentRow,
): Promise<SegmentRow | undefined> {
  const [row] = await tx.query<SegmentRow>(
    `UPDATE segment SET name = $4, filter = $5, shared = $6, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [tenantId, id, version, name, JSON.stringify(filter), shared],
  );
  return row;
}

export async function deleteSegment(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.execute('DELETE FROM segment WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
}
