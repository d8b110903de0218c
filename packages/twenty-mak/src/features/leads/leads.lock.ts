import type { Transaction } from '../../platform/database/index.ts';

/**
 * Takes the turn of who writes contacts of the tenant's leads until the transaction ends: of two who enter the same number
 * at once the second one sees the first. Take it before rows of leads are locked.
 */
export async function lockLeads(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))", [tenantId]);
}
