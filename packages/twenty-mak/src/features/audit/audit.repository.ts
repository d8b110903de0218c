import type { Transaction } from '../../platform/database/index.ts';

export interface AuditRow {
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_id: string;
  /** Of the account or API client as it is called now; null for others. */
  readonly actor_name: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string | null;
  /** Of an account, API client, CRM client or deal as it is called now. */
  readonly entity_name: string | null;
  readonly detail: Record<string, unknown>;
}

export interface AuditFilter {
  readonly entity?: string | undefined;
  readonly entity_id?: string | undefined;
  readonly actor_id?: string | undefined;
  readonly action?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Tables with the names of what an entry speaks of. */
const ACTORS = { account: 'account', client: 'api_client' } as const;
const ENTITIES = {
  account: 'account',
  api_client: 'api_client',
  client: 'client',
  deal: 'deal',
} as const;

/** SQL of the present name of the row that `kind` and `id` point to; the columns are ours, never a caller's text. */
function nameOf(kind: string, id: string, tables: Readonly<Record<string, string>>): string {
  const cases = Object.entries(tables).map(
    ([value, table]) =>
      `WHEN '${value}' THEN (SELECT one.name FROM ${table} one WHERE one.tenant_id = $1 AND one.id = ${id}::uuid)`,
  );
  return `CASE ${kind} ${cases.join(' ')} END`;
}

/** Newest first, older than `before`. */
export async function listAudit(
  transaction: Transaction,
  tenantId: string,
  filter: AuditFilter,
  before: readonly [at: number, id: string] | null,
  limit: number,
): Promise<AuditRow[]> {
  return transaction.query<AuditRow>(
    `WITH page AS MATERIALIZED (
     SELECT id, at, actor_kind, actor_id, action, entity, entity_id, detail FROM audit_entry
     WHERE tenant_id = $1 AND ($2::text IS NULL OR entity = $2) AND ($3::text IS NULL OR entity_id = $3)
       AND ($4::text IS NULL OR actor_id = $4) AND ($5::text IS NULL OR action = $5)
       AND ($6::float8 IS NULL OR at >= to_timestamp($6 / 1000))
       AND ($7::float8 IS NULL OR at < to_timestamp($7 / 1000))
       AND ($8::float8 IS NULL OR (at, id) < (to_timestamp($8 / 1000), $9::uuid))
     ORDER BY at DESC, id DESC LIMIT $10)
     SELECT page.*, ${nameOf('page.actor_kind', 'page.actor_id', ACTORS)} AS actor_name,
       ${nameOf('page.entity', 'page.entity_id', ENTITIES)} AS entity_name
     FROM page ORDER BY at DESC, id DESC`,
    [
      tenantId,
      filter.entity ?? null,
      filter.entity_id ?? null,
      filter.actor_id ?? null,
      filter.action ?? null,
      filter.since ?? null,
      filter.until ?? null,
      before?.[0] ?? null,
      before?.[1] ?? null,
      limit,
    ],
  );
}
