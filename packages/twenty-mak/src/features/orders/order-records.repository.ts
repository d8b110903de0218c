import type { Transaction } from '../../platform/database/index.ts';
import { plainArray } from '../../platform/database/array-literal.ts';
import { COLUMNS } from './orders.repository.ts';
import type { OrderRow } from './orders.repository.ts';

export interface SyncedOrderRow extends OrderRow {
  /** A key of the client. */
  readonly client: string;
  /** The first contact of the client; null when it has none. */
  readonly buyer: string | null;
}

const SYNCED = `${COLUMNS}, o.client_id AS client, (
  SELECT cc.id FROM client_key k JOIN client_contact cc ON cc.tenant_id = k.tenant_id AND cc.client_id = k.client_id
  WHERE k.tenant_id = o.tenant_id AND k.key = o.client_id ORDER BY cc.seq, cc.id LIMIT 1) AS buyer`;

/** Those that are there; `lock` holds them until the transaction ends. */
export async function findSyncedOrders(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
  lock = false,
): Promise<readonly SyncedOrderRow[]> {
  return tx.query<SyncedOrderRow>(
    `SELECT ${SYNCED} FROM sales_order o WHERE o.tenant_id = $1 AND o.id = ANY ($2::uuid[])
     ORDER BY o.id${lock ? ' FOR UPDATE OF o' : ''}`,
    [tenantId, plainArray(ids)],
  );
}

/** Ids in their order, after one of them. */
export async function listOrderIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM sales_order WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Which order has the number; null for none. */
export async function idOfNumber(
  tx: Transaction,
  tenantId: string,
  number: string,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'SELECT id FROM sales_order WHERE tenant_id = $1 AND number = $2',
    [tenantId, number],
  );
  return row?.id ?? null;
}

/** Whose contact it is; null when there is no such contact. */
export async function clientOfContact(
  tx: Transaction,
  tenantId: string,
  contactId: string,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'SELECT client_id AS id FROM client_contact WHERE tenant_id = $1 AND id = $2',
    [tenantId, contactId],
  );
  return row?.id ?? null;
}
