import { textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { adminsOf, notify } from '../../platform/notifications/index.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import type { WorkDone } from './ports.ts';
import type { SyncPlace } from './sync.doorbell.ts';

const STOPPED = 'sync.stopped';
const DEAD_LETTER = 'sync.dead_letter';

/** An address may name a person, and neither notifications nor logs name anybody. */
const ADDRESS = /[^\s@]+@[^\s@]+/gu;
/** Letters of a reason; the page of the connector has all of it. */
const LONGEST = 300;

/** What another system says, without the addresses in it. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(ADDRESS, '•••');
}

/** Tells the admins of the tenant that the other system turns a connector away. */
export async function tellOfStop(
  tx: Transaction,
  { tenantId, connector }: SyncPlace,
  reason: string,
): Promise<void> {
  const data = { connector, reason: withoutAddresses(reason).slice(0, LONGEST) };
  await notify(
    tx,
    tenantId,
    (await adminsOf(tx, tenantId)).map((accountId) => ({
      accountId,
      kind: STOPPED,
      dealId: null,
      data,
    })),
  );
}

/**
 * Tells the admins that a record cannot be made on the other side: of the first one only, while there are no others, and not
 * whom an earlier notice still waits for. The caller has written what died, and locks nothing more.
 */
export async function tellOfDeadLetters(
  tx: Transaction,
  place: Place,
  dead: readonly WorkDone[],
): Promise<void> {
  if (dead.length === 0 || (await areOthers(tx, place, dead))) return;
  const { tenantId, connector } = place;
  // Two who find their first ones at the same time come one after the other, and the second one sees what the first one wrote.
  await tx.execute(
    "SELECT pg_advisory_xact_lock(hashtextextended('sync dead letters ' || $1 || ' ' || $2, 0))",
    [tenantId, connector],
  );
  if (await areOthers(tx, place, dead)) return;
  const waiting = await tx.query<{ id: string }>(
    `SELECT account_id AS id FROM notification
     WHERE tenant_id = $1 AND read_at IS NULL AND kind = $2 AND data ->> 'connector' = $3`,
    [tenantId, DEAD_LETTER, connector],
  );
  const told = new Set(waiting.map(({ id }) => id));
  const admins = (await adminsOf(tx, tenantId)).filter((id) => !told.has(id));
  const data = { connector };
  await notify(
    tx,
    tenantId,
    admins.map((accountId) => ({ accountId, kind: DEAD_LETTER, dealId: null, data })),
  );
}

/** Whether the connector has dead letters besides these. */
async function areOthers(
  tx: Transaction,
  place: Place,
  dead: readonly WorkDone[],
): Promise<boolean> {
  const [others] = await tx.query(
    `SELECT FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND dead_at IS NOT NULL
       AND (entity <> $3 OR key <> ALL ($4::text[])) LIMIT 1`,
    [...placeValues(place), textArray(dead.map(({ work }) => work.key))],
  );
  return others !== undefined;
}
