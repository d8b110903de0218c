import type { JsonObject } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** Instants are milliseconds. */
export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly deal_id: string | null;
  readonly data: JsonObject;
  readonly created_at: number;
  readonly read_at: number | null;
}

export interface NewNotification {
  readonly accountId: string;
  readonly kind: string;
  readonly dealId: string | null;
  /** Ids and keys, never contact data. */
  readonly data: JsonObject;
}

const COLUMNS = 'id, kind, deal_id, data, created_at, read_at';

/** Writes notifications in the transaction of what they tell of. */
export async function notify(
  transaction: Transaction,
  tenantId: string,
  notifications: readonly NewNotification[],
): Promise<void> {
  if (notifications.length === 0) return;
  await transaction.execute(
    `INSERT INTO notification (tenant_id, id, account_id, kind, deal_id, data)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::jsonb[])`,
    [
      tenantId,
      plainArray(notifications.map(() => uuidv7())),
      plainArray(notifications.map(({ accountId }) => accountId)),
      textArray(notifications.map(({ kind }) => kind)),
      plainArray(notifications.map(({ dealId }) => dealId)),
      textArray(notifications.map(({ data }) => JSON.stringify(data))),
    ],
  );
}

/** Accounts of the tenant's active admins. */
export async function adminsOf(transaction: Transaction, tenantId: string): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    "SELECT id FROM account WHERE tenant_id = $1 AND role = 'admin' AND status = 'active' ORDER BY id",
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

/** What told of these tasks is no longer so: it counts as read and says that it was withdrawn. */
export async function withdrawNotifications(
  transaction: Transaction,
  tenantId: string,
  dealIds: readonly string[],
  taskIds: readonly string[],
): Promise<void> {
  if (taskIds.length === 0) return;
  await transaction.execute(
    `UPDATE notification SET read_at = coalesce(read_at, now()), data = data || '{"withdrawn": true}'
     WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[]) AND data ->> 'task_id' = ANY ($3::text[])`,
    [tenantId, plainArray(dealIds), textArray(taskIds)],
  );
}

/** Newest first, older than `before`. */
export async function listNotifications(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  unread: boolean,
  before: string | null,
  limit: number,
): Promise<NotificationRow[]> {
  return transaction.query<NotificationRow>(
    `SELECT ${COLUMNS} FROM notification
     WHERE tenant_id = $1 AND account_id = $2 AND (NOT $3 OR read_at IS NULL) AND ($4::uuid IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [tenantId, accountId, unread, before, limit],
  );
}

/** Marks those of the account as read; all of them when `ids` is null. Gives how many were unread. */
export async function markRead(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  ids: readonly string[] | null,
): Promise<number> {
  return transaction.execute(
    `UPDATE notification SET read_at = now()
     WHERE tenant_id = $1 AND account_id = $2 AND read_at IS NULL AND ($3::uuid[] IS NULL OR id = ANY ($3))`,
    [tenantId, accountId, ids === null ? null : plainArray(ids)],
  );
}
