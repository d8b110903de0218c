import type { Transaction } from '../database/index.ts';

/**
 * Takes the turn of the tenant's one writer until the transaction ends: what follows sees everything that earlier
 * writers committed, and no two transactions wait for each other. Take it first, as a statement of its own.
 */
export async function lockTenant(transaction: Transaction, tenantId: string): Promise<void> {
  await transaction.query(
    'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    [tenantId],
    'tenant.lock',
  );
}

/** The key of a tenant, which stands in addresses; empty for one that is gone. */
export async function tenantKeyOf(transaction: Transaction, tenantId: string): Promise<string> {
  const [tenant] = await transaction.query<{ key: string }>(
    'SELECT key FROM tenant WHERE id = $1',
    [tenantId],
  );
  return tenant?.key ?? '';
}
