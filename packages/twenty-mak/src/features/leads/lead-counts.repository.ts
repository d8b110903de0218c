import type { Transaction } from '../../platform/database/index.ts';

/** How many leads stand in each status, as far as the transaction may see them. */
export async function leadsByStatus(
  tx: Transaction,
  tenantId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ status: string; leads: number }>(
    'SELECT status, count(*) AS leads FROM lead WHERE tenant_id = $1 AND merged_into IS NULL GROUP BY status',
    [tenantId],
  );
  return new Map(rows.map(({ status, leads }) => [status, leads]));
}
