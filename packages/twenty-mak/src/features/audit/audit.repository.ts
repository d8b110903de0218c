import type { Transaction } from '../../platform/database/index.ts';

export interface AuditRow {
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string | null;
  readonly detail: Record<string, unknown>;
}

export interface AuditFilter {
  readonly entity?: string | undefined;
  readonly entity_id?: string | undefined;
  readonly actor_id?: string | undefined;
  readonly action?: string | undefined;
  readonly since?: number | undefined;
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
    `SELECT id, at, actor_kind, actor_id, action, entity, entity_id, detail FROM audit_entry
     WHERE tenant_id = $1 AND ($2::text IS NULL OR entity = $2) AND ($3::text IS NULL OR entity_id = $3)
       AND ($4::text IS NULL OR actor_id = $4) AND ($5::text IS NULL OR action = $5)
       AND ($6::float8 IS NULL OR at >= to_timestamp($6 / 1000))
       AND ($7::float8 IS NULL OR (at, id) < (to_timestamp($7 / 1000), $8::uuid))
     ORDER BY at DESC, id DESC LIMIT $9`,
    [
      tenantId,
      filter.entity ?? null,
      filter.entity_id ?? null,
      filter.actor_id ?? null,
      filter.action ?? null,
      filter.since ?? null,
      before?.[0] ?? null,
      before?.[1] ?? null,
      limit,
    ],
  );
}
