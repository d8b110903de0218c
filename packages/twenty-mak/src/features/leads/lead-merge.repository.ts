import type { Transaction } from '../../platform/database/index.ts';
import { relink } from '../../platform/records/index.ts';
import { tellOfLeads } from './lead-records.repository.ts';

/** Leads with who they are; systems that show leads without that show the one that goes as one that went. */
const OFFICE_LEAD = 'office_lead';
const HISTORY = ['lead_status_change', 'lead_origin_change', 'lead_comment', 'lead_consent'];

/** Everything that hangs on a lead that goes hangs on the one that stays, from now on. */
export async function absorb(
  tx: Transaction,
  tenantId: string,
  goes: string,
  stays: string,
  by: string,
): Promise<void> {
  const move = (table: string): Promise<number> =>
    tx.execute(`UPDATE ${table} SET lead_id = $3 WHERE tenant_id = $1 AND lead_id = $2`, [
      tenantId,
      goes,
      stays,
    ]);
  for (const table of ['lead_ref', ...HISTORY]) await move(table);
  for (const table of ['lead_contact', 'lead_key', 'lead_block'])
    await tx.execute(`DELETE FROM ${table} WHERE tenant_id = $1 AND lead_id = $2`, [
      tenantId,
      goes,
    ]);
  await tx.execute(
    `UPDATE lead SET merged_into = $3, duplicate = false, unlisted = false, compare_at = NULL, title = NULL,
       version = version + 1, updated_at = now() WHERE tenant_id = $1 AND id = $2`,
    [tenantId, goes, stays],
  );
  // Else there would be a record there that is nobody's, and another one of the lead that stays.
  await relink(tx, tenantId, OFFICE_LEAD, goes, stays);
  // Both in one statement, because what waits has to be locked in its order.
  tellOfLeads(tx, tenantId, [goes, stays]);
  await tx.execute(
    `UPDATE lead_duplicate SET decision = 'merged', decided_at = now(), decided_by = $4
     WHERE tenant_id = $1 AND decision IS NULL AND $2 IN (lead_id, other_id) AND $3 IN (lead_id, other_id)`,
    [tenantId, goes, stays, by],
  );
  // Who looked like the one that goes looks like the one that stays; what was put off stays so.
  await tx.execute(
    `INSERT INTO lead_duplicate (tenant_id, lead_id, other_id, way, score, found_at, later, decided_at, decided_by)
     SELECT tenant_id, least(other, $3::uuid), greatest(other, $3::uuid), way, score, found_at, later, decided_at, decided_by
     FROM (SELECT *, CASE lead_id WHEN $2 THEN other_id ELSE lead_id END AS other FROM lead_duplicate
           WHERE tenant_id = $1 AND decision IS NULL AND $2 IN (lead_id, other_id)) AS pairs
     WHERE other <> $3::uuid ON CONFLICT DO NOTHING`,
    [tenantId, goes, stays],
  );
  await tx.execute(
    'DELETE FROM lead_duplicate WHERE tenant_id = $1 AND decision IS NULL AND $2 IN (lead_id, other_id)',
    [tenantId, goes],
  );
}

/** Leads that looked like this one. */
export async function alikeTo(
  tx: Transaction,
  tenantId: string,
  leadId: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT CASE lead_id WHEN $2 THEN other_id ELSE lead_id END AS id FROM lead_duplicate
     WHERE tenant_id = $1 AND $2 IN (lead_id, other_id)`,
    [tenantId, leadId],
  );
  return rows.map(({ id }) => id);
}
