import type { JsonObject } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { plainArray, textArray } from '../database/array-literal.ts';
import type { Transaction } from '../database/index.ts';

export interface NewNotification {
  readonly accountId: string;
  readonly kind: string;
  readonly dealId: string | null;
  /** Ids and keys, never contact data. */
  readonly data: JsonObject;
}

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
