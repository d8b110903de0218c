import type { ImportedClient } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { CLIENT_COLUMNS } from './clients.repository.ts';
import type { ClientRow } from './clients.repository.ts';

/** Takes the turn of files of clients of the tenant until the transaction ends: of two files the second sees what the first has entered. */
export async function lockClientImports(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('clients ' || $1, 0))", [tenantId]);
}

/** What rows of a file may mean clients by. */
export interface ClientSigns {
  /** As deals name clients: `system:id`. */
  readonly refs: readonly string[];
  /** Keys of people who are named as the contacts of rows are. */
  readonly personKeys: readonly string[];
  /** In lower case. */
  readonly names: readonly string[];
}

/**
 * Clients with one of the signs, whether or not the sign is meant; `ownerId` leaves those of one owner. `lock` holds them until
 * the transaction ends.
 */
export async function findBySigns(
  tx: Transaction,
  tenantId: string,
  { refs, personKeys, names }: ClientSigns,
  ownerId: string | null,
  lock: boolean,
): Promise<ClientRow[]> {
  return tx.query<ClientRow>(
    `SELECT ${CLIENT_COLUMNS} FROM client c
     WHERE c.tenant_id = $1 AND c.merged_into IS NULL AND ($5::uuid IS NULL OR c.owner_id = $5) AND c.id IN (
       SELECT k.client_id FROM client_key k WHERE k.tenant_id = $1 AND k.key = ANY ($2::text[])
       UNION SELECT cc.client_id FROM client_contact cc WHERE cc.tenant_id = $1 AND cc.key_id = ANY ($3::uuid[])
       UNION SELECT same.id FROM client same
         WHERE same.tenant_id = $1 AND same.kind = 'company' AND lower(btrim(same.name)) = ANY ($4::text[]))
     ORDER BY c.id${lock ? ' FOR UPDATE' : ''}`,
    [tenantId, refs, personKeys, names, ownerId],
  );
}

/** Which clients deals mean by these keys. */
export async function clientsOfKeys(
  tx: Transaction,
  tenantId: string,
  keys: readonly string[],
): Promise<{ readonly key: string; readonly client_id: string }[]> {
  if (keys.length === 0) return [];
  return tx.query(
    'SELECT key, client_id FROM client_key WHERE tenant_id = $1 AND key = ANY ($2::text[])',
    [tenantId, keys],
  );
}

/** Accounts by id, e-mail address, and name where one only has it; in lower case. */
export async function ownersNamed(
  tx: Transaction,
  tenantId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  if (names.length === 0) return owners;
  const rows = await tx.query<{ id: string; email: string; name: string }>(
    `SELECT id, lower(email) AS email, lower(name) AS name FROM account
     WHERE tenant_id = $1 AND status <> 'deactivated'
       AND (id::text = ANY ($2::text[]) OR lower(email) = ANY ($2::text[]) OR lower(name) = ANY ($2::text[]))`,
    [tenantId, names],
  );
  for (const [name, same] of Map.groupBy(rows, (row) => row.name)) {
    const [only] = same;
    if (only !== undefined && same.length === 1) owners.set(name, only.id);
  }
  // What names one account for certain goes before a name.
  for (const { id, email } of rows) owners.set(id, id).set(email, id);
  return owners;
}

export async function insertClients(
  tx: Transaction,
  tenantId: string,
  clients: readonly ImportedClient[],
): Promise<void> {
  if (clients.length === 0) return;
  await tx.execute(
    `INSERT INTO client (tenant_id, id, kind, name, industry, size, budget_band, client_type, source, segments,
       key_account, owner_id, external_refs, attributes)
     SELECT $1, id, kind, name, industry, size, budget_band, client_type, source,
       ARRAY(SELECT jsonb_array_elements_text(segments)), key_account, owner_id, external_refs, attributes
     FROM ${ROWS}`,
    [tenantId, ...columnsOf(clients)],
  );
}

/** The fields of clients that are there. */
export async function updateClients(
  tx: Transaction,
  tenantId: string,
  clients: readonly ImportedClient[],
): Promise<void> {
  if (clients.length === 0) return;
  await tx.execute(
    `UPDATE client c SET kind = row.kind, name = row.name, industry = row.industry, size = row.size,
       budget_band = row.budget_band, client_type = row.client_type, source = row.source,
       segments = ARRAY(SELECT jsonb_array_elements_text(row.segments)), key_account = row.key_account,
       owner_id = row.owner_id, external_refs = row.external_refs, attributes = row.attributes,
       version = c.version + 1, updated_at = now()
     FROM ${ROWS} WHERE c.tenant_id = $1 AND c.id = row.id`,
    [tenantId, ...columnsOf(clients)],
  );
}

/** What deals may call these clients by from now on; gives the keys of `own` that other clients have. */
export async function addKeys(
  tx: Transaction,
  tenantId: string,
  keys: readonly { readonly key: string; readonly clientId: string; readonly own: boolean }[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  await tx.execute(
    `INSERT INTO client_key (tenant_id, key, client_id)
     SELECT $1, key, client_id FROM unnest($2::text[], $3::uuid[]) AS named (key, client_id)
     ORDER BY key ON CONFLICT DO NOTHING`,
    [tenantId, keys.map(({ key }) => key), keys.map(({ clientId }) => clientId)],
  );
  const own = keys.filter((one) => one.own);
  const taken = await tx.query<{ key: string }>(
    `SELECT k.key FROM unnest($2::text[], $3::uuid[]) AS named (key, client_id)
     JOIN client_key k ON k.tenant_id = $1 AND k.key = named.key WHERE k.client_id <> named.client_id`,
    [tenantId, own.map(({ key }) => key), own.map(({ clientId }) => clientId)],
  );
  return taken.map(({ key }) => key);
}

const ROWS = `unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
  $10::jsonb[], $11::boolean[], $12::uuid[], $13::jsonb[], $14::jsonb[])
  AS row (id, kind, name, industry, size, budget_band, client_type, source, segments, key_account, owner_id, external_refs, attributes)`;

function columnsOf(clients: readonly ImportedClient[]): readonly string[] {
  const json = (value: (client: ImportedClient) => unknown): string =>
    textArray(clients.map((client) => JSON.stringify(value(client))));
  const texts = ['name', 'industry', 'size', 'budget_band', 'client_type', 'source'] as const;
  return [
    plainArray(clients.map(({ id }) => id)),
    plainArray(clients.map(({ kind }) => kind)),
    ...texts.map((field) => textArray(clients.map(({ values }) => values[field]))),
    json(({ segments }) => segments),
    plainArray(clients.map(({ values }) => values.key_account)),
    plainArray(clients.map(({ values }) => values.owner_id)),
    json(({ externalRefs }) => externalRefs),
    json(({ attributes }) => attributes),
  ];
}
