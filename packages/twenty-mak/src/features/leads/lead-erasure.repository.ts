import type { Transaction } from '../../platform/database/index.ts';
import { tellOfLeads } from './lead-records.repository.ts';

/** Leads whose contacts these keys seal. */
export async function leadsOfKeys(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT lead_id AS id FROM lead_contact WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[]) ORDER BY 1',
    [tenantId, keyIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * Of erased people a lead keeps where it was and what became of it, and nothing that anybody wrote. Who is erased has said
 * no: nobody offers such a lead or makes a deal of it. Says whether one of them is on auction all the same.
 */
export async function eraseLeadsOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE lead_contact SET attributes = '{}' WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[])
     RETURNING lead_id AS id`,
    [tenantId, keyIds],
  );
  if (rows.length === 0) return false;
  const ids = rows.map(({ id }) => id);
  const OWN = 'tenant_id = $1 AND lead_id = ANY ($2::uuid[])';
  for (const table of ['lead_key', 'lead_block', 'lead_comment'])
    await tx.execute(`DELETE FROM ${table} WHERE ${OWN}`, [tenantId, ids]);
  await tx.execute(`UPDATE lead_status_change SET reason = NULL WHERE ${OWN}`, [tenantId, ids]);
  await tx.execute(`UPDATE lead_consent SET evidence = '—' WHERE ${OWN}`, [tenantId, ids]);
  await tx.execute(
    `DELETE FROM lead_duplicate WHERE tenant_id = $1 AND (lead_id = ANY ($2::uuid[]) OR other_id = ANY ($2::uuid[]))`,
    [tenantId, ids],
  );
  const erased = await tx.query<{ kind: string }>(
    `UPDATE lead SET title = NULL, duplicate = false, unlisted = false, compare_at = NULL, version = version + 1,
       consent = CASE consent WHEN 'refused' THEN consent ELSE 'withdrawn' END,
       consent_at = CASE consent WHEN 'refused' THEN consent_at ELSE date_trunc('milliseconds', now()) END,
       updated_at = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) RETURNING kind`,
    [tenantId, ids],
  );
  await tx.execute(
    `INSERT INTO lead_consent (id, tenant_id, lead_id, answer, at, evidence, recorded_by, recorded_at)
     SELECT gen_random_uuid(), $1, id, consent, consent_at, '—', 'erasure', now() FROM lead
     WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND consent = 'withdrawn' AND consent_at = date_trunc('milliseconds', now())`,
    [tenantId, ids],
  );
  tellOfLeads(tx, tenantId, ids);
  return erased.some(({ kind }) => kind === 'auction');
}
