import type { Transaction } from '../../platform/database/index.ts';

/** Of erased people a lead keeps where it was and what became of it, and nothing that anybody wrote. */
export async function eraseLeadsOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE lead_contact SET attributes = '{}' WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[])
     RETURNING lead_id AS id`,
    [tenantId, keyIds],
  );
  if (rows.length === 0) return;
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
  await tx.execute(
    `UPDATE lead SET title = NULL, duplicate = false, unlisted = false, compare_at = NULL, version = version + 1,
       updated_at = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
    [tenantId, ids],
  );
}
