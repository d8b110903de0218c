import type { JsonObject } from 'twenty-mak-domain';
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

const COLUMNS = 'id, kind, deal_id, data, created_at, read_at';

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

/** How many are unread, counted up to `most`. */
export async function countUnread(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
  most: number,
): Promise<number> {
  const [row] = await transaction.query<{ unread: number }>(
    `SELECT count(*) AS unread FROM (
       SELECT FROM notification WHERE tenant_id = $1 AND account_id = $2 AND read_at IS NULL LIMIT $3) AS counted`,
    [tenantId, accountId, most],
  );
  return row?.unread ?? 0;
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
