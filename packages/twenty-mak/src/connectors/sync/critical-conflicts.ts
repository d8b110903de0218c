import type { Conflict } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { adminsOf, notify } from '../../platform/notifications/index.ts';
import type { Place } from './place.ts';
import type { WorkDone } from './ports.ts';

/** Conflicts that a person is told of. One that is not settled yet comes up again with the next attempt. */
export function criticalConflicts(done: WorkDone): readonly Conflict[] {
  const { conflicts, outcome, wrote } = done;
  if (outcome === 'parked') return [];
  return conflicts.filter(
    ({ critical, field, winner }) =>
      critical && (outcome !== 'again' || field in wrote[winner === 'mak' ? 'remote' : 'mak']),
  );
}

/** Tells the admins of the tenant. The journal has both versions; here are ids and names of fields only. */
export async function tellAdmins(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  done: readonly WorkDone[],
): Promise<void> {
  const told = done.flatMap((one) => criticalConflicts(one).map((conflict) => ({ one, conflict })));
  if (told.length === 0) return;
  const admins = await adminsOf(tx, tenantId);
  await notify(
    tx,
    tenantId,
    told.flatMap(({ one: { localId }, conflict: { field, winner } }) =>
      admins.map((accountId) => ({
        accountId,
        kind: 'sync.conflict',
        dealId: entity === 'deal' ? localId : null,
        data: { connector, entity, local_id: localId, field, winner },
      })),
    ),
  );
}
