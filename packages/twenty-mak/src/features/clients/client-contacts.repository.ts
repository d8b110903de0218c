import type { JsonObject } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** `contact` is `{contact: …}` with the person sealed, as in events. */
export interface ContactRow {
  readonly id: string;
  readonly client_id: string;
  readonly seq: number;
  readonly position: string | null;
  readonly contact: JsonObject;
  readonly key_id: string;
  /** Of a row that was read; counted by the database. */
  readonly version?: number;
}

export async function findContacts(
  tx: Transaction,
  tenantId: string,
  clientIds: readonly string[],
): Promise<ContactRow[]> {
  return tx.query<ContactRow>(
    `SELECT id, client_id, seq, position, contact, key_id, version FROM client_contact
     WHERE tenant_id = $1 AND client_id = ANY ($2::uuid[]) ORDER BY client_id, seq`,
    [tenantId, clientIds],
  );
}

/** Deletes the contacts that are not to be kept; gives their ids. */
export async function deleteContacts(
  tx: Transaction,
  tenantId: string,
  clientId: string,
  keep: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `DELETE FROM client_contact WHERE tenant_id = $1 AND client_id = $2 AND id <> ALL ($3::uuid[]) RETURNING id`,
    [tenantId, clientId, keep],
  );
  return rows.map(({ id }) => id);
}

export async function saveContacts(
  tx: Transaction,
  tenantId: string,
  rows: readonly ContactRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `INSERT INTO client_contact (tenant_id, id, client_id, seq, position, contact, key_id)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::jsonb[], $7::uuid[])
     ON CONFLICT (id) DO UPDATE SET client_id = excluded.client_id, seq = excluded.seq, position = excluded.position,
       contact = excluded.contact, key_id = excluded.key_id, version = client_contact.version + 1`,
    [
      tenantId,
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ client_id }) => client_id)),
      plainArray(rows.map(({ seq }) => seq)),
      textArray(rows.map(({ position }) => position)),
      textArray(rows.map(({ contact }) => JSON.stringify(contact))),
      plainArray(rows.map(({ key_id }) => key_id)),
    ],
  );
}

/** Contacts of erased people. */
export async function contactsOfKeys(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM client_contact WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[]) ORDER BY id',
    [tenantId, keyIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * The names of people who are clients themselves, and what else is known of them, are gone with their keys; also merged ones.
 * A company that was made of a lead may be called as the person of the lead is: its name goes too, and with it that of the
 * client it was merged into, if that one has taken it. Gives the companies.
 */
export async function eraseClientsOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string; kind: string }>(
    `WITH of_lead AS (
       SELECT c.id, c.name, c.merged_into FROM lead_contact l
       JOIN client c ON c.tenant_id = l.tenant_id AND c.lead_id = l.lead_id
       WHERE l.tenant_id = $1 AND l.key_id = ANY ($2::uuid[])
     ), named AS (
       SELECT id FROM client WHERE tenant_id = $1 AND kind = 'person'
         AND coalesce(merged_into, id) IN (SELECT client_id FROM client_contact WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[]))
       UNION SELECT id FROM of_lead
       UNION SELECT stays.id FROM of_lead
         JOIN client stays ON stays.tenant_id = $1 AND stays.id = of_lead.merged_into AND stays.name = of_lead.name
     )
     UPDATE client SET name = '—', attributes = CASE kind WHEN 'person' THEN '{}' ELSE attributes END,
       version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id IN (SELECT id FROM named) RETURNING id, kind`,
    [tenantId, keyIds],
  );
  return rows.filter(({ kind }) => kind === 'company').map(({ id }) => id);
}

/** Which of these clients are the principal's company's own. */
export async function ownOf(
  tx: Transaction,
  { tenantId, restrictedTo }: Principal,
  clientIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (restrictedTo === undefined || clientIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM client WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND owner_id::text = $3',
    [tenantId, clientIds, restrictedTo],
  );
  return new Set(rows.map(({ id }) => id));
}
