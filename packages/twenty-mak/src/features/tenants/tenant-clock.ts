import type { Instant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/**
 * The tenant's present in milliseconds: the instant at which its clock is frozen, else the database's time.
 * The transaction must be one of this tenant.
 */
export async function presentOf(transaction: Transaction, tenantId: string): Promise<Instant> {
  const [row] = await transaction.query<{ present: number }>(
    "SELECT coalesce(clock_frozen_at, date_trunc('milliseconds', now())) AS present FROM tenant WHERE id = $1",
    [tenantId],
  );
  if (row === undefined) throw new Error(`tenant ${tenantId} is not visible in this transaction`);
  return row.present;
}

/** The present of this moment; of a transaction that has waited for others it is later than its beginning. */
export async function momentOf(transaction: Transaction, tenantId: string): Promise<Instant> {
  const [row] = await transaction.query<{ moment: number }>(
    "SELECT coalesce(clock_frozen_at, date_trunc('milliseconds', clock_timestamp())) AS moment FROM tenant WHERE id = $1",
    [tenantId],
  );
  if (row === undefined) throw new Error(`tenant ${tenantId} is not visible in this transaction`);
  return row.moment;
}

/** The tenant's currency, and the day of its present in its own time zone, e.g. `2026-03-01`. */
export async function todayOf(
  transaction: Transaction,
  tenantId: string,
): Promise<{ currency: string; day: string }> {
  const [row] = await transaction.query<{ currency: string; day: string }>(
    `SELECT currency, (coalesce(clock_frozen_at, now()) AT TIME ZONE time_zone)::date::text AS day
     FROM tenant WHERE id = $1`,
    [tenantId],
  );
  if (row === undefined) throw new Error(`tenant ${tenantId} is not visible in this transaction`);
  return row;
}

/** The same under the name of the house rules. */
export const TenantClock = { present: presentOf } as const;
