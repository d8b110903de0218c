import { URGENCIES } from 'twenty-mak-domain';
import { textArray } from '../../platform/database/array-literal.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { ONE_MORE_REASON } from '../../platform/records/index.ts';
import type { RecordSources } from '../../platform/records/index.ts';
import type { ConnectorRow, Resync } from './connector-settings.ts';
import type { Place } from './place.ts';

/** Records that one transaction makes wait. */
const PAGE = 500;

/**
 * Begins to compare everything anew: MaK's records wait, page by page, and the other system is asked for all of its own.
 * The caller holds the tenant's turn (`lockTenant`), so that no change slips between what is listed and what is fed.
 */
export async function beginResync(
  tx: Transaction,
  { tenantId, connector }: Omit<Place, 'entity'>,
  entities: readonly string[],
): Promise<void> {
  await tx.execute('DELETE FROM sync_cursor WHERE tenant_id = $1 AND connector = $2', [
    tenantId,
    connector,
  ]);
  await tx.execute(
    `UPDATE sync_connector SET poll_at = now(), poll_from = NULL,
       resync = jsonb_build_object('startedAt', (extract(epoch FROM now()) * 1000)::bigint,
         'entity', $3::text, 'after', NULL, 'marked', 0, 'listed', $3::text IS NULL, 'found', 0, 'foundAll', false)
     WHERE tenant_id = $1 AND connector = $2`,
    [tenantId, connector, entities[0] ?? null],
  );
}

/** Makes the next page of MaK's records wait; gives whether there is more to list. */
export async function continueResync(
  database: Database,
  sources: RecordSources,
  place: Omit<Place, 'entity'>,
  { entities, whole }: Pick<ConnectorRow, 'entities' | 'whole'>,
  resync: Resync,
): Promise<boolean> {
  const { tenantId, connector } = place;
  const { entity, after } = resync;
  const ids = entities.includes(entity)
    ? await sources.of(entity).list(tenantId, after, PAGE, whole.includes(entity))
    : [];
  const last = ids.at(-1);
  const next = ids.length === PAGE ? entity : entities[entities.indexOf(entity) + 1];
  const progress = {
    ...resync,
    entity: next ?? entity,
    after: next === entity ? (last ?? null) : null,
    marked: resync.marked + ids.length,
    listed: next === undefined,
  };
  await database.within({ tenantId }, async (tx) => {
    // Another process may have listed the same page, or somebody began anew: then theirs holds.
    const isOurs = await tx.execute(
      'UPDATE sync_connector SET resync = $3 WHERE tenant_id = $1 AND connector = $2 AND resync = $4',
      [tenantId, connector, JSON.stringify(progress), JSON.stringify(resync)],
    );
    if (isOurs > 0) markForResync(tx, { ...place, entity }, ids);
  });
  return !progress.listed;
}

/** Both sides have to be read, whatever is agreed on. */
function markForResync(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  ids: readonly string[],
): void {
  if (ids.length === 0) return;
  tx.send(
    `INSERT INTO sync_pending AS p (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at,
       remote_touched, due_at, since)
     SELECT $1, $2, $3, id, id, $4, '{}', '{}', true, now(), now() FROM unnest($5::text[]) AS id ORDER BY id
     ${ONE_MORE_REASON}`,
    [tenantId, connector, entity, URGENCIES.indexOf('backfill'), textArray(ids)],
  );
}
