import type { Transaction } from '../../platform/database/index.ts';
import { countWhere, placed } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';

export const CLIENT_KINDS = ['company', 'person'] as const;
export const CLIENT_SORTS = ['name', 'created_at', 'updated_at'] as const;
type SortField = (typeof CLIENT_SORTS)[number];

/** Instants are milliseconds. */
export interface ClientRow {
  readonly id: string;
  readonly kind: (typeof CLIENT_KINDS)[number];
  readonly name: string;
  readonly industry: string | null;
  readonly size: string | null;
  readonly budget_band: string | null;
  readonly client_type: string | null;
  readonly source: string | null;
  readonly segments: string[];
  readonly key_account: boolean;
  readonly owner_id: string | null;
  readonly external_refs: { system: string; id: string }[];
  readonly attributes: Record<string, unknown>;
  readonly archived_at: number | null;
  /** The client that it has become one with. */
  readonly merged_into: string | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** What of a client can be written. */
export type ClientFields = Omit<
  ClientRow,
  'id' | 'archived_at' | 'merged_into' | 'version' | 'created_at' | 'updated_at'
>;

export interface ClientFilter {
  /** Part of the name. */
  readonly text?: string | undefined;
  readonly kind?: string | undefined;
  readonly industry?: string | undefined;
  readonly size?: string | undefined;
  readonly budget_band?: string | undefined;
  readonly client_type?: string | undefined;
  readonly source?: string | undefined;
  readonly segment?: string | undefined;
  readonly key_account?: boolean | undefined;
  readonly owner?: string | undefined;
  readonly archived: boolean;
}

export interface ClientSort {
  readonly field: SortField;
  readonly descending: boolean;
}

export interface ClientPosition {
  readonly value: string | number;
  readonly id: string;
}

export const CLIENT_COLUMNS = [
  ...['id', 'kind', 'name', 'industry', 'size', 'budget_band', 'client_type', 'source', 'segments'],
  ...['key_account', 'owner_id', 'external_refs', 'attributes'],
  ...['archived_at', 'merged_into', 'version', 'created_at', 'updated_at'],
]
  .map((column) => `c.${column}`)
  .join(', ');

const ONE = 'c.tenant_id = $1 AND c.id = $2';

/** `lock` holds the client until the transaction ends. */
export async function findClient(
  tx: Transaction,
  tenantId: string,
  id: string,
  lock = false,
): Promise<ClientRow | undefined> {
  const [row] = await tx.query<ClientRow>(
    `SELECT ${CLIENT_COLUMNS} FROM client c WHERE ${ONE}${lock ? ' FOR UPDATE' : ''}`,
    [tenantId, id],
  );
  return row;
}

/** Clients by what deals call them. */
export async function findByKeys(
  tx: Transaction,
  tenantId: string,
  keys: readonly string[],
): Promise<(ClientRow & { readonly key: string })[]> {
  return tx.query(
    `SELECT k.key, ${CLIENT_COLUMNS} FROM client_key k JOIN client c ON c.id = k.client_id
     WHERE k.tenant_id = $1 AND k.key = ANY ($2::text[])`,
    [tenantId, keys],
  );
}

export async function listClients(
  tx: Transaction,
  tenantId: string,
  filter: ClientFilter,
  where: readonly MakeCondition[],
  { field, descending }: ClientSort,
  after: ClientPosition | null,
  limit: number,
): Promise<ClientRow[]> {
  const direction = descending ? 'DESC' : 'ASC';
  const type = field === 'name' ? 'text' : 'timestamptz';
  const value = typeof after?.value === 'number' ? new Date(after.value) : after?.value;
  const pattern = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
  const values: unknown[] = [
    ...[tenantId, filter.archived, pattern, filter.kind ?? null, filter.industry ?? null],
    ...[filter.size ?? null, filter.budget_band ?? null, filter.client_type ?? null],
    ...[filter.source ?? null, filter.segment ?? null, filter.key_account ?? null],
    ...[filter.owner ?? null, value ?? null, after?.id ?? null, limit],
  ];
  const further = placed(where, values).map((condition) => ` AND ${condition}`);
  return tx.query<ClientRow>(
    `SELECT ${CLIENT_COLUMNS} FROM client c
     WHERE c.tenant_id = $1 AND c.merged_into IS NULL AND (c.archived_at IS NOT NULL) = $2
       AND ($3::text IS NULL OR c.name ILIKE $3) AND ($4::text IS NULL OR c.kind = $4)
       AND ($5::text IS NULL OR c.industry = $5) AND ($6::text IS NULL OR c.size = $6)
       AND ($7::text IS NULL OR c.budget_band = $7) AND ($8::text IS NULL OR c.client_type = $8)
       AND ($9::text IS NULL OR c.source = $9) AND ($10::text IS NULL OR $10 = ANY (c.segments))
       AND ($11::boolean IS NULL OR c.key_account = $11) AND ($12::uuid IS NULL OR c.owner_id = $12)
       AND ($13::${type} IS NULL OR (c.${field}, c.id) ${descending ? '<' : '>'} ($13::${type}, $14::uuid))${further.join('')}
     ORDER BY c.${field} ${direction}, c.id ${direction} LIMIT $15`,
    values,
  );
}

/** How many clients that are not archived fulfil the conditions, counted up to `most`. */
export async function countClients(
  tx: Transaction,
  tenantId: string,
  where: readonly MakeCondition[],
  most: number,
): Promise<number> {
  const from = 'client c WHERE c.tenant_id = $1 AND c.archived_at IS NULL';
  return countWhere(tx, tenantId, from, where, most);
}

export async function insertClient(
  tx: Transaction,
  tenantId: string,
  id: string,
  fields: ClientFields,
): Promise<ClientRow> {
  const [row] = await tx.query<ClientRow>(
    `INSERT INTO client AS c (tenant_id, id, kind, name, industry, size, budget_band, client_type, source, segments,
       key_account, owner_id, external_refs, attributes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING ${CLIENT_COLUMNS}`,
    [tenantId, id, ...valuesOf(fields)],
  );
  return row as ClientRow;
}

export async function updateClient(
  tx: Transaction,
  tenantId: string,
  id: string,
  fields: ClientFields,
): Promise<ClientRow> {
  const [row] = await tx.query<ClientRow>(
    `UPDATE client c SET kind = $3, name = $4, industry = $5, size = $6, budget_band = $7, client_type = $8, source = $9,
       segments = $10, key_account = $11, owner_id = $12, external_refs = $13, attributes = $14,
       version = version + 1, updated_at = now()
     WHERE ${ONE} RETURNING ${CLIENT_COLUMNS}`,
    [tenantId, id, ...valuesOf(fields)],
  );
  return row as ClientRow;
}

export async function setArchived(
  tx: Transaction,
  tenantId: string,
  id: string,
  archived: boolean,
): Promise<ClientRow> {
  const [row] = await tx.query<ClientRow>(
    `UPDATE client c SET archived_at = CASE WHEN $3 THEN now() END, version = version + 1, updated_at = now()
     WHERE ${ONE} RETURNING ${CLIENT_COLUMNS}`,
    [tenantId, id, archived],
  );
  return row as ClientRow;
}

/**
 * Writes by what deals may call the client, besides what they called those that were merged into it. `own` are its alone;
 * of `shared` it gets those that no other client has.
 * Gives the first of `own` that another client has, and that client.
 */
export async function saveKeys(
  tx: Transaction,
  tenantId: string,
  id: string,
  own: readonly string[],
  shared: readonly string[],
): Promise<{ readonly key: string; readonly client_id: string } | undefined> {
  const keys = [...new Set([...own, ...shared])];
  await tx.execute(
    `DELETE FROM client_key WHERE tenant_id = $1 AND client_id = $2 AND key <> ALL ($3::text[])
       AND key NOT IN (SELECT id::text FROM client WHERE tenant_id = $1 AND merged_into = $2)`,
    [tenantId, id, keys],
  );
  await tx.execute(
    `INSERT INTO client_key (tenant_id, key, client_id) SELECT $1, key, $2 FROM unnest($3::text[]) AS key
     ORDER BY key ON CONFLICT DO NOTHING`,
    [tenantId, id, keys],
  );
  const [taken] = await tx.query<{ key: string; client_id: string }>(
    `SELECT key, client_id FROM client_key
     WHERE tenant_id = $1 AND key = ANY ($3::text[]) AND client_id <> $2 ORDER BY key LIMIT 1`,
    [tenantId, id, own],
  );
  return taken;
}

/** Words in use, by column. */
export async function wordsInUse(
  tx: Transaction,
  tenantId: string,
): Promise<{ readonly name: string; readonly words: string[] }[]> {
  const column = (name: string): string =>
    `SELECT '${name}' AS name, array_agg(DISTINCT ${name} ORDER BY ${name}) FILTER (WHERE ${name} IS NOT NULL) AS words
     FROM client WHERE tenant_id = $1 AND archived_at IS NULL`;
  return tx.query(
    `${['industry', 'size', 'budget_band', 'client_type', 'source'].map(column).join(' UNION ALL ')}
     UNION ALL SELECT 'segments', array_agg(DISTINCT segment ORDER BY segment)
     FROM client, unnest(segments) AS segment WHERE tenant_id = $1 AND archived_at IS NULL`,
    [tenantId],
  );
}

function valuesOf(fields: ClientFields): unknown[] {
  return [
    fields.kind,
    fields.name,
    fields.industry,
    fields.size,
    fields.budget_band,
    fields.client_type,
    fields.source,
    fields.segments,
    fields.key_account,
    fields.owner_id,
    JSON.stringify(fields.external_refs),
    JSON.stringify(fields.attributes),
  ];
}
