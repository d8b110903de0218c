import type { Conflict } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { adminsOf, notify } from '../../platform/notifications/index.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import type { WorkDone } from './ports.ts';

interface Told {
  readonly done: WorkDone;
  readonly conflict: Conflict;
}

/**
 * Conflicts that a person is told of. One that is not settled yet comes up again with the next attempt; one whose winner the
 * other side refused does not, for the difference is agreed on.
 */
export function criticalConflicts(done: WorkDone): readonly Conflict[] {
  const { conflicts, outcome, wrote, refusal } = done;
  if (outcome === 'parked') return [];
  return conflicts.filter(({ critical, field, winner }) => {
    const loser = winner === 'mak' ? 'remote' : 'mak';
    return critical && (outcome !== 'again' || field in wrote[loser] || refusal?.field === field);
  });
}

/** Keeps them with both versions, for a person to decide, and tells the admins of the tenant. */
export async function keepCriticalConflicts(
  tx: Transaction,
  place: Place,
  done: readonly WorkDone[],
): Promise<void> {
  const told = done.flatMap((one) =>
    criticalConflicts(one).map((conflict): Told => ({ done: one, conflict })),
  );
  if (told.length === 0) return;
  keep(tx, place, told);
  await tellAdmins(tx, place, told);
}

function keep(tx: Transaction, place: Place, told: readonly Told[]): void {
  const linked = told.filter(({ done }) => done.localId !== null && done.remoteId !== null);
  if (linked.length === 0) return;
  tx.send(
    `INSERT INTO sync_conflict (tenant_id, connector, entity, id, local_id, remote_id, field, mak, remote, winner, agreed)
     SELECT $1, $2, $3, * FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::jsonb[])`,
    [
      ...placeValues(place),
      plainArray(linked.map(() => uuidv7())),
      textArray(linked.map(({ done }) => done.localId)),
      textArray(linked.map(({ done }) => done.remoteId)),
      textArray(linked.map(({ conflict }) => conflict.field)),
      jsonArray(linked.map(({ conflict }) => JSON.stringify(conflict.mak))),
      jsonArray(linked.map(({ conflict }) => JSON.stringify(conflict.remote))),
      textArray(linked.map(({ conflict }) => conflict.winner)),
      jsonArray(
        linked.map(({ done, conflict }) => JSON.stringify(done.agreed[conflict.field] ?? {})),
      ),
    ],
  );
}

/** Ids and names of fields only: the versions stay where they are guarded. */
async function tellAdmins(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  told: readonly Told[],
): Promise<void> {
  const admins = await adminsOf(tx, tenantId);
  await notify(
    tx,
    tenantId,
    told.flatMap(({ done: { localId }, conflict: { field, winner } }) =>
      admins.map((accountId) => ({
        accountId,
        kind: 'sync.conflict',
        dealId: entity === 'deal' ? localId : null,
        data: { connector, entity, local_id: localId, field, winner },
      })),
    ),
  );
}
