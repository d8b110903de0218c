import { ANY_FIELD, URGENCIES } from 'twenty-mak-domain';
import type { Urgency } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { ONE_MORE_REASON } from '../../platform/records/index.ts';
import type { Place } from './place.ts';

/** A remote record that may have changed. */
export interface HeardRecord {
  readonly remoteId: string;
  /** MaK's id that the record carries; null when it carries none, or nobody said. */
  readonly localId: string | null;
  /** Fields that are said to have changed; none means that any may have. */
  readonly fields: readonly string[];
  /** Left out when nobody said; a version that is linked already needs no look. */
  readonly version?: string;
  /** What the version begins with in which MaK has read back what it wrote itself; linked in such a one it needs no look. */
  readonly stamp?: string | undefined;
  /** Where they differ from those of the others. */
  readonly urgency?: Urgency;
  readonly pause?: number;
}

export interface Marked {
  /** How many wait now. */
  readonly waiting: number;
  /** How many of them did not wait before. */
  readonly fresh: number;
}

/**
 * Marks remote records that may have changed, to be looked at after a pause. All of a kind at once, because what waits is locked
 * in the order of its keys.
 */
export async function mark(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  records: readonly HeardRecord[],
  urgency: Urgency,
  {
    present = 'now()',
    pause = 0,
    isKnown = false,
  }: {
    readonly present?: string;
    readonly pause?: number;
    /** Those that MaK does not have, and is not about to have, are left out. */
    readonly isKnown?: boolean;
  } = {},
): Promise<Marked> {
  if (records.length === 0) return { waiting: 0, fresh: 0 };
  const [marked] = await tx.query<Marked>(
    `WITH marked AS (
     INSERT INTO sync_pending AS p (tenant_id, connector, entity, key, local_id, remote_id, urgency, mak_heard_at,
       remote_heard_at, remote_touched, due_at, since)
     SELECT DISTINCT ON (key) $1, $2, $3, key, known.local_id, heard.remote_id, heard.urgency, '{}',
       (SELECT jsonb_object_agg(field, (extract(epoch FROM ${present}) * 1000)::bigint)
        FROM unnest(string_to_array(heard.fields, ',')) AS field),
       true, ${present} + heard.pause * interval '1 millisecond', ${present}
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::float8[], $11::text[])
       AS heard (remote_id, local_id, version, fields, urgency, pause, stamp)
     LEFT JOIN sync_link l ON l.tenant_id = $1 AND l.connector = $2 AND l.entity = $3 AND l.remote_id = heard.remote_id
     CROSS JOIN LATERAL (SELECT coalesce(l.local_id, heard.local_id) AS local_id) AS known
     CROSS JOIN LATERAL (SELECT coalesce(known.local_id, 'remote:' || heard.remote_id) AS key) AS named
     WHERE (known.local_id IS NOT NULL OR NOT $10::boolean OR EXISTS (SELECT FROM sync_pending waits WHERE waits.tenant_id = $1
         AND waits.connector = $2 AND waits.entity = $3 AND waits.key = named.key))
       AND (heard.version IS NULL OR (l.remote_version IS DISTINCT FROM heard.version
       AND NOT EXISTS (SELECT FROM sync_pending done WHERE done.tenant_id = $1 AND done.connector = $2 AND done.entity = $3
         AND done.key = named.key AND (done.dead_at IS NOT NULL OR done.due_at = 'infinity')
         AND done.remote_version = heard.version)))
       AND NOT coalesce(starts_with(l.remote_version, heard.stamp), false)
     ORDER BY key, heard.urgency, heard.pause
     ${ONE_MORE_REASON}
     RETURNING p.xmax = 0 AS is_fresh
     ) SELECT count(*) AS waiting, count(*) FILTER (WHERE is_fresh) AS fresh FROM marked`,
    [
      tenantId,
      connector,
      entity,
      textArray(records.map(({ remoteId }) => remoteId)),
      textArray(records.map(({ localId }) => localId)),
      textArray(records.map(({ version }) => version ?? null)),
      textArray(records.map(({ fields }) => (fields.length === 0 ? ANY_FIELD : fields.join(',')))),
      plainArray(records.map((record) => URGENCIES.indexOf(record.urgency ?? urgency))),
      plainArray(records.map((record) => record.pause ?? pause)),
      isKnown,
      textArray(records.map(({ stamp }) => stamp ?? null)),
    ],
  );
  return marked ?? { waiting: 0, fresh: 0 };
}

/** Lets records that wait under their remote ids wait under those that they have been linked with since. */
export async function mergeTwins(
  tx: Transaction,
  { tenantId, connector, entity }: Place,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.execute(
    `WITH twin AS (
       DELETE FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])
       RETURNING remote_id, urgency, remote_heard_at, due_at, since
     )
     INSERT INTO sync_pending AS p (tenant_id, connector, entity, key, local_id, remote_id, urgency, mak_heard_at,
       remote_heard_at, remote_touched, due_at, since)
     SELECT $1, $2, $3, l.local_id, l.local_id, l.remote_id, twin.urgency, '{}', twin.remote_heard_at, true,
       twin.since, twin.since
     FROM twin JOIN sync_link l
       ON l.tenant_id = $1 AND l.connector = $2 AND l.entity = $3 AND l.remote_id = twin.remote_id
     ORDER BY l.local_id
     ${ONE_MORE_REASON}`,
    [tenantId, connector, entity, textArray(keys)],
  );
}
