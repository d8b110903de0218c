import type { Transaction } from '../../platform/database/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import type { ImportRow } from './imports.repository.ts';

/** Tells the person who has begun an import that it has ended. A program looks for itself. */
export async function tellEnded(
  tx: Transaction,
  tenantId: string,
  { id, target, started_by: startedBy, status, counts }: ImportRow,
): Promise<void> {
  if (startedBy?.kind !== 'account') return;
  const { created = 0, warned = 0, merged = 0, rejected = 0 } = counts ?? {};
  await notify(tx, tenantId, [
    {
      accountId: startedBy.id,
      kind: `${target}_import.${status === 'done' ? 'done' : 'failed'}`,
      dealId: null,
      data: { import_id: id, taken: created + warned + merged, rejected },
    },
  ]);
}
