import { jsonArray, plainArray, textArray } from '../../platform/database/array-literal.ts';
import { afterCommit } from '../../platform/database/index.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { decidedAmong } from './conflicts.repository.ts';
import { keepCriticalConflicts } from './critical-conflicts.ts';
import { writeJournal } from './journal.ts';
import { bury, drop, keepLinks, keepWaiting, lockWaiting, park } from './keeping.ts';
import { mark } from './marks.ts';
import { tellOfDeadLetters } from './notices.ts';
import { placeValues } from './place.ts';
import type { Place } from './place.ts';
import { withoutAgreed } from './places.ts';
import type {
  FoundUrgency,
  Intent,
  Lane,
  RemoteFailure,
  SeenRecord,
  SyncStore,
  Work,
  WorkDone,
} from './ports.ts';
import { POISONED, takeWorks } from './taking.ts';
import { untouched } from './work-done.ts';

/** Longest pause after failures, in seconds. */
const LONGEST_PAUSE = 60;

export interface StoreOptions {
  /** SQL of the present; tests on virtual time have one of their own. */
  readonly present?: () => string;
  /** Takes the turns of whoever writes MaK's records of a kind, before the tenant's. */
  readonly turns?: (tx: Transaction, entity: string) => Promise<void>;
  /** Fields of a kind that people have given another place in the other system since the work began. */
  readonly replaced?: (tx: Transaction, entity: string) => Promise<readonly string[]>;
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
  private readonly turns: NonNullable<StoreOptions['turns']>;
  private readonly replaced: NonNullable<StoreOptions['replaced']>;
  private readonly finished: (done: readonly WorkDone[]) => void;

  constructor(
    database: Database,
    { tenantId, connector }: Omit<Place, 'entity'>,
    {
      present = () => 'now()',
      turns = () => Promise.resolve(),
      replaced = () => Promise.resolve([]),
      finished = () => undefined,
    }: StoreOptions = {},
  ) {
    this.database = database;
    this.tenantId = tenantId;
    this.connector = connector;
    this.present = present;
    this.turns = turns;
    this.replaced = replaced;
    this.finished = finished;
  }

  async take(
    entity: string,
    limit: number,
    lane: Lane,
    after: readonly string[] = [],
  ): Promise<readonly Work[]> {
    return this.within(async (tx) => {
      const place = this.place(entity);
      const { works, poisoned } = await takeWorks(
        tx,
        place,
        { limit, lane, after },
        this.present(),
      );
      const dead = poisoned.map((work): WorkDone => ({
        ...untouched(work),
        outcome: 'dead',
        refusal: POISONED,
      }));
      bury(tx, place, dead, this.present());
      writeJournal(tx, place, dead);
      await tellOfDeadLetters(tx, place, dead);
      afterCommit(() => this.finished(dead));
      return works;
    });
  }

  async together<T>(entity: string, run: () => Promise<T>): Promise<T> {
    const { tenantId } = this;
    return this.database.together({ tenantId }, async (tx) => {
      await this.turns(tx, entity);
      await lockTenant(tx, tenantId);
      return run();
    });
  }

  async decided(entity: string, works: readonly Work[]): Promise<ReadonlySet<string>> {
    const ids = works.flatMap(({ localId }) => (localId === null ? [] : [localId]));
    return this.within((tx) => decidedAmong(tx, this.place(entity), ids));
  }

  async link(entity: string, done: readonly WorkDone[]): Promise<void> {
    await this.within(async (tx) => {
      await this.insist(tx, entity, done);
      const place = this.place(entity);
      keepLinks(tx, place, await this.inPlace(tx, entity, done), this.present());
      // No poll tells of this version again: who goes on after a crash has to read it. What was sent before is part of what is
      // agreed on now, as far as it stood there; a person may write the same again.
      tx.send(
        `UPDATE sync_pending SET remote_touched = true, sent = '{}'
         WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND key = ANY ($4::text[])`,
        [...placeValues(place), textArray(done.map(({ work }) => work.key))],
      );
    });
  }

  async sending(entity: string, intents: readonly Intent[]): Promise<void> {
    await this.within(async (tx) => {
      const done = intents.map((intent) => intent.done);
      await this.insist(tx, entity, done);
      keepLinks(tx, this.place(entity), await this.inPlace(tx, entity, done), this.present());
      tx.send(
        `UPDATE sync_pending p SET sent = intent.sent FROM unnest($4::text[], $5::jsonb[]) AS intent (key, sent)
         WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = intent.key`,
        [
          ...placeValues(this.place(entity)),
          textArray(done.map(({ work }) => work.key)),
          jsonArray(intents.map(({ sent }) => JSON.stringify(sent))),
        ],
      );
    });
  }

  async finish(entity: string, done: readonly WorkDone[]): Promise<void> {
    await this.within(async (tx) => {
      const held = await this.hold(tx, entity, worksOf(done));
      const own = await this.inPlace(
        tx,
        entity,
        done.filter(({ work }) => held.has(work.key)),
      );
      const [place, present] = [this.place(entity), this.present()];
      const written = own.filter(({ outcome }) => outcome !== 'parked');
      keepLinks(tx, place, written, present, true);
      const isLast = ({ work, outcome }: WorkDone): boolean =>
        outcome !== 'again' &&
        outcome !== 'later' &&
        held.get(work.key) === work.pending.generation;
      const last = own.filter(isLast);
      const [synced, dead] = [outcomes(last, 'synced'), outcomes(last, 'dead')];
      drop(tx, place, synced);
      bury(tx, place, dead, present);
      const rest = written.filter((one) => !isLast(one));
      keepWaiting(tx, place, rest, present);
      park(tx, place, outcomes(own, 'parked'), present);
      writeJournal(tx, place, own);
      await keepCriticalConflicts(tx, place, own);
      await tellOfDeadLetters(tx, place, dead);
      afterCommit(() => this.finished(own));
    });
  }

  async giveBack(
    entity: string,
    works: readonly Work[],
    { wait }: Pick<RemoteFailure, 'wait'>,
  ): Promise<void> {
    await this.within(async (tx) => {
      await this.hold(tx, entity, works);
      tx.send(
        `UPDATE sync_pending p SET lease = NULL, deaths = 0,
           due_at = ${this.present()} + coalesce($6::float8, least($7, 2 ^ least(attempts, 10)) * 1000 * (1 + random() / 4)) * interval '1 millisecond'
         FROM unnest($4::text[], $5::uuid[]) AS back (key, lease)
         WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND p.key = back.key AND p.lease = back.lease`,
        [
          ...placeValues(this.place(entity)),
          textArray(works.map(({ key }) => key)),
          plainArray(works.map(({ lease }) => lease)),
          wait,
          LONGEST_PAUSE,
        ],
      );
    });
  }

  /**
   * The other system answers again: what waits for that need not wait longer, and waits in the order in which it began to, so
   * that records come before those that refer to them. What is parked waits for something else. With `entity` only what waits of
   * this kind.
   */
  async wake(entity: string | null = null): Promise<void> {
    await this.within(async (tx) => {
      const failed = `tenant_id = $1 AND connector = $2 AND lease IS NULL AND dead_at IS NULL AND (attempts > 0 OR $3::text IS NOT NULL)
        AND due_at > since AND due_at < 'infinity' AND ($3::text IS NULL OR entity = $3)`;
      const place = [this.tenantId, this.connector, entity];
      lockWaiting(tx, failed, place);
      tx.send(
        `UPDATE sync_pending SET due_at = least(since, ${this.present()}) WHERE ${failed}`,
        place,
      );
    });
  }

  async heardOf(
    entity: string,
    seen: readonly SeenRecord[],
    urgency: FoundUrgency = 'system',
  ): Promise<number> {
    const { fresh } = await this.within((tx) =>
      mark(
        tx,
        this.place(entity),
        seen.map((record) => ({ ...record, fields: [] })),
        urgency,
        { present: this.present() },
      ),
    );
    return fresh;
  }

  async cursor(entity: string): Promise<string | null> {
    return this.within(async (tx) => {
      const [row] = await tx.query<{ cursor: string }>(
        'SELECT cursor FROM sync_cursor WHERE tenant_id = $1 AND connector = $2 AND entity = $3',
        placeValues(this.place(entity)),
      );
      return row?.cursor ?? null;
    });
  }

  async moveCursor(entity: string, cursor: string, from: string | null): Promise<void> {
    await this.within(async (tx) => {
      const values = [...placeValues(this.place(entity)), cursor];
      if (from === null)
        tx.send(
          `INSERT INTO sync_cursor (tenant_id, connector, entity, cursor) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id, connector, entity) DO NOTHING`,
          values,
        );
      else
        tx.send(
          `UPDATE sync_cursor SET cursor = $4, moved_at = now()
           WHERE tenant_id = $1 AND connector = $2 AND entity = $3 AND cursor = $5`,
          [...values, from],
        );
    });
  }

  private within<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.within({ tenantId: this.tenantId }, work);
  }

  private place(entity: string): Place {
    return { tenantId: this.tenantId, connector: this.connector, entity };
  }

  /** The records that this process still has, with their generation, locked in one order. */
  private async hold(
    tx: Transaction,
    entity: string,
    works: readonly Work[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ key: string; generation: number }>(
      `SELECT p.key, generation FROM sync_pending p
       JOIN unnest($4::text[], $5::uuid[]) AS held (key, lease) ON p.key = held.key AND p.lease = held.lease
       WHERE tenant_id = $1 AND connector = $2 AND entity = $3 ORDER BY p.key FOR UPDATE OF p`,
      [
        ...placeValues(this.place(entity)),
        textArray(works.map(({ key }) => key)),
        plainArray(works.map(({ lease }) => lease)),
      ],
    );
    return new Map(rows.map(({ key, generation }) => [key, generation]));
  }

  /**
   * Without what is agreed on of fields that have another place by now. To be called once the records are held: who gives them
   * another place locks them too (`forgetAgreed`), so either sees what the other has kept.
   */
  private async inPlace(
    tx: Transaction,
    entity: string,
    done: readonly WorkDone[],
  ): Promise<readonly WorkDone[]> {
    const replaced = await this.replaced(tx, entity);
    return replaced.length === 0 ? done : done.map((one) => withoutAgreed(one, replaced));
  }

  private async insist(tx: Transaction, entity: string, done: readonly WorkDone[]): Promise<void> {
    const held = await this.hold(tx, entity, worksOf(done));
    if (held.size < done.length)
      throw new LeaseLost('Another process has taken a record over; it begins again.');
  }
}

function worksOf(done: readonly WorkDone[]): readonly Work[] {
  return done.map(({ work }) => work);
}

function outcomes(done: readonly WorkDone[], wanted: WorkDone['outcome']): readonly WorkDone[] {
  return done.filter(({ outcome }) => outcome === wanted);
}
