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

/** The same under the name of the house rules. */
export const TenantClock = { present: presentOf } as const;
