import type { Transaction } from '../../platform/database/index.ts';

/**
 * Takes the turn of who writes contacts of the tenant's leads until the transaction ends: of two who enter the same number
 * at once the second one sees the first. Take it before rows of leads are locked.
 */
export async function lockLeads(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))", [tenantId]);
}

/** For all of the transaction: a plan must not read whole tables, even if it is made when nobody knows how large they are. */
export function useIndexes(tx: Transaction): void {
  tx.send('SET LOCAL enable_seqscan = off');
}
