import { randomUUID } from 'node:crypto';
import { SECOND, URGENCIES } from 'twenty-mak-domain';
import type { Agreement, Instant, Pending, Sent, Urgency } from 'twenty-mak-domain';
import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import { afterCommit } from '../../platform/database/index.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { writeJournal } from './journal.ts';
import { mark, mergeTwins } from './marks.ts';
import type { Place } from './place.ts';
import type { Intent, RemoteFailure, SeenRecord, SyncStore, Work, WorkDone } from './ports.ts';

/** How long a process that died keeps its records from others, in milliseconds; longer than any batch takes. */
const LEASE = 120 * SECOND;
/** Longest pause after failures, in seconds. */
const LONGEST_PAUSE = 60;
/** A record whose attempts keep ending without a word is worked on alone from then on: perhaps it is what ends them. */
const TRUSTED_ATTEMPTS = 3;

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
  readonly due_at: Instant;
  readonly sent: Sent;
  readonly agreed: Agreement | null;
  readonly linked_local: string | null;
  /** The attempt before never ended. */
  readonly died: boolean;
  readonly linked_remote: string | null;
}

export interface StoreOptions {
  /** SQL of the present; tests on virtual time have one of their own. */
  readonly present?: () => string;
  /** Called with what was done and is kept. */
  readonly finished?: (done: readonly WorkDone[]) => void;
}

/** Another process has taken a record over, because this one took too long. */
export class LeaseLost extends Error {}

/** Rows of one tenant's connector in PostgreSQL. */
export class PostgresStore implements SyncStore {
  private readonly database: Database;
  private readonly tenantId: string;
  private readonly connector: string;
  private readonly present: () => string;
  private readonly finished: (done: readonly WorkDone[]) => void;

  constructor(
    database: Database,
    { tenantId, connector }: Omit<Place, 'entity'>,
    { present = () => 'now()', finished = () => undefined }: StoreOptions = {},
  ) {
    this.database = database;
    this.tenantId = tenantId;
    this.connector = connector;
    this.present = present;
    this.finished = finished;
  }

  async take(entity: string, limit: number): Promise<readonly Work[]> {
    return this.within(async (tx) => {
      planQuickly(tx);
      for (;;) {
        const lease = randomUUID();
        const rows = await this.claim(tx, entity, limit, lease);
        // What waits as a remote record and has been linked since waits as one record with what it is linked with.
        const twins = rows.filter((row) => row.local_id === null && row.linked_local !== null);
        await mergeTwins(tx, this.place(entity), keysOf(twins));
        const works = await this.apart(
          tx,
          entity,
          rows.filter((row) => !twins.includes(row)),
        );
        if (works.length > 0 || rows.length === 0) return works.map((row) => workOf(row, lease));
      }
    });
  }

  async together<T>(run: () => Promise<T>): Promise<T> {
    const { tenantId } = this;
    return this.database.together({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      return run();
    });
  }

  async link(entity: string, done: readonly WorkDone[]): Promise<void> {
    await this.within(async (tx) => {
      await this.insist(tx, entity, done);
      this.keepLinks(tx, entity, done);
    });
  }

  async sending(entity: string, intents: readonly Intent[]): Promise<void> {
    await this.within(async (tx) => {
      const done = intents.map((intent) => intent.done);
      await this.insist(tx, entity, done);
      this.keepLinks(tx, entity, done);
      tx.send(
        `UPDATE sync_pending p SET sent = intent.sent FROM unnest($4::text[], $5::jsonb[]) AS intent (key, sent)
         WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = intent.key`,
        [
          ...this.values(entity),
          textArray(done.map(({ work }) => work.key)),
          jsonArray(intents.map(({ sent }) => JSON.stringify(sent))),
        ],
      );
    });
  }

  async finish(entity: string, done: readonly WorkDone[]): Promise<void> {
    await this.within(async (tx) => {
      const held = await this.hold(tx, entity, done);
      const own = done.filter(({ work }) => held.has(work.key));
      this.keepLinks(tx, entity, own, true);
      const isLast = ({ work, outcome }: WorkDone): boolean =>
        outcome !== 'again' && held.get(work.key) === work.pending.generation;
      const last = own.filter(isLast);
      this.drop(
        tx,
        entity,
        last.filter(({ outcome }) => outcome === 'synced'),
      );
      this.bury(
        tx,
        entity,
        last.filter(({ outcome }) => outcome === 'dead'),
      );
      this.keepWaiting(
        tx,
        entity,
        own.filter((one) => !isLast(one)),
      );
      writeJournal(tx, this.place(entity), own);
      afterCommit(() => this.finished(own));
    });
  }

  async giveBack(
    entity: string,
    works: readonly Work[],
    { wait }: Pick<RemoteFailure, 'wait'>,
  ): Promise<void> {
    await this.within(async (tx) => {
      tx.send(
        `UPDATE sync_pending p SET lease = NULL,
           due_at = ${this.present()} + coalesce($6::float8, least($7, 2 ^ least(attempts, 10)) * 1000 * (1 + random() / 4)) * interval '1 millisecond'
         FROM unnest($4::text[], $5::uuid[]) AS back (key, lease)
         WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = back.key AND p.lease = back.lease`,
        [
          ...this.values(entity),
          textArray(works.map(({ key }) => key)),
          plainArray(works.map(({ lease }) => lease)),
          wait,
          LONGEST_PAUSE,
        ],
      );
    });
  }

  async heardOf(entity: string, seen: readonly SeenRecord[]): Promise<number> {
    return this.within((tx) =>
      mark(
        tx,
        this.place(entity),
        seen.map((record) => ({ ...record, fields: [] })),
        'system',
        this.present(),
      ),
    );
  }

  async cursor(entity: string): Promise<string | null> {
    return this.within(async (tx) => {
      const [row] = await tx.query<{ cursor: string }>(
        'SELECT cursor FROM sync_cursor WHERE tenant_id = $1 AND connector = $2 AND entity = $3',
        this.values(entity),
      );
      return row?.cursor ?? null;
    });
  }

  async moveCursor(entity: string, cursor: string): Promise<void> {
    await this.within(async (tx) => {
      tx.send(
        `INSERT INTO sync_cursor (tenant_id, connector, entity, cursor) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, connector, entity) DO UPDATE SET cursor = excluded.cursor, moved_at = now()`,
        [...this.values(entity), cursor],
      );
    });
  }

  private within<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.within({ tenantId: this.tenantId }, work);
  }

  private place(entity: string): Place {
    return { tenantId: this.tenantId, connector: this.connector, entity };
  }

  private values(entity: string): readonly [string, string, string] {
    return [this.tenantId, this.connector, entity];
  }

  /** A record that somebody works on under its remote id is not taken under MaK's. */
  private claim(
    tx: Transaction,
    entity: string,
    limit: number,
    lease: string,
  ): Promise<TakenRow[]> {
    return tx.query<TakenRow>(
      `WITH due AS (
         SELECT candidate.key, candidate.died FROM unnest('{0,1,2}'::smallint[]) AS level (urgency)
         CROSS JOIN LATERAL (
           SELECT key, local_id, remote_id, urgency, due_at, lease IS NOT NULL AS died FROM sync_pending p
           WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.urgency = level.urgency
             AND dead_at IS NULL AND due_at <= ${this.present()}
           ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED
         ) AS candidate
         WHERE NOT EXISTS (
           SELECT FROM sync_pending twin
           WHERE twin.tenant_id = $1 AND twin.connector = $2 AND twin.entity = $3 AND candidate.local_id IS NOT NULL
             AND twin.key = 'remote:' || coalesce((SELECT remote_id FROM sync_link WHERE tenant_id = $1
               AND connector = $2 AND entity = $3 AND local_id = candidate.local_id), candidate.remote_id)
             AND twin.lease IS NOT NULL AND twin.due_at > ${this.present()})
         ORDER BY candidate.urgency, candidate.due_at LIMIT $4
       ), taken AS (
         UPDATE sync_pending p
         SET lease = $5, due_at = ${this.present()} + $6::float8 * interval '1 millisecond', attempts = attempts + 1
         FROM due WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = ANY (ARRAY(SELECT key FROM due)) AND p.key = due.key
         RETURNING p.*, due.died
       )
       SELECT taken.*, coalesce(own.agreed, other.agreed) AS agreed,
         coalesce(own.local_id, other.local_id) AS linked_local, coalesce(own.remote_id, other.remote_id) AS linked_remote
       FROM taken
       LEFT JOIN sync_link own ON own.tenant_id = $1 AND own.connector = $2 AND own.entity = $3 AND own.local_id = taken.local_id
       LEFT JOIN sync_link other ON other.tenant_id = $1 AND other.connector = $2 AND other.entity = $3
         AND other.remote_id = taken.remote_id`,
      [...this.values(entity), limit, lease, LEASE],
    );
  }

  /** One record that breaks every attempt holds no other back. */
  private async apart(
    tx: Transaction,
    entity: string,
    rows: readonly TakenRow[],
  ): Promise<readonly TakenRow[]> {
    const suspects = rows.filter(({ died, attempts }) => died && attempts > TRUSTED_ATTEMPTS);
    if (suspects.length === 0 || rows.length === 1) return rows;
    const others = rows.filter((row) => !suspects.includes(row));
    const now = others.length > 0 ? others : suspects.slice(0, 1);
    tx.send(
      `UPDATE sync_pending SET due_at = ${this.present()}, attempts = attempts - 1
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
      [...this.values(entity), textArray(keysOf(suspects.filter((row) => !now.includes(row))))],
    );
    return now;
  }

  /** The records that this process still has, with their generation, locked in one order. */
  private async hold(
    tx: Transaction,
    entity: string,
    done: readonly WorkDone[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ key: string; generation: number }>(
      `SELECT p.key, generation FROM sync_pending p
       JOIN unnest($4::text[], $5::uuid[]) AS held (key, lease) ON p.key = held.key AND p.lease = held.lease
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 ORDER BY p.key FOR UPDATE OF p`,
      [
        ...this.values(entity),
        textArray(done.map(({ work }) => work.key)),
        plainArray(done.map(({ work }) => work.lease)),
      ],
    );
    return new Map(rows.map(({ key, generation }) => [key, generation]));
  }

  private async insist(tx: Transaction, entity: string, done: readonly WorkDone[]): Promise<void> {
    const held = await this.hold(tx, entity, done);
    if (held.size < done.length)
      throw new LeaseLost('Another process has taken a record over; it begins again.');
  }

  private keepLinks(
    tx: Transaction,
    entity: string,
    done: readonly WorkDone[],
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
         CASE WHEN status = 'synced' THEN ${this.present()} END
       FROM unnest($4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[], $9::jsonb[])
         AS done (local_id, remote_id, agreed, remote_version, status, refusal)
       ON CONFLICT (tenant_id, connector, entity, local_id) DO UPDATE SET
         remote_id = excluded.remote_id, agreed = excluded.agreed,
         remote_version = coalesce(excluded.remote_version, l.remote_version), status = excluded.status,
         refusal = excluded.refusal, last_synced_at = coalesce(excluded.last_synced_at, l.last_synced_at)`,
      [
        ...this.values(entity),
        textArray(linked.map(({ localId }) => localId)),
        textArray(linked.map(({ remoteId }) => remoteId)),
        jsonArray(linked.map(({ agreed }) => JSON.stringify(agreed))),
        textArray(linked.map(({ remoteVersion }) => remoteVersion)),
        textArray(linked.map(statusOf)),
        jsonArray(linked.map(({ refusal }) => JSON.stringify(refusal))),
      ],
    );
  }

  private drop(tx: Transaction, entity: string, done: readonly WorkDone[]): void {
    if (done.length === 0) return;
    tx.send(
      `DELETE FROM sync_pending WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
      [...this.values(entity), textArray(done.map(({ work }) => work.key))],
    );
  }

  private bury(tx: Transaction, entity: string, done: readonly WorkDone[]): void {
    if (done.length === 0) return;
    tx.send(
      `UPDATE sync_pending p SET lease = NULL, sent = '{}', dead_at = ${this.present()}, refusal = nullif(dead.refusal, 'null'),
         remote_version = dead.remote_version
       FROM unnest($4::text[], $5::jsonb[], $6::text[]) AS dead (key, refusal, remote_version)
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = dead.key`,
      [
        ...this.values(entity),
        textArray(done.map(({ work }) => work.key)),
        jsonArray(done.map(({ refusal }) => JSON.stringify(refusal))),
        textArray(done.map(({ remoteVersion }) => remoteVersion)),
      ],
    );
  }

  /** There is more to do, or there were new reasons meanwhile. */
  private keepWaiting(tx: Transaction, entity: string, done: readonly WorkDone[]): void {
    if (done.length === 0) return;
    tx.send(
      `UPDATE sync_pending p SET lease = NULL, sent = '{}', attempts = 0, due_at = ${this.present()},
         remote_touched = remote_touched OR back.again
       FROM unnest($4::text[], $5::boolean[]) AS back (key, again)
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = back.key`,
      [
        ...this.values(entity),
        textArray(done.map(({ work }) => work.key)),
        plainArray(done.map(({ outcome }) => outcome === 'again')),
      ],
    );
  }
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
