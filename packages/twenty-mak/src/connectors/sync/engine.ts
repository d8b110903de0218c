import { agreeAfter, ANY_FIELD, mergeRecord, outgoing } from 'twenty-mak-domain';
import type { Instant, Merge, Sent, SideRecord, Values } from 'twenty-mak-domain';
import { RemoteFailure } from './ports.ts';
import type {
  MakRecord,
  RemoteRecord,
  SyncedEntity,
  SyncRefusal,
  SyncPorts,
  Work,
  WorkDone,
  Written,
} from './ports.ts';

/** A record with both sides as they were read, and what each has to take over. */
interface Plan {
  readonly work: Work;
  readonly mak: MakRecord | null;
  /** Null also when there was no need to read it. */
  readonly remote: RemoteRecord | null;
  /** Null when there is none, or no longer. */
  readonly remoteId: string | null;
  readonly merge: Merge;
}

/** A plan after one side was written. */
interface Progress {
  readonly plan: Plan;
  readonly done: WorkDone;
  readonly values: Values;
}

/**
 * Brings records of both sides together, a batch at a time. It compares what is there now and trusts no message, so it may
 * be stopped at any point and begun again: what was written already is then equal.
 */
export class SyncEngine {
  private readonly ports: SyncPorts;

  constructor(ports: SyncPorts) {
    this.ports = ports;
  }

  /** Works on the most urgent records; gives how many. Rejects with the remote failure after giving them back. */
  async pass(entity: SyncedEntity): Promise<number> {
    const works = await this.ports.store.take(entity.name, entity.batch);
    if (works.length === 0) return 0;
    try {
      const plans = await this.plan(entity, works);
      const written = await this.writeMak(entity, plans);
      const done = await this.writeRemote(entity, written);
      await this.ports.store.finish(entity.name, done);
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      await this.ports.store.giveBack(entity.name, works, error);
      throw error;
    }
    return works.length;
  }

  /** Hears of everything that changed in the remote system since the last poll; gives how many records wait now. */
  async poll(entity: SyncedEntity): Promise<number> {
    const { store, remote } = this.ports;
    let found = 0;
    for (let more = true; more;) {
      const page = await remote.changedSince(entity.name, await store.cursor(entity.name));
      const seen = entity.createsInMak
        ? page.seen
        : page.seen.filter(({ localId }) => localId !== null);
      found += await store.heardOf(entity.name, seen);
      await store.moveCursor(entity.name, page.cursor);
      ({ more } = page);
    }
    return found;
  }

  private async plan(entity: SyncedEntity, works: readonly Work[]): Promise<readonly Plan[]> {
    const { mak, fingerprint } = this.ports;
    const locals = await mak.read(entity.name, present(works.map(({ localId }) => localId)));
    const own = (work: Work): MakRecord | null => locals.get(work.localId ?? '') ?? null;
    const blind = new Map<Work, Values>();
    for (const work of works) {
      const record = own(work);
      if (record === null || work.remoteId === null || mustRead(work)) continue;
      const values = outgoing(entity.matrix, work.agreed, record.values, fingerprint);
      if (values !== null) blind.set(work, values);
    }
    const remotes = await this.readRemote(
      entity,
      works.filter((work) => !blind.has(work)),
    );
    const now = await this.ports.now();
    return works.map((work): Plan => {
      const record = own(work);
      const toRemote = blind.get(work);
      if (toRemote !== undefined)
        return {
          work,
          mak: record,
          remote: null,
          remoteId: work.remoteId,
          merge: { toMak: {}, toRemote, agreed: work.agreed, conflicts: [] },
        };
      const remote = remotes.get(work) ?? null;
      const merge = mergeRecord(
        entity.matrix,
        work.agreed,
        record === null ? null : sideOf(work, 'mak', record.values, null),
        remote === null ? null : sideOf(work, 'remote', remote.values, now),
        fingerprint,
        work.sent,
      );
      return { work, mak: record, remote, remoteId: remote?.remoteId ?? null, merge };
    });
  }

  /** A record that was perhaps made already by an attempt that never ended is looked for. */
  private async readRemote(
    { name }: SyncedEntity,
    works: readonly Work[],
  ): Promise<ReadonlyMap<Work, RemoteRecord>> {
    const { remote } = this.ports;
    const linked = present(works.map(({ remoteId }) => remoteId));
    const lost = works.filter(({ remoteId, pending }) => remoteId === null && pending.attempts > 1);
    const byId =
      linked.length === 0 ? new Map<string, RemoteRecord>() : await remote.read(name, linked);
    const byLocal =
      lost.length === 0
        ? new Map<string, RemoteRecord>()
        : await remote.find(name, present(lost.map(({ localId }) => localId)));
    return new Map(
      works.flatMap((work): [Work, RemoteRecord][] => {
        const record = byId.get(work.remoteId ?? '') ?? byLocal.get(work.localId ?? '');
        return record === undefined ? [] : [[work, record]];
      }),
    );
  }

  private async writeMak(
    entity: SyncedEntity,
    plans: readonly Plan[],
  ): Promise<readonly Progress[]> {
    const changing = plans.filter(
      ({ merge, mak }) =>
        Object.keys(merge.toMak).length > 0 && (mak !== null || entity.createsInMak),
    );
    if (changing.length === 0) return plans.map((plan) => this.afterMak(plan, undefined));
    return this.ports.store.together(async () => {
      const answers = await this.ports.mak.write(
        entity.name,
        changing.map(({ work, mak, merge }) => ({
          localId: mak === null ? null : work.localId,
          values: merge.toMak,
          version: mak?.version ?? null,
        })),
      );
      const answered = new Map(changing.map((plan, index) => [plan, answers[index]]));
      const progress = plans.map((plan) => this.afterMak(plan, answered.get(plan)));
      const written = progress.filter((one) => answered.get(one.plan)?.kind === 'written');
      await this.ports.store.link(
        entity.name,
        written.map(({ done }) => done),
      );
      return progress;
    });
  }

  private afterMak(plan: Plan, answer: Written<string, number> | undefined): Progress {
    const { work, mak, remote, remoteId, merge } = plan;
    const untouched: WorkDone = {
      work,
      localId: work.localId,
      remoteId,
      remoteVersion: remote?.version ?? null,
      agreed: merge.agreed,
      conflicts: merge.conflicts,
      outcome: 'synced',
      refusal: null,
    };
    const values = mak?.values ?? {};
    switch (answer?.kind) {
      case undefined:
        return { plan, values, done: untouched };
      case 'moved':
        return {
          plan,
          values,
          done: {
            ...untouched,
            remoteVersion: null,
            conflicts: [],
            outcome: 'again',
          },
        };
      case 'refused':
        return {
          plan,
          values,
          done: this.refused(untouched, answer.refusal, merge.toMak, values, remote?.values ?? {}),
        };
      case 'written':
        return {
          plan,
          values: answer.values,
          done: {
            ...untouched,
            localId: answer.id,
            agreed: this.agree(
              merge,
              Object.keys(merge.toMak),
              answer.values,
              remote?.values ?? {},
            ),
          },
        };
    }
  }

  private async writeRemote(
    entity: SyncedEntity,
    progress: readonly Progress[],
  ): Promise<readonly WorkDone[]> {
    const guarded = new Set(
      entity.matrix.filter(({ direction }) => direction === 'both').map(({ field }) => field),
    );
    const changing = progress.flatMap((one) => {
      const {
        done,
        plan: { merge, remote },
      } = one;
      if (done.outcome !== 'synced' || done.localId === null) return [];
      if (Object.keys(merge.toRemote).length === 0) return [];
      const isGuarded = Object.keys(merge.toRemote).some((field) => guarded.has(field));
      const change = {
        remoteId: done.remoteId,
        localId: done.localId,
        values: merge.toRemote,
        version: isGuarded ? (remote?.version ?? null) : null,
      };
      return [{ one, change }];
    });
    if (changing.length === 0) return progress.map(({ done }) => done);
    await this.ports.store.sending(
      entity.name,
      changing.map(({ one, change }) => ({
        done: one.done,
        sent: this.fingerprints(entity.asStored(change.values)),
      })),
    );
    const answers = await this.ports.remote.write(
      entity.name,
      changing.map(({ change }) => change),
    );
    const answered = new Map(changing.map(({ one }, index) => [one, answers[index]]));
    return progress.map((one) => this.afterRemote(one, answered.get(one)));
  }

  private afterRemote(
    { done, plan: { merge, remote }, values }: Progress,
    answer: Written<string, string> | undefined,
  ): WorkDone {
    const fields = Object.keys(merge.toRemote);
    switch (answer?.kind) {
      case undefined:
        return done;
      case 'moved':
        return { ...done, remoteVersion: null, outcome: 'again' };
      case 'refused':
        return this.refused(done, answer.refusal, merge.toRemote, values, remote?.values ?? {});
      case 'written':
        return this.written({ ...done, remoteId: answer.id }, answer, fields, values);
    }
  }

  /**
   * A version counts as seen only if it holds nothing but what is agreed on. A person may have changed the record since it
   * was read; the next poll then finds a version that nobody has seen.
   */
  private written(
    done: WorkDone,
    answer: Extract<Written<string, string>, { kind: 'written' }>,
    fields: readonly string[],
    mak: Values,
  ): WorkDone {
    const agreed = this.agree(done, fields, mak, answer.values);
    const isAgreed = Object.entries(agreed).every(
      ([field, { remote }]) => this.ports.fingerprint(answer.values[field] ?? null) === remote,
    );
    return { ...done, agreed, remoteVersion: isAgreed ? answer.version : null };
  }

  /** The difference is agreed on as it is; the next change of either side tries again. Other fields go on without it. */
  private refused(
    done: WorkDone,
    refusal: SyncRefusal,
    wanted: Values,
    mak: Values,
    remote: Values,
  ): WorkDone {
    if (done.localId === null || done.remoteId === null)
      return { ...done, outcome: 'dead', refusal };
    const { field } = refusal;
    const named = field !== null && field in wanted;
    return {
      ...done,
      agreed: this.agree(done, named ? [field] : Object.keys(wanted), mak, remote),
      remoteVersion: named ? null : done.remoteVersion,
      outcome: named ? 'again' : done.outcome,
      refusal,
    };
  }

  private fingerprints(values: Values): Sent {
    return Object.fromEntries(
      Object.entries(values).map(([field, value]) => [field, this.ports.fingerprint(value)]),
    );
  }

  private agree(
    { agreed }: Pick<Merge, 'agreed'>,
    fields: readonly string[],
    mak: Values,
    remote: Values,
  ): WorkDone['agreed'] {
    return agreeAfter(agreed, fields, mak, remote, this.ports.fingerprint);
  }
}

/** An earlier attempt may have written something whose answer was lost. */
function mustRead({ pending }: Work): boolean {
  return pending.remoteTouched || pending.attempts > 1;
}

/** `since` is when MaK hears of changes that nobody told: now, by reading them. */
function sideOf(
  { pending }: Work,
  side: 'mak' | 'remote',
  values: Values,
  since: Instant | null,
): SideRecord {
  const { [ANY_FIELD]: any, ...heard } = pending.heardAt[side];
  const rest = any ?? since;
  const heardAt: Record<string, Instant> = { ...heard };
  if (rest !== null) for (const field of Object.keys(values)) heardAt[field] ??= rest;
  return { values, heardAt };
}

function present(ids: readonly (string | null)[]): readonly string[] {
  return ids.filter((id) => id !== null);
}
