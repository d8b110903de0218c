import { setTimeout as sleep } from 'node:timers/promises';
import { URGENCIES } from 'twenty-mak-domain';
import { textArray } from '../../platform/database/array-literal.ts';
import type { Database } from '../../platform/database/index.ts';
import { ONE_MORE_REASON } from '../../platform/records/index.ts';
import type { NamedRecords } from './connector.ts';
import type { SyncEngine } from './engine.ts';
import { LANES, RemoteFailure } from './ports.ts';
import type { Lane, SyncedEntity } from './ports.ts';
import type { SyncPlace } from './sync.doorbell.ts';

/** Milliseconds between two looks at what another process works on, and how many looks there are. */
const SOON = 100;
const LOOKS = 20;

interface Crew {
  readonly database: Database;
  readonly place: SyncPlace;
  readonly lane: Lane;
  readonly engine: SyncEngine;
}

/**
 * Brings records over that others refer to and that are not linked yet. They wait like all others and are worked on at once;
 * one that could not be made before is not tried again. Rejects with a `RemoteFailure` while somebody else has one of them.
 */
export async function bringOver(
  { database, place, lane, engine }: Crew,
  entity: SyncedEntity,
  named: NamedRecords,
): Promise<void> {
  const side = 'localIds' in named ? 'local' : 'remote';
  const ids = 'localIds' in named ? named.localIds : named.remoteIds;
  if (ids.length === 0) return;
  await wait(database, place, lane, entity.name, side, ids);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (!(await isAnyWaiting(database, place, entity.name, side, ids))) return;
    if ((await engine.pass({ ...entity, after: [] }, lane)) > 0) looks = 0;
    else await sleep(SOON);
  }
  throw new RemoteFailure('unavailable', `Somebody else works on a ${entity.name}.`, SOON);
}

/** A dead letter stays one, and in a dry run what was looked at: they live again when their records change. */
async function wait(
  database: Database,
  { tenantId, connector }: SyncPlace,
  lane: Lane,
  entity: string,
  side: 'local' | 'remote',
  ids: readonly string[],
): Promise<void> {
  await database.within({ tenantId }, (tx) =>
    tx.execute(
      `INSERT INTO sync_pending AS p (tenant_id, connector, entity, key, local_id, remote_id, urgency, mak_heard_at,
         remote_heard_at, remote_touched, due_at, since)
       SELECT $1, $2, $3, named.key, CASE $4 WHEN 'local' THEN named.id END, CASE $4 WHEN 'remote' THEN named.id END, $5,
         '{}', '{}', $4 = 'remote', now(), now()
       FROM (SELECT DISTINCT id, CASE $4 WHEN 'local' THEN id ELSE 'remote:' || id END AS key FROM unnest($6::text[]) AS id) AS named
       WHERE NOT EXISTS (SELECT FROM sync_pending dead WHERE dead.tenant_id = $1 AND dead.connector = $2 AND dead.entity = $3
         AND dead.key = named.key AND (dead.dead_at IS NOT NULL OR dead.due_at = 'infinity'))
       ORDER BY named.key
       ${ONE_MORE_REASON}`,
      [tenantId, connector, entity, side, URGENCIES.indexOf(LANES[lane][0]), textArray(ids)],
    ),
  );
}

/** Whether any of them is not linked and may become so. */
async function isAnyWaiting(
  database: Database,
  { tenantId, connector }: SyncPlace,
  entity: string,
  side: 'local' | 'remote',
  ids: readonly string[],
): Promise<boolean> {
  const found = await database.within({ tenantId }, (tx) =>
    tx.query(
      `SELECT FROM sync_pending p
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND dead_at IS NULL AND due_at < 'infinity'
         AND p.${side}_id = ANY ($4::text[])
         AND NOT EXISTS (SELECT FROM sync_link l WHERE l.tenant_id = $1 AND l.connector = $2 AND l.entity = $3
           AND l.${side}_id = p.${side}_id)
       LIMIT 1`,
      [tenantId, connector, entity, ids],
    ),
  );
  return found.length > 0;
}
