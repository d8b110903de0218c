import type { Transaction } from '../../platform/database/index.ts';

/** Remembers of which lead the client was made. */
export async function markMadeOf(
  tx: Transaction,
  tenantId: string,
  id: string,
  leadId: string,
): Promise<void> {
  await tx.execute('UPDATE client SET lead_id = $3 WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
    leadId,
  ]);
}

/** Clients that were made of the lead, or have become one with such a client, belong to this owner no longer; gives those that did. */
export async function releaseMadeOf(
  tx: Transaction,
  tenantId: string,
  leadId: string,
  ownerId: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE client SET owner_id = NULL, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND owner_id = $3 AND id IN (
       SELECT made.id FROM client made WHERE made.tenant_id = $1 AND made.lead_id = $2
       UNION SELECT made.merged_into FROM client made WHERE made.tenant_id = $1 AND made.lead_id = $2
     ) RETURNING id`,
    [tenantId, leadId, ownerId],
  );
  return rows.map(({ id }) => id);
}

/** Clients with a contact of the person behind a lead that the transaction may see; `ownerId`: only those of this owner. */
export async function findClientsOfLead(
  tx: Transaction,
  tenantId: string,
  leadId: string,
  ownerId: string | null,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT c.id FROM lead l
     JOIN lead_contact lc ON lc.lead_id = l.id
     JOIN person_alias own ON own.key_id = lc.key_id
     JOIN person_alias same ON same.tenant_id = own.tenant_id AND same.alias = own.alias
     JOIN client_contact cc ON cc.key_id = same.key_id
     JOIN client c ON c.id = cc.client_id
     WHERE l.tenant_id = $1 AND l.id = $2 AND ($3::text IS NULL OR c.owner_id::text = $3)`,
    [tenantId, leadId, ownerId],
  );
  return rows.map(({ id }) => id);
}
