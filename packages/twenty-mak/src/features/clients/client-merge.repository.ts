import type { Transaction } from '../../platform/database/index.ts';

/** Deals that name the client that goes name the one that stays from now on, and so does whatever names it at all. */
export async function absorbClient(
  tx: Transaction,
  tenantId: string,
  goes: string,
  stays: string,
): Promise<void> {
  await tx.execute('UPDATE client_key SET client_id = $3 WHERE tenant_id = $1 AND client_id = $2', [
    tenantId,
    goes,
    stays,
  ]);
  await tx.execute(
    `UPDATE client SET merged_into = $3, archived_at = coalesce(archived_at, now()), version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, goes, stays],
  );
  await tx.execute('UPDATE client SET merged_into = $3 WHERE tenant_id = $1 AND merged_into = $2', [
    tenantId,
    goes,
    stays,
  ]);
}

/** What named contacts that have become one with another names that one from now on. */
export async function joinContactRows(
  tx: Transaction,
  tenantId: string,
  pairs: readonly { readonly goes: string; readonly stays: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  const values = [tenantId, pairs.map(({ goes }) => goes), pairs.map(({ stays }) => stays)];
  await tx.execute(
    `UPDATE client_contact_former former SET contact_id = pair.stays
     FROM unnest($2::uuid[], $3::uuid[]) AS pair (goes, stays)
     WHERE former.tenant_id = $1 AND former.contact_id = pair.goes`,
    values,
  );
  await tx.execute(
    `INSERT INTO client_contact_former (tenant_id, key, contact_id)
     SELECT $1, pair.goes::text, pair.stays FROM unnest($2::uuid[], $3::uuid[]) AS pair (goes, stays)`,
    values,
  );
}

/**
 * Of these keys of people those that seal contacts of anybody but these clients: leads, applicants, other clients. Of those
 * that are found by a telephone alone, also those that seal contacts in deals of other clients.
 */
export async function keysOfOthers(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
  byPhone: readonly string[],
  clientIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const used = (table: string): string =>
    `SELECT key_id FROM ${table} WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[])`;
  const rows = await tx.query<{ key_id: string }>(
    `${used('client_contact')} AND client_id <> ALL ($3::uuid[])
     UNION ${used('lead_contact')} UNION ${used('registration')}
     UNION SELECT key_id FROM unnest($4::uuid[]) AS found (key_id) WHERE EXISTS (
       SELECT FROM event_person p
       JOIN event e ON e.tenant_id = $1 AND e.source = p.source AND e.event_id = p.event_id
       JOIN deal d ON d.id = e.deal_id AND d.client_id IS NOT NULL
       WHERE p.tenant_id = $1 AND p.key_id = found.key_id
         AND NOT EXISTS (SELECT FROM client_key k WHERE k.tenant_id = $1 AND k.key = d.client_id AND k.client_id = ANY ($3::uuid[])))`,
    [tenantId, keyIds, clientIds, keyIds.filter((id) => byPhone.includes(id))],
  );
  return new Set(rows.map(({ key_id: id }) => id));
}

/**
 * Rows for connectors: deals that name a client by one of these keys have another client now. `$1` is the tenant, `$2` the
 * keys; `c` is the connector, which hears of its own opportunities only.
 */
export const DEALS_OF_KEYS = `
  SELECT 'deal' AS entity, d.id::text AS id, 0::smallint AS urgency, 'client,contact' AS fields
  FROM deal d WHERE d.tenant_id = $1 AND d.client_id = ANY ($2::text[])
  UNION ALL
  SELECT 'opportunity', d.id::text, 0::smallint, 'client,contact'
  FROM deal d JOIN sync_link l ON l.tenant_id = $1 AND l.connector = c.connector AND l.entity = 'opportunity'
    AND l.local_id = d.id::text
  WHERE d.tenant_id = $1 AND d.client_id = ANY ($2::text[])`;

export async function keysOfClient(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ key: string }>(
    'SELECT key FROM client_key WHERE tenant_id = $1 AND client_id = $2 ORDER BY key',
    [tenantId, id],
  );
  return rows.map(({ key }) => key);
}

/** Of these ids those of clients that were merged. */
export async function findMergedClients(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM client WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND merged_into IS NOT NULL',
    [tenantId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Of these ids those of contacts that became one with another. */
export async function findJoinedContacts(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ key: string }>(
    'SELECT key FROM client_contact_former WHERE tenant_id = $1 AND key = ANY ($2::text[])',
    [tenantId, ids],
  );
  return rows.map(({ key }) => key);
}
