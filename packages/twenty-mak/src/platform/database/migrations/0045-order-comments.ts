import type { MigrationInterface, QueryRunner } from 'typeorm';

const READ = [
  'client',
  'client_contact',
  'client_key',
  'person_key',
  'sales_order',
  'sync_conflict',
  'sync_journal',
] as const;

/**
 * What buyers wrote stands in no journal from now on, and goes with who is erased: what stood there before is put right by
 * that. Safe to run again.
 */
export class OrderComments1700000000045 implements MigrationInterface {
  readonly name = 'OrderComments1700000000045';

  async up(runner: QueryRunner): Promise<void> {
    // The owner's own statements see no rows while row-level security is forced.
    for (const table of READ)
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    for (const sql of [WRITTEN, CONFLICTS, FORESEEN, DECIDED, ERASED]) await runner.query(sql);
    for (const table of READ) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  async down(): Promise<void> {
    // What is gone is gone.
  }
}

const HIDDEN = `'"•••"'::jsonb`;
const OWN = `connector = 'keycrm' AND entity = 'order'`;

const hidden = (value: string): string =>
  `CASE WHEN jsonb_typeof(${value}) = 'string' THEN ${HIDDEN} ELSE ${value} END`;

const WRITTEN = `
UPDATE sync_journal SET detail = jsonb_set(detail, '{comment}', ${HIDDEN})
WHERE ${OWN} AND kind IN ('to_mak', 'to_remote') AND jsonb_typeof(detail -> 'comment') = 'string'`;

const CONFLICTS = `
UPDATE sync_journal SET detail = detail || jsonb_build_object(
  'mak', ${hidden("detail -> 'mak'")}, 'remote', ${hidden("detail -> 'remote'")})
WHERE ${OWN} AND kind = 'conflict' AND detail ->> 'field' = 'comment'`;

/** It tells what would be, and is told anew when the dry run goes on. */
const FORESEEN = `
DELETE FROM sync_journal WHERE ${OWN} AND kind = 'would_write' AND detail::text LIKE '%"comment"%'`;

const DECIDED = `
UPDATE sync_conflict SET mak = ${hidden('mak')}, remote = ${hidden('remote')}
WHERE ${OWN} AND field = 'comment'`;

/** As `eraseOrdersOf` does it; connectors find the difference at night. */
const ERASED = `
UPDATE sales_order o SET comment = NULL, version = o.version + 1, updated_at = now(),
  payments = (SELECT coalesce(jsonb_agg(payment || '{"description": null}' ORDER BY place), '[]')
    FROM jsonb_array_elements(o.payments) WITH ORDINALITY AS paid (payment, place))
WHERE (o.comment IS NOT NULL OR jsonb_path_exists(o.payments, '$[*].description ? (@ != null)')) AND EXISTS (
  SELECT FROM client_key k JOIN client c ON c.tenant_id = k.tenant_id AND c.id = k.client_id
  JOIN client_contact cc ON cc.tenant_id = c.tenant_id AND cc.client_id = c.id
  JOIN person_key p ON p.tenant_id = cc.tenant_id AND p.id = cc.key_id AND p.erased_at IS NOT NULL
  WHERE k.tenant_id = o.tenant_id AND k.key = o.client_id AND (c.kind = 'person' OR NOT EXISTS (
    SELECT FROM client_contact other WHERE other.tenant_id = cc.tenant_id AND other.client_id = cc.client_id
      AND (other.seq, other.id) < (cc.seq, cc.id))))`;
