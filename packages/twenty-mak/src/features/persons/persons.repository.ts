import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';

export interface PersonKeyRow {
  readonly id: string;
  readonly person_id: string;
  readonly wrapped_key: Buffer;
}

/** The keys in use of these persons. */
export async function findCurrentKeys(
  transaction: Transaction,
  tenantId: string,
  personIds: readonly string[],
): Promise<PersonKeyRow[]> {
  return transaction.query<PersonKeyRow>(
    `SELECT id, person_id, wrapped_key FROM person_key
     WHERE tenant_id = $1 AND person_id = ANY($2::text[]) AND erased_at IS NULL`,
    [tenantId, personIds],
  );
}

/** Adds keys of persons that have none; where somebody was faster, theirs stays. */
export async function insertKeys(
  transaction: Transaction,
  tenantId: string,
  rows: readonly PersonKeyRow[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO person_key (tenant_id, id, person_id, wrapped_key)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::bytea[])
     ON CONFLICT (tenant_id, person_id) WHERE erased_at IS NULL DO NOTHING`,
    [
      tenantId,
      rows.map((row) => row.id),
      rows.map((row) => row.person_id),
      rows.map((row) => row.wrapped_key),
    ],
  );
}

/** A key and what its person is called by. */
export interface NamedKey extends PersonKeyRow {
  readonly aliases: readonly string[];
}

/** Adds people whom nobody has named before. The transaction fails if somebody has. */
export function insertPeople(
  transaction: Transaction,
  tenantId: string,
  people: readonly NamedKey[],
): void {
  if (people.length === 0) return;
  transaction.send(
    `INSERT INTO person_key (tenant_id, id, person_id, wrapped_key)
     SELECT $1, id, person_id, decode(wrapped_key, 'hex')
     FROM unnest($2::uuid[], $3::text[], $4::text[]) AS made (id, person_id, wrapped_key)`,
    [
      tenantId,
      plainArray(people.map(({ id }) => id)),
      plainArray(people.map(({ person_id }) => person_id)),
      plainArray(people.map(({ wrapped_key }) => wrapped_key.toString('hex'))),
    ],
    'person_key.insert',
  );
  const named = people.flatMap(({ id, aliases }) => aliases.map((alias) => ({ id, alias })));
  transaction.send(
    `INSERT INTO person_alias (tenant_id, alias, key_id)
     SELECT $1, * FROM unnest($2::text[], $3::uuid[])`,
    [tenantId, plainArray(named.map(({ alias }) => alias)), plainArray(named.map(({ id }) => id))],
    'person_alias.insert',
  );
}

/** Remembers what a person was called by. */
export async function insertAliases(
  transaction: Transaction,
  tenantId: string,
  aliases: readonly { readonly alias: string; readonly keyId: string }[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO person_alias (tenant_id, alias, key_id)
     SELECT DISTINCT $1::uuid, alias, key_id FROM unnest($2::text[], $3::uuid[]) AS named (alias, key_id)
     ON CONFLICT DO NOTHING`,
    [tenantId, aliases.map(({ alias }) => alias), aliases.map(({ keyId }) => keyId)],
  );
}

/** Gives each of these keys the aliases of all of them. */
export async function shareAliases(
  transaction: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO person_alias (tenant_id, alias, key_id)
     SELECT known.tenant_id, known.alias, one.id
     FROM (SELECT DISTINCT tenant_id, alias FROM person_alias WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[])) AS known
     CROSS JOIN (SELECT DISTINCT id FROM unnest($2::uuid[]) AS id) AS one ON CONFLICT DO NOTHING`,
    [tenantId, keyIds],
  );
}

/** Keys among these that are found by one of these aliases are found no more: who is named so from now on gets another one. */
export async function retireKeys(
  transaction: Transaction,
  tenantId: string,
  keyIds: readonly string[],
  aliases: readonly string[],
): Promise<void> {
  await transaction.execute(
    `UPDATE person_key SET person_id = gen_random_uuid()::text
     WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND person_id = ANY ($3::text[])`,
    [tenantId, keyIds, aliases],
  );
}

/** The wrapped keys with these ids, which stand in stored contacts; erased ones are left out, and what is no id names none. */
export async function findKeys(
  transaction: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Pick<PersonKeyRow, 'id' | 'wrapped_key'>[]> {
  return transaction.query(
    `SELECT id, wrapped_key FROM person_key
     WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND erased_at IS NULL`,
    [tenantId, ids.filter(isUuid)],
  );
}

/** Keys of those who were ever called by one of these aliases. */
export async function findKeysOfAliases(
  transaction: Transaction,
  tenantId: string,
  aliases: readonly string[],
): Promise<readonly string[]> {
  if (aliases.length === 0) return [];
  const rows = await transaction.query<{ key_id: string }>(
    'SELECT DISTINCT key_id FROM person_alias WHERE tenant_id = $1 AND alias = ANY ($2::text[]) ORDER BY key_id',
    [tenantId, aliases],
  );
  return rows.map(({ key_id: id }) => id);
}

/** Destroys the keys of everybody who was ever called by this alias, and every name they had. Gives the ids of the keys. */
export async function eraseByAlias(
  transaction: Transaction,
  tenantId: string,
  alias: string,
): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    `UPDATE person_key SET wrapped_key = NULL, person_id = NULL, erased_at = now()
     WHERE tenant_id = $1 AND erased_at IS NULL
       AND id IN (SELECT key_id FROM person_alias WHERE tenant_id = $1 AND alias = $2)
     RETURNING id`,
    [tenantId, alias],
  );
  const ids = rows.map((row) => row.id);
  await transaction.execute(
    'DELETE FROM person_alias WHERE tenant_id = $1 AND key_id = ANY($2::uuid[])',
    [tenantId, ids],
  );
  return ids;
}
