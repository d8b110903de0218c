import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** Leads that became deals of the client. $1 tenant, $2 client. */
const OF_DEALS = `SELECT l.id FROM client_key k
  JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key
  JOIN lead l ON l.deal_id = d.id
  WHERE k.tenant_id = $1 AND k.client_id = $2`;

/** Leads of people who are contacts of the client, by a number or an address that both have. $3 whose the client has to be. */
const OF_PEOPLE = `SELECT l.id FROM client c
  JOIN client_contact cc ON cc.client_id = c.id
  JOIN person_alias own ON own.key_id = cc.key_id
  JOIN person_alias same ON same.tenant_id = own.tenant_id AND same.alias = own.alias
  JOIN lead_contact lc ON lc.key_id = same.key_id
  JOIN lead l ON l.id = lc.lead_id
  WHERE c.tenant_id = $1 AND c.id = $2 AND ($3::text IS NULL OR c.owner_id::text = $3)`;

/**
 * Leads of a client that the transaction may see: those that became its deals and, for who may know the contacts of the client,
 * those of the same people. To anybody else a shared number would tell whom the client knows.
 */
export async function findLeadsOfClient(
  tx: Transaction,
  { tenantId, scopes, restrictedTo }: Principal,
  clientId: string,
): Promise<readonly string[]> {
  const seesAll = scopes.has('persons:read');
  const people = seesAll || restrictedTo !== undefined;
  const values = [tenantId, clientId, ...(people ? [seesAll ? null : restrictedTo] : [])];
  const rows = await tx.query<{ id: string }>(
    people ? `${OF_DEALS} UNION ${OF_PEOPLE}` : OF_DEALS,
    values,
  );
  return rows.map(({ id }) => id);
}
