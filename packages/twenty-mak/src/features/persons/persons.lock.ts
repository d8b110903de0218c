import type { Transaction } from '../../platform/database/index.ts';

/**
 * Takes the turn of who erases people of the tenant, or finds out that they are one, until the transaction ends: of the two
 * the second one sees what the first has done. Take it first, before the tenant's turn and before any row is locked.
 */
export async function lockPersons(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('persons ' || $1, 0))", [tenantId]);
}
