import type { JsonObject } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Instants are milliseconds. */
export interface DeliveryRow {
  readonly id: string;
  readonly subscription_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly deal_id: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly next_attempt_at: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly replayed: boolean;
  readonly created_at: number;
  readonly delivered_at: number | null;
}

const COLUMNS = `id, subscription_id, event_id, type, deal_id, status, attempts, next_attempt_at, last_status, last_error,
  replayed, created_at, delivered_at`;

/** Newest first, older than `before`. */
export async function listDeliveries(
  transaction: Transaction,
  tenantId: string,
  subscriptionId: string,
  status: DeliveryStatus | undefined,
  before: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return transaction.query<DeliveryRow>(
    `SELECT ${COLUMNS} FROM webhook_delivery
     WHERE tenant_id = $1 AND subscription_id = $2 AND ($3::text IS NULL OR status = $3) AND ($4::uuid IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [tenantId, subscriptionId, status ?? null, before, limit],
  );
}

/** With the body that is sent. */
export async function findDelivery(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<(DeliveryRow & { payload: JsonObject }) | undefined> {
  const [row] = await transaction.query<DeliveryRow & { payload: JsonObject }>(
    `SELECT ${COLUMNS}, payload FROM webhook_delivery WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id],
  );
  return row;
}

/** Sends a dead letter again, marked as replayed, outside the order of its deal. */
export async function replayDelivery(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const [row] = await transaction.query<DeliveryRow>(
    `UPDATE webhook_delivery SET status = 'pending', attempts = 0, next_attempt_at = now(), replayed = true
     WHERE tenant_id = $1 AND id = $2 AND status = 'dead' RETURNING ${COLUMNS}`,
    [tenantId, id],
  );
  return row;
}

/** The same with all dead letters of a subscription. Gives their number. */
export async function replayAll(
  transaction: Transaction,
  tenantId: string,
  subscriptionId: string,
): Promise<number> {
  return transaction.execute(
    `UPDATE webhook_delivery SET status = 'pending', attempts = 0, next_attempt_at = now(), replayed = true
     WHERE tenant_id = $1 AND subscription_id = $2 AND status = 'dead'`,
    [tenantId, subscriptionId],
  );
}

export async function dropDelivery(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<boolean> {
  const dropped = await transaction.execute(
    "DELETE FROM webhook_delivery WHERE tenant_id = $1 AND id = $2 AND status = 'dead'",
    [tenantId, id],
  );
  return dropped > 0;
}

/** A message of ours that tells nothing of a deal: it shows whether the receiver works. */
export async function insertTest(
  transaction: Transaction,
  tenantId: string,
  subscriptionId: string,
): Promise<DeliveryRow> {
  const eventId = uuidv7();
  const [row] = await transaction.query<DeliveryRow>(
    `INSERT INTO webhook_delivery (id, tenant_id, subscription_id, tx, position, deal_id, event_id, type, payload)
     VALUES ($1, $2::uuid, $3, 0, 0, $4::uuid, $4::uuid, 'webhook.test',
       json_build_object('event_id', $4::uuid, 'type', 'webhook.test', 'version', 1, 'source', 'masterdeal',
         'tenant_id', $2::uuid, 'occurred_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', '{}'::json))
     RETURNING ${COLUMNS}`,
    [uuidv7(), tenantId, subscriptionId, eventId],
  );
  if (row === undefined) throw new Error('the test message is not visible in its own transaction');
  return row;
}

/** Deletes what was delivered more than `days` ago. Gives the number of rows, at most 5,000. */
export async function deleteDelivered(
  transaction: Transaction,
  tenantId: string,
  days: number,
): Promise<number> {
  return transaction.execute(
    `DELETE FROM webhook_delivery WHERE id IN (
       SELECT d.id FROM webhook_subscription s
       CROSS JOIN LATERAL (
         SELECT id, delivered_at FROM webhook_delivery
         WHERE tenant_id = $1 AND subscription_id = s.id AND status = 'delivered' ORDER BY id LIMIT 5000
       ) AS d
       WHERE s.tenant_id = $1 AND d.delivered_at < now() - $2 * interval '1 day' LIMIT 5000)`,
    [tenantId, days],
  );
}
