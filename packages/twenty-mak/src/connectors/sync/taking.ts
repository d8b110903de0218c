import { randomUUID } from 'node:crypto';
import { SECOND, URGENCIES } from 'twenty-mak-domain';
import type { Agreement, Instant, Pending, Sent, Urgency } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { takeDecisions } from './conflicts.repository.ts';
import { mergeTwins } from './marks.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import { LANES } from './ports.ts';
import type { Lane, Work } from './ports.ts';

/** How long a process that died keeps its records from others, in milliseconds; longer than any batch takes. */
const LEASE = 120 * SECOND;
/** A record with so many attempts that ended without a word is worked on alone from then on: perhaps it is what ends them. */
const TRUSTED_DEATHS = 3;
/** And after so many it is not tried any more. */
const POISONED_DEATHS = 6;

export const POISONED: WriteRefusal = {
  code: 'poisoned',
  reason: `${POISONED_DEATHS} attempts in a row ended without a word; the log of the worker says why. Mend the cause, then replay the record.`,
  field: null,
};

interface TakenRow {
  readonly key: string;
  readonly local_id: string | null;
  readonly remote_id: string | null;
  readonly urgency: number;
  readonly mak_heard_at: Readonly<Record<string, Instant>>;
  readonly remote_heard_at: Readonly<Record<string, Instant>>;
  readonly remote_touched: boolean;
  readonly generation: number;
  readonly attempts: number;
  /** Attempts in a row that ended without a word, before this one. */
  readonly deaths: number;
  readonly due_at: Instant;
  readonly sent: Sent;
  readonly agreed: Agreement | null;
  readonly linked_local: string | null;
  readonly linked_remote: string | null;
}

/** Which records are taken. */
interface Wanted {
  readonly limit: number;
  readonly lane: Lane;
  /** Kinds of which nothing may wait for longer. */
  readonly after: readonly string[];
}

export interface Taken {
  readonly works: readonly Work[];
  /** Records that end every attempt; they must not be tried again. */
  readonly poisoned: readonly Work[];
}

/** Takes the most urgent records of a lane that are due, each once, for whoever holds their lease. */
export async function takeWorks(
  tx: Transaction,
  place: Place,
  wanted: Wanted,
  present: string,
): Promise<Taken> {
  planQuickly(tx);
  const poisoned: Work[] = [];
  for (;;) {
    const lease = randomUUID();
    const rows = await claim(tx, place, wanted, lease, present);
    // What waits as a remote record and has been linked since waits as one record with what it is linked with.
    const twins = rows.filter((row) => row.local_id === null && row.linked_local !== null);
    await mergeTwins(tx, place, keysOf(twins));
    const own = await withDecisions(
      tx,
      place,
      rows.filter((row) => !twins.includes(row)),
    );
    const ending = own.filter(({ deaths }) => deaths >= POISONED_DEATHS);
    poisoned.push(...ending.map((row) => workOf(row, lease)));
    const works = apart(
      tx,
      place,
      own.filter((row) => !ending.includes(row)),
      present,
    );
    if (works.length > 0 || rows.length === 0)
      return { works: works.map((row) => workOf(row, lease)), poisoned };
  }
}

/**
 * A record that somebody works on under its remote id is not taken under MaK's. What has waited for equally long goes by its
 * key: that of a record begins with that of the record it belongs to. So all kinds come in one order, and none has to be made
 * for the sake of another.
 */
function claim(
  tx: Transaction,
  place: Place,
  { limit, lane, after }: Wanted,
  lease: string,
  present: string,
): Promise<TakenRow[]> {
  return tx.query<TakenRow>(
    `WITH due AS (
         SELECT candidate.key, candidate.died FROM unnest($7::smallint[]) AS level (urgency)
         LEFT JOIN LATERAL (
           SELECT first.due_at, first.key FROM unnest($8::text[]) AS kind (entity) CROSS JOIN LATERAL (
             SELECT due_at, key FROM sync_pending p
             WHERE tenant_id = $1 AND connector = $2 AND p.entity = kind.entity AND p.urgency = level.urgency
               AND dead_at IS NULL AND due_at <= ${present}
             ORDER BY due_at, key LIMIT 1
           ) AS first ORDER BY first.due_at, first.key LIMIT 1
         ) AS bound ON true
         CROSS JOIN LATERAL (
           SELECT key, local_id, remote_id, urgency, due_at, lease IS NOT NULL AS died FROM sync_pending p
           WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.urgency = level.urgency
             AND dead_at IS NULL AND due_at <= ${present}
             AND (due_at, key) <= (coalesce(bound.due_at, 'infinity'), coalesce(bound.key, ''))
           ORDER BY due_at, key LIMIT $4 FOR UPDATE SKIP LOCKED
         ) AS candidate
         WHERE NOT EXISTS (
           SELECT FROM sync_pending twin
           WHERE twin.tenant_id = $1 AND twin.connector = $2 AND twin.entity = $3 AND candidate.local_id IS NOT NULL
             AND twin.key = 'remote:' || coalesce((SELECT remote_id FROM sync_link WHERE tenant_id = $1
               AND connector = $2 AND entity = $3 AND local_id = candidate.local_id), candidate.remote_id)
             AND twin.lease IS NOT NULL AND twin.due_at > ${present})
         ORDER BY candidate.urgency, candidate.due_at, candidate.key LIMIT $4
       ), taken AS (
         UPDATE sync_pending p
         SET lease = $5, due_at = ${present} + $6::float8 * interval '1 millisecond', attempts = attempts + 1,
           deaths = deaths + due.died::integer
         FROM due WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = ANY (ARRAY(SELECT key FROM due)) AND p.key = due.key
         RETURNING p.*, due.died
       )
       SELECT taken.*, coalesce(own.agreed, other.agreed) AS agreed,
         coalesce(own.local_id, other.local_id) AS linked_local, coalesce(own.remote_id, other.remote_id) AS linked_remote
       FROM taken
       LEFT JOIN sync_link own ON own.tenant_id = $1 AND own.connector = $2 AND own.entity = $3 AND own.local_id = taken.local_id
       LEFT JOIN sync_link other ON other.tenant_id = $1 AND other.connector = $2 AND other.entity = $3
         AND other.remote_id = taken.remote_id`,
    [
      ...placeValues(place),
      limit,
      lease,
      LEASE,
      plainArray(LANES[lane].map((urgency) => URGENCIES.indexOf(urgency))),
      textArray(after),
    ],
  );
}

/** What people decided while others worked on the records. */
async function withDecisions(
  tx: Transaction,
  place: Place,
  rows: readonly TakenRow[],
): Promise<readonly TakenRow[]> {
  const ids = rows.flatMap(({ local_id: id }) => (id === null ? [] : [id]));
  const agreed = await takeDecisions(tx, place, ids);
  return rows.map((row) => ({ ...row, agreed: agreed.get(row.local_id ?? '') ?? row.agreed }));
}

/** One record that breaks every attempt holds no other back. */
function apart(
  tx: Transaction,
  place: Place,
  rows: readonly TakenRow[],
  present: string,
): readonly TakenRow[] {
  const suspects = rows.filter(({ deaths }) => deaths >= TRUSTED_DEATHS);
  if (suspects.length === 0 || rows.length === 1) return rows;
  const others = rows.filter((row) => !suspects.includes(row));
  const now = others.length > 0 ? others : suspects.slice(0, 1);
  tx.send(
    `UPDATE sync_pending SET due_at = ${present}, attempts = attempts - 1, deaths = deaths - 1
     WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
    [...placeValues(place), textArray(keysOf(suspects.filter((row) => !now.includes(row))))],
  );
  return now;
}

/** Of a table that has just been filled the planner knows nothing yet: it would compile the statement for a second to save milliseconds. */
function planQuickly(tx: Transaction): void {
  tx.send("SELECT set_config('jit', 'off', true), set_config('enable_bitmapscan', 'off', true)");
}

function keysOf(rows: readonly TakenRow[]): readonly string[] {
  return rows.map(({ key }) => key);
}

function workOf(row: TakenRow, lease: string): Work {
  return {
    lease,
    key: row.key,
    localId: row.linked_local ?? row.local_id,
    remoteId: row.linked_remote ?? row.remote_id,
    agreed: row.agreed ?? {},
    sent: row.sent,
    pending: pendingOf(row),
  };
}

function pendingOf(row: TakenRow): Pending {
  return {
    urgency: URGENCIES[row.urgency] as Urgency,
    heardAt: { mak: row.mak_heard_at, remote: row.remote_heard_at },
    remoteTouched: row.remote_touched,
    generation: row.generation,
    attempts: row.attempts,
    dueAt: row.due_at,
  };
}
