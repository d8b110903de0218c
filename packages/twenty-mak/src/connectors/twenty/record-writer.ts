import type { WriteRefusal } from '../../platform/records/index.ts';
import { DELETED_THERE, RemoteFailure } from '../sync/index.ts';
import type { RemoteChange } from '../sync/index.ts';
import { readAs, writtenSchema } from './answers.ts';
import type { IdentifiedRow, WrittenRow } from './answers.ts';
import { Attacher } from './attacher.ts';
import type { Outcome, ReadRows } from './attacher.ts';
import type { TwentyClient } from './client.ts';
import type { TwentyDirectory } from './directory.ts';
import {
  BATCH,
  dropsValues,
  keptValues,
  readValues,
  referencesOf,
  writeValues,
} from './entities.ts';
import type { TwentyEntity } from './entity-fields.ts';
import type { TwentyRow } from './field-kinds.ts';
import type { OwnWrites } from './own-writes.ts';
import { EVERY_RECORD, updateMutation, upsertMutation } from './queries.ts';
import { newRemoteId, Twins } from './twins.ts';

/** A change as twenty gets it. */
interface Step {
  readonly change: RemoteChange;
  readonly data: TwentyRow;
}

/**
 * So many records with a version are written each by itself, which twenty compares and sets in one statement. It counts as
 * one call for each of them, so more of them are read once again and written together.
 */
const ONE_BY_ONE = 5;

/**
 * Writes records of twenty. twenty changes many records in one call only without a condition; what a person writes between
 * that last look and the write, some milliseconds, would be lost in the fields that are written.
 */
export class RecordWriter {
  private readonly twins: Twins;
  private readonly attacher: Attacher;

  constructor(
    private readonly client: TwentyClient,
    private readonly directory: TwentyDirectory,
    private readonly own: OwnWrites,
    private readonly rows: ReadRows,
  ) {
    this.twins = new Twins(client, directory);
    this.attacher = new Attacher(client, directory, rows);
  }

  /** Answers in the order of the changes. */
  async write(entity: TwentyEntity, changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const references = await this.directory.resolve(
      entity,
      changes.map(({ values }) => values),
    );
    const outcomes = new Map<RemoteChange, Outcome>();
    const steps: Step[] = [];
    const claimed = await this.twins.claim(entity, changes);
    for (const [change, outcome] of claimed) outcomes.set(change, outcome);
    for (const change of changes.filter((one) => !claimed.has(one))) {
      const refusal = this.unresolved(entity, change);
      if (refusal === null)
        steps.push({ change, data: writeValues(entity, change.values, references) });
      else outcomes.set(change, { kind: 'refused', refusal });
    }
    const guarded = steps.filter(({ change }) => change.version !== null);
    // A value that twenty keeps once must not be written in a batch: it would change the record that has it.
    const isSingle = guarded.length <= ONE_BY_ONE || entity.twins !== undefined;
    for (const step of isSingle ? guarded : [])
      outcomes.set(step.change, await this.compareAndSet(entity, step));
    const rest = isSingle ? steps.filter(({ change }) => change.version === null) : steps;
    const free = await this.free(entity, rest, outcomes);
    for (let start = 0; start < free.length; start += BATCH)
      await this.upsert(entity, free.slice(start, start + BATCH), outcomes);
    await this.attacher.attach(entity, changes, outcomes);
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  /** A new record goes without an owner whom twenty does not know; an owner that is there is not taken away for one. */
  private unresolved(entity: TwentyEntity, change: RemoteChange): WriteRefusal | null {
    if (change.remoteId === null) return null;
    for (const { field, reference } of referencesOf(entity, change.values)) {
      if (this.directory.references.idOf(reference) !== null) continue;
      if (reference.kind !== 'member') {
        const reason = `twenty does not have this ${reference.entity}. Its journal and its dead letter say why.`;
        return { code: 'unknown_record', reason, field };
      }
      const reason = `${reference.email} is nobody in twenty; invite them there, or name their other address in the settings.`;
      return { code: 'unknown_member', reason, field };
    }
    return null;
  }

  /**
   * Those of many that an upsert may write. It asks for no version and takes records out of the bin, so all others get their
   * outcome here.
   */
  private async free(
    entity: TwentyEntity,
    steps: readonly Step[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly Step[]> {
    const rows = await this.before(entity, steps);
    const free: Step[] = [];
    for (const step of steps) {
      const { change, data } = step;
      const row = rows.get(change.remoteId ?? change.localId);
      const isFresh = change.remoteId === null;
      if (change.version !== null && row?.updatedAt !== change.version)
        outcomes.set(change, { kind: 'moved' });
      else if (!isTwentys(entity)) free.push(step);
      else if (row === undefined && !isFresh) outcomes.set(change, { kind: 'moved' });
      else if (row?.deletedAt == null || data['deletedAt'] === null) {
        const id = row?.id ?? newRemoteId(change.localId);
        free.push({ change, data: { ...data, id } });
      } else if (entity.staysDeleted !== true) {
        const there = { ...change, remoteId: row.id, version: row.updatedAt };
        outcomes.set(change, await this.compareAndSet(entity, { change: there, data }));
      } else
        outcomes.set(
          change,
          isFresh ? { kind: 'refused', refusal: DELETED_THERE } : { kind: 'moved' },
        );
    }
    return free;
  }

  /** By their ids, what twenty has of records that have to be looked at before an upsert; of new ones by MaK's. */
  private async before(
    entity: TwentyEntity,
    steps: readonly Step[],
  ): Promise<ReadonlyMap<string, IdentifiedRow>> {
    const looked = steps.filter(({ change }) => isTwentys(entity) || change.version !== null);
    const linked = looked.flatMap(({ change }) => change.remoteId ?? []);
    const fresh = looked.flatMap(({ change }) => (change.remoteId === null ? change.localId : []));
    const byId = linked.length === 0 ? [] : await this.rows(entity, linked);
    const byMakId = fresh.length === 0 ? [] : await this.rows(entity, fresh, 'makId');
    return new Map([
      ...byId.map((row) => [row.id, row] as const),
      ...byMakId.map((row) => [row.makId ?? '', row] as const),
    ]);
  }

  private async compareAndSet(entity: TwentyEntity, step: Step): Promise<Outcome> {
    const { remoteId, localId, version } = step.change;
    const data = await this.complete(entity, step);
    if (data === null) return { kind: 'moved' };
    // twenty 2.21 cannot compare an instant with `eq`.
    const filter = {
      and: [
        EVERY_RECORD,
        { id: { eq: remoteId } },
        { updatedAt: { gte: version } },
        { updatedAt: { lte: version } },
      ],
    };
    const answer = await this.client.ask('graphql', updateMutation(entity), {
      filter,
      data: { ...data, makId: localId },
    });
    if (answer.kind === 'refused') return this.refused(entity, answer.refusal);
    const [row] = this.writtenRows(answer.data);
    return row === undefined ? { kind: 'moved' } : this.written(entity, row);
  }

  /** With what twenty would drop otherwise; null when the record went on. */
  private async complete(entity: TwentyEntity, { change, data }: Step): Promise<TwentyRow | null> {
    if (!dropsValues(entity, data)) return data;
    const [row] = await this.rows(entity, change.remoteId === null ? [] : [change.remoteId]);
    return row?.updatedAt === change.version ? keptValues(entity, data, row) : null;
  }

  /** twenty refuses a batch as a whole; halves of it tell which records it means. */
  private async upsert(
    entity: TwentyEntity,
    steps: readonly Step[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    const [first] = steps;
    if (first === undefined) return;
    const data = steps.map(({ change: { remoteId, localId }, data: fields }) => ({
      ...fields,
      ...(remoteId === null ? {} : { id: remoteId }),
      // Without it a record that was destroyed meanwhile would come back as one that nobody can find.
      makId: localId,
    }));
    const answer = await this.client.ask('graphql', upsertMutation(entity), { data });
    if (answer.kind === 'data') {
      const rows = this.writtenRows(answer.data);
      const byLocalId = new Map(rows.map((row) => [row.makId ?? '', row]));
      for (const { change } of steps) {
        const row = byLocalId.get(change.localId);
        if (row === undefined)
          throw new RemoteFailure('unavailable', 'twenty did not answer what it has written.');
        outcomes.set(change, this.written(entity, row));
      }
      await this.moveToBin(entity, steps, byLocalId, outcomes);
    } else if (steps.length === 1) {
      outcomes.set(first.change, this.refused(entity, answer.refusal));
    } else {
      const middle = Math.ceil(steps.length / 2);
      await this.upsert(entity, steps.slice(0, middle), outcomes);
      await this.upsert(entity, steps.slice(middle), outcomes);
    }
  }

  private writtenRows(data: unknown): readonly WrittenRow[] {
    const { rows } = readAs(writtenSchema, data);
    this.own.learn(rows);
    return rows;
  }

  /** An upsert takes records out of the bin, whatever it says of it. */
  private async moveToBin(
    entity: TwentyEntity,
    steps: readonly Step[],
    rows: ReadonlyMap<string, IdentifiedRow>,
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    const leaving = steps.filter(({ data }) => typeof data['deletedAt'] === 'string');
    const [first] = leaving;
    if (first === undefined) return;
    const ids = leaving.flatMap(({ change }) => rows.get(change.localId)?.id ?? []);
    const answer = await this.client.ask('graphql', updateMutation(entity), {
      filter: { id: { in: ids } },
      data: { deletedAt: first.data['deletedAt'] },
    });
    if (answer.kind === 'refused') throw new RemoteFailure('unavailable', answer.refusal.reason);
    const binned = new Map(this.writtenRows(answer.data).map((row) => [row.makId ?? '', row]));
    for (const { change } of leaving) {
      const row = binned.get(change.localId);
      if (row !== undefined) outcomes.set(change, this.written(entity, row));
    }
  }

  private written(entity: TwentyEntity, row: IdentifiedRow): Outcome {
    const values = readValues(entity, row, this.directory.references);
    return { kind: 'written', id: row.id, values, version: row.updatedAt };
  }

  private refused(entity: TwentyEntity, refusal: WriteRefusal): Outcome {
    // A record that is referred to may have been destroyed.
    this.directory.forgetRecords();
    const name = /field "(\w+)/.exec(refusal.reason)?.[1];
    const field = entity.fields.find((one) => one.name === name)?.field ?? null;
    if (entity.personal === undefined) return { kind: 'refused', refusal: { ...refusal, field } };
    // Its words repeat what it was sent.
    const wrong = field ?? (/phone number/i.test(refusal.reason) ? 'phone' : null);
    const reason = `twenty does not take ${wrong === null ? 'these values' : `this ${wrong}`}: wrong there, or somebody else has it.`;
    return { kind: 'refused', refusal: { code: refusal.code, reason, field: wrong } };
  }
}

/**
 * Whether the records are of an object of twenty's own. People delete those, and mean it; and no app can make twenty keep
 * `makId` once there.
 */
function isTwentys({ attached, staysDeleted }: TwentyEntity): boolean {
  return attached !== undefined || staysDeleted === true;
}
