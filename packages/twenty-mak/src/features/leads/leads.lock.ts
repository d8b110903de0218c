import type { Transaction } from '../../platform/database/index.ts';

/**
 * Takes the turn of who writes contacts of the tenant's leads until the transaction ends: of two who enter the same number
 * at once the second one sees the first. Take it before rows of leads are locked.
 */
export async function lockLeads(tx: Transaction, tenantId: string): Promise<void> {
  const [, tenants] = await Promise.all([
    // The turn first: the row's lock takes the transaction's number, and the outbox goes by those.
    tx.query("SELECT pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))", [tenantId]),
    // Leads have no foreign key to their tenant: it may not be deleted meanwhile.
    tx.query('SELECT FROM tenant WHERE id = $1 FOR KEY SHARE', [tenantId]),
  ]);
  if (tenants.length === 0) throw new Error(`tenant ${tenantId} is gone`);
}

/** For all of the transaction: a plan must not read whole tables, even if it is made when nobody knows how large they are. */
export function useIndexes(tx: Transaction): void {
  tx.send('SET LOCAL enable_seqscan = off');
}
