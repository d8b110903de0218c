import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';
import type { CreateView, ViewDefinition, ViewKind } from './views.dto.ts';

export interface ViewRow {
  readonly id: string;
  readonly kind: ViewKind;
  readonly name: string;
  readonly pipeline: string | null;
  readonly definition: ViewDefinition;
  readonly shared: boolean;
  readonly position: number;
  readonly owner_id: string;
  readonly version: number;
  /** Milliseconds. */
  readonly updated_at: number;
}

const COLUMNS =
  'id, kind, name, pipeline, definition, shared, position, owner_id, version, updated_at';

/** Own views and those that others share, in the order of their list. */
export async function listViews(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
  kind: ViewKind | undefined,
): Promise<ViewRow[]> {
  return tx.query<ViewRow>(
    `SELECT ${COLUMNS} FROM saved_view
     WHERE tenant_id = $1 AND (owner_id = $2 OR shared) AND ($3::text IS NULL OR kind = $3)
     ORDER BY position, name, id`,
    [tenantId, ownerId, kind ?? null],
  );
}

/** A view that is the owner's or shared. */
export async function findView(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
  id: string,
): Promise<ViewRow | undefined> {
  const [row] = await tx.query<ViewRow>(
    `SELECT ${COLUMNS} FROM saved_view WHERE tenant_id = $1 AND id = $3 AND (owner_id = $2 OR shared)`,
    [tenantId, ownerId, id],
  );
  return row;
}

export interface ViewNumbers {
  readonly own: number;
  readonly shared: number;
}

/** How many views there are; nobody else adds one to the tenant until the transaction ends. */
export async function countViews(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
): Promise<ViewNumbers> {
  await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('saved_view ' || $1, 0))", [
    tenantId,
  ]);
  const [row] = await tx.query<ViewNumbers>(
    `SELECT count(*) FILTER (WHERE owner_id = $2) AS own, count(*) FILTER (WHERE shared) AS shared
     FROM saved_view WHERE tenant_id = $1`,
    [tenantId, ownerId],
  );
  return row ?? { own: 0, shared: 0 };
}

export async function insertView(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
  view: CreateView,
): Promise<ViewRow> {
  const { kind, name, pipeline, definition, shared, position } = view;
  const [row] = await tx.query<ViewRow>(
    `INSERT INTO saved_view (id, tenant_id, owner_id, kind, name, pipeline, definition, shared, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [
      uuidv7(),
      tenantId,
      ownerId,
      kind,
      name,
      pipeline,
      JSON.stringify(definition),
      shared,
      position,
    ],
  );
  if (row === undefined) throw new Error('the new view is not visible in its own transaction');
  return row;
}

/** Saves an edited view. Undefined when the version is not the current one. */
export async function saveView(
  tx: Transaction,
  tenantId: string,
  row: ViewRow,
): Promise<ViewRow | undefined> {
  const { id, version, name, pipeline, definition, shared, position } = row;
  const [saved] = await tx.query<ViewRow>(
    `UPDATE saved_view SET name = $4, pipeline = $5, definition = $6, shared = $7, position = $8,
       version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [tenantId, id, version, name, pipeline, JSON.stringify(definition), shared, position],
  );
  return saved;
}

export async function deleteView(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.execute('DELETE FROM saved_view WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
}
