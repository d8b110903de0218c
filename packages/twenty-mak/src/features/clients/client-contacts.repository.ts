import type { JsonObject } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
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

/** The names of people who are clients themselves, and what else is known of them, are gone with their keys; also merged ones. */
export async function eraseClientsOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE client SET name = '—', attributes = '{}', version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND kind = 'person'
       AND coalesce(merged_into, id) IN (SELECT client_id FROM client_contact WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[]))
     RETURNING id`,
    [tenantId, keyIds],
  );
  return rows.map(({ id }) => id);
}
