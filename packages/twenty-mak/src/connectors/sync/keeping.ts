import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import type { WorkDone } from './ports.ts';

/**
 * A value was refused, and both sides still have what they had then: the difference stays, and so does the reason, however often
 * the record is looked at for something else.
 */
const STAYS = `(excluded.refusal IS NULL AND coalesce(
  excluded.agreed -> (l.refusal ->> 'field') = l.agreed -> (l.refusal ->> 'field')
  AND excluded.agreed #>> ARRAY[l.refusal ->> 'field', 'mak'] <> excluded.agreed #>> ARRAY[l.refusal ->> 'field', 'remote'], false))`;

/** What records are linked with, and what is agreed on. */
export function keepLinks(
  tx: Transaction,
  place: Place,
  done: readonly WorkDone[],
  present: string,
  isFinished = false,
): void {
  const linked = done
    .filter(({ localId, remoteId }) => localId !== null && remoteId !== null)
    .toSorted((left, right) => ((left.localId ?? '') < (right.localId ?? '') ? -1 : 1));
  if (linked.length === 0) return;
  const statusOf = ({ outcome, refusal }: WorkDone): string =>
    refusal !== null ? 'error' : isFinished && outcome === 'synced' ? 'synced' : 'pending';
  tx.send(
    `INSERT INTO sync_link AS l (tenant_id, connector, entity, local_id, remote_id, agreed, remote_version, status, refusal, last_synced_at)
     SELECT $1, $2, $3, local_id, remote_id, agreed, remote_version, status, nullif(refusal, 'null'),
       CASE WHEN status = 'synced' THEN ${present} END
     FROM unnest($4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[], $9::jsonb[])
       AS done (local_id, remote_id, agreed, remote_version, status, refusal)
     ON CONFLICT (tenant_id, connector, entity, local_id) DO UPDATE SET
       remote_id = excluded.remote_id, agreed = excluded.agreed,
       remote_version = coalesce(excluded.remote_version, l.remote_version),
       status = CASE WHEN ${STAYS} THEN 'error' ELSE excluded.status END,
       refusal = CASE WHEN ${STAYS} THEN l.refusal ELSE excluded.refusal END, last_synced_at = coalesce(excluded.last_synced_at, l.last_synced_at)`,
    [
      ...placeValues(place),
      textArray(linked.map(({ localId }) => localId)),
      textArray(linked.map(({ remoteId }) => remoteId)),
      jsonArray(linked.map(({ agreed }) => JSON.stringify(agreed))),
      textArray(linked.map(({ remoteVersion }) => remoteVersion)),
      textArray(linked.map(statusOf)),
      jsonArray(linked.map(({ refusal }) => JSON.stringify(refusal))),
    ],
  );
}

/** Nothing is left to do. */
export function drop(tx: Transaction, place: Place, done: readonly WorkDone[]): void {
  if (done.length === 0) return;
  tx.send(
    `DELETE FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
    [...placeValues(place), textArray(done.map(({ work }) => work.key))],
  );
}

/**
 * They are not tried again until they change or a person says so. Of an attempt that ended without a word it stays known what
 * it may have written.
 */
export function bury(
  tx: Transaction,
  place: Place,
  done: readonly WorkDone[],
  present: string,
): void {
  if (done.length === 0) return;
  tx.send(
    `UPDATE sync_pending p SET lease = NULL, sent = CASE WHEN deaths > 0 THEN sent ELSE '{}' END, dead_at = ${present}, refusal = nullif(dead.refusal, 'null'),
       remote_version = dead.remote_version
     FROM unnest($4::text[], $5::jsonb[], $6::text[]) AS dead (key, refusal, remote_version)
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = dead.key`,
    [
      ...placeValues(place),
      textArray(done.map(({ work }) => work.key)),
      jsonArray(done.map(({ refusal }) => JSON.stringify(refusal))),
      textArray(done.map(({ remoteVersion }) => remoteVersion)),
    ],
  );
}

/** There is more to do, or there were new reasons meanwhile. */
export function keepWaiting(
  tx: Transaction,
  place: Place,
  done: readonly WorkDone[],
  present: string,
): void {
  if (done.length === 0) return;
  tx.send(
    `UPDATE sync_pending p SET lease = NULL, sent = CASE WHEN back.outcome = 'later' THEN sent ELSE '{}' END,
       attempts = 0, deaths = 0, due_at = ${present} + back.pause * interval '1 millisecond',
       remote_touched = remote_touched OR back.outcome IN ('again', 'later')
     FROM unnest($4::text[], $5::text[], $6::float8[]) AS back (key, outcome, pause)
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = back.key`,
    [
      ...placeValues(place),
      textArray(done.map(({ work }) => work.key)),
      plainArray(done.map(({ outcome }) => outcome)),
      plainArray(done.map(({ pause = 0 }) => pause)),
    ],
  );
}

/**
 * Nothing may be written: they wait until they change, or `unpark`. What an earlier attempt may have written stays known, and
 * where there were new reasons meanwhile it is looked again.
 */
export function park(
  tx: Transaction,
  place: Place,
  done: readonly WorkDone[],
  present: string,
): void {
  if (done.length === 0) return;
  tx.send(
    `UPDATE sync_pending p SET lease = NULL, attempts = attempts - 1, deaths = 0,
       due_at = CASE WHEN generation = parked.seen THEN 'infinity' ELSE ${present} END, remote_version = parked.remote_version
     FROM unnest($4::text[], $5::text[], $6::integer[]) AS parked (key, remote_version, seen)
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = parked.key`,
    [
      ...placeValues(place),
      textArray(done.map(({ work }) => work.key)),
      textArray(done.map(({ remoteVersion }) => remoteVersion)),
      plainArray(done.map(({ work }) => work.pending.generation)),
    ],
  );
}

/** Everything that was parked may be written now. */
export function unpark(
  tx: Transaction,
  { tenantId, connector }: Omit<Place, 'entity'>,
  present = 'now()',
): void {
  const parked = `tenant_id = $1 AND connector = $2 AND due_at = 'infinity'`;
  lockWaiting(tx, parked, [tenantId, connector]);
  tx.send(`UPDATE sync_pending SET due_at = ${present} WHERE ${parked}`, [tenantId, connector]);
}

/**
 * For a statement that changes many rows in whatever order it finds them: locks them before in the order of kinds and keys, as
 * everybody does (`feedSql`), so that nobody waits for ever.
 */
export function lockWaiting(tx: Transaction, where: string, values: readonly unknown[]): void {
  tx.send(
    `SELECT count(*) FROM (SELECT FROM sync_pending WHERE ${where} ORDER BY entity, key FOR UPDATE) AS locked`,
    values,
  );
}
