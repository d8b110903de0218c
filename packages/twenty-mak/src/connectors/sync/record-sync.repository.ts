import type { Transaction } from '../../platform/database/index.ts';

export interface RecordSyncRow {
  readonly id: string;
  /** The record that the state is of; null when there is none that could be in the other system. */
  readonly entity: string | null;
  readonly record_id: string | null;
  readonly connector: string;
  readonly remote_id: string | null;
  readonly state: 'synced' | 'pending' | 'error' | 'apart';
  /** Code of the refusal. */
  readonly error: string | null;
  /** Milliseconds. */
  readonly last_synced_at: number | null;
}

const ERROR = "coalesce(p.refusal ->> 'code', l.refusal ->> 'code')";
const STATE = `CASE WHEN p.dead_at IS NOT NULL THEN 'error'
  WHEN p.key IS NOT NULL OR l.status = 'pending' THEN 'pending'
  ELSE coalesce(l.status, 'apart') END`;

/** How records of a kind are with each connector that keeps the kind equal, in the order of the ids. */
export async function findRecordSync(
  tx: Transaction,
  tenantId: string,
  entity: string,
  ids: readonly string[],
): Promise<RecordSyncRow[]> {
  return tx.query<RecordSyncRow>(
    `SELECT r.id, $2 AS entity, r.id AS record_id, c.connector, l.remote_id, l.last_synced_at, ${ERROR} AS error, ${STATE} AS state
     FROM unnest($3::text[]) WITH ORDINALITY AS r (id, place)
     JOIN sync_connector c ON c.tenant_id = $1 AND $2 = ANY (c.entities)
     LEFT JOIN sync_link l ON l.tenant_id = $1 AND l.connector = c.connector AND l.entity = $2 AND l.local_id = r.id
     LEFT JOIN sync_pending p ON p.tenant_id = $1 AND p.connector = c.connector AND p.entity = $2 AND p.key = r.id
     ORDER BY r.place, c.connector`,
    [tenantId, entity, ids],
  );
}

/**
 * How clients are with each connector that keeps companies or contacts equal: a client is in the other system as its company,
 * its contacts or both, and the one that needs a look first speaks for it.
 */
export async function findClientSync(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<RecordSyncRow[]> {
  return tx.query<RecordSyncRow>(
    `SELECT one.id, one.connector, string_agg(one.remote_id, ', ' ORDER BY one.seat) AS remote_id,
       max(one.last_synced_at) AS last_synced_at, ${firstOf('entity')}, ${firstOf('record_id')}, ${firstOf('error')},
       ${firstOf('state')}
     FROM (
       SELECT r.place, r.id, c.connector, part.seat, part.entity, part.record_id, l.remote_id, l.last_synced_at,
         ${ERROR} AS error, ${STATE} AS state
       FROM unnest($2::uuid[]) WITH ORDINALITY AS r (id, place)
       JOIN client ON client.tenant_id = $1 AND client.id = r.id
       JOIN sync_connector c ON c.tenant_id = $1 AND c.entities && '{company,contact}'
       LEFT JOIN LATERAL (
         SELECT 'company' AS entity, client.id::text AS record_id, -1 AS seat WHERE client.kind = 'company'
         UNION ALL SELECT 'contact', cc.id::text, cc.seq FROM client_contact cc
         WHERE cc.tenant_id = $1 AND cc.client_id = client.id
       ) AS part ON part.entity = ANY (c.entities)
       LEFT JOIN sync_link l ON l.tenant_id = $1 AND l.connector = c.connector AND l.entity = part.entity
         AND l.local_id = part.record_id
       LEFT JOIN sync_pending p ON p.tenant_id = $1 AND p.connector = c.connector AND p.entity = part.entity
         AND p.key = part.record_id
     ) AS one
     GROUP BY one.place, one.id, one.connector ORDER BY one.place, one.connector`,
    [tenantId, ids],
  );
}

function firstOf(column: string): string {
  const urgent = "array_position('{error,pending,synced,apart}'::text[], one.state)";
  return `(array_agg(one.${column} ORDER BY ${urgent}, one.seat))[1] AS ${column}`;
}
