import { LEAD_SYSTEM } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/** A deal of a lead that was given back. */
export interface ReturnedDeal {
  readonly dealId: string;
  readonly buyerId: string;
  readonly arbiterId: string;
}

/** The lead that has waited longest to be repaired; undefined when none waits. */
export async function nextToRepair(tx: Transaction, tenantId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `SELECT id FROM lead WHERE tenant_id = $1 AND repair_at <= now() ORDER BY repair_at, id LIMIT 1`,
    [tenantId],
  );
  return row?.id;
}

/** It is tried again in an hour, after all others. */
export async function putOff(tx: Transaction, tenantId: string, leadId: string): Promise<void> {
  await tx.execute(
    `UPDATE lead SET repair_at = now() + interval '1 hour' WHERE tenant_id = $1 AND id = $2`,
    [tenantId, leadId],
  );
}

export async function repaired(tx: Transaction, tenantId: string, leadId: string): Promise<void> {
  await tx.execute('UPDATE lead SET repair_at = NULL WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    leadId,
  ]);
}

/** The keys that seal who the lead is, if they are destroyed. */
export async function erasedKeysOf(
  tx: Transaction,
  tenantId: string,
  leadId: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT k.id FROM lead_contact c JOIN person_key k ON k.id = c.key_id AND k.erased_at IS NOT NULL
     WHERE c.tenant_id = $1 AND c.lead_id = $2`,
    [tenantId, leadId],
  );
  return rows.map(({ id }) => id);
}

/** Deals that a buyer has made of the lead and has kept when it was given back. */
export async function returnedDealsOf(
  tx: Transaction,
  tenantId: string,
  leadId: string,
): Promise<readonly ReturnedDeal[]> {
  return tx.query<ReturnedDeal>(
    `SELECT DISTINCT d.id AS "dealId", r.buyer_id AS "buyerId", r.arbiter_id AS "arbiterId"
     FROM lead_return r
     JOIN deal_ref f ON f.tenant_id = $1 AND f.system = $3 AND f.external_id > $2::text || ':' AND f.external_id < $2::text || ';'
     JOIN deal d ON d.id = f.deal_id AND d.owner_id = r.buyer_id::text AND d.created_at <= r.decided_at
     WHERE r.tenant_id = $1 AND r.lead_id = $2::text::uuid AND r.verdict = 'accepted'`,
    [tenantId, leadId, LEAD_SYSTEM],
  );
}
