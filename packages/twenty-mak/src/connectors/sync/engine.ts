import { agreeAfter } from 'twenty-mak-domain';
import type { Agreement, Merge, Sent, Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { moveAmong, putRight, shownFirst } from './moves.ts';
import { withoutPersonal } from './personal-values.ts';
import { planBatch } from './plan.ts';
import type { Plan } from './plan.ts';
import { RemoteFailure } from './ports.ts';
import type { Lane, SyncedEntity, SyncPorts, Work, WorkDone, Written } from './ports.ts';
import { writeWithStandIns } from './stand-ins.ts';
import { untouched } from './work-done.ts';

const MOVED = { kind: 'moved' } as const;

/** A plan after one side was written. */
interface Progress {
  readonly plan: Plan;
  readonly done: WorkDone;
  /** What MaK has now. */
  readonly values: Values;
  /** What the remote record has to take over still. */
  readonly toRemote: Values;
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

  /**
   * Works on the most urgent records of a lane; gives how many. Rejects with the remote failure after giving them back. A
   * cautious pass asks before it writes: what is sent and not answered would have to be looked for.
   */
  async pass(entity: SyncedEntity, lane: Lane, isCautious = false): Promise<number> {
    const works = await this.ports.store.take(entity.name, entity.batch, lane, entity.after);
    if (works.length === 0) return 0;
    try {
      const { first, twins } = onceEach(works);
      const plans = await planBatch(this.ports, entity, first);
      await this.lookByClaim(entity, plans);
      const done = await this.write(entity, plans, isCautious);
      const later = twins.map((work): WorkDone => ({
        ...untouched(work),
        localId: null,
        outcome: 'later',
      }));
      await this.ports.store.finish(
        entity.name,
        [...done, ...later].map((one) => withoutPersonal(entity, one)),
      );
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
      const seen =
        entity.createsInMak && entity.whenNamed !== true
          ? page.seen
          : page.seen.filter(({ localId }) => localId !== null);
      found += await store.heardOf(entity.name, seen);
      await store.moveCursor(entity.name, page.cursor);
      ({ more } = page);
    }
    return found;
  }

  /** Nobody said that these records carry an id of MaK's; they wait anew under it. */
  private async lookByClaim(entity: SyncedEntity, plans: readonly Plan[]): Promise<void> {
    const seen = plans.flatMap(({ work, remote, claimed }) =>
      remote === null || claimed === null || work.localId !== null ? [] : [remote],
    );
    if (seen.length > 0) await this.ports.store.heardOf(entity.name, seen);
  }

  private async write(
    entity: SyncedEntity,
    plans: readonly Plan[],
    isCautious: boolean,
  ): Promise<readonly WorkDone[]> {
    if (entity.isDry === true) return plans.map((plan) => this.wouldWrite(entity, plan));
    return this.writeRemote(entity, await this.writeMak(entity, plans), isCautious);
  }

  private wouldWrite(entity: SyncedEntity, plan: Plan): WorkDone {
    const { done } = this.afterMak(entity, plan, undefined);
    const { mak, remote, merge } = plan;
    if (done.outcome === 'dead' || (mak === null && remote === null)) return done;
    const toMak = mak === null && !entity.createsInMak ? {} : merge.toMak;
    return { ...done, wrote: { mak: toMak, remote: merge.toRemote }, outcome: 'parked' };
  }

  private async writeMak(
    entity: SyncedEntity,
    plans: readonly Plan[],
  ): Promise<readonly Progress[]> {
    const changing = plans.filter(
      ({ merge, mak }) =>
        Object.keys(merge.toMak).length > 0 && (mak !== null || entity.createsInMak),
    );
    if (changing.length === 0) return plans.map((plan) => this.afterMak(entity, plan, undefined));
    return this.ports.store.together(async () => {
      const decided = await this.ports.store.decided(
        entity.name,
        changing.map(({ work }) => work),
      );
      const still = changing.filter(({ work }) => !decided.has(work.localId ?? ''));
      const { answers, refusals } = await writeWithStandIns(
        this.ports.mak,
        entity.name,
        still.map(({ work, mak, remoteId, merge }) => ({
          localId: mak === null ? null : work.localId,
          remoteId,
          values: mak === null ? { ...entity.becomesWith, ...merge.toMak } : merge.toMak,
          version: mak?.version ?? null,
        })),
        entity.standIns ?? {},
      );
      const answered = new Map<Plan, Written<string, number> | undefined>([
        ...changing.map((plan) => [plan, MOVED] as const),
        ...still.map((plan, index) => [plan, answers[index]] as const),
      ]);
      const spared = new Map(still.map((plan, index) => [plan, refusals.get(index)] as const));
      const progress = plans.map((plan) => {
        const one = this.afterMak(entity, plan, answered.get(plan));
        const refusal = one.done.refusal ?? spared.get(plan) ?? null;
        return { ...one, done: { ...one.done, refusal } };
      });
      const written = progress.filter((one) => answered.get(one.plan)?.kind === 'written');
      await this.ports.store.link(
        entity.name,
        written.map(({ done }) => done),
      );
      return progress;
    });
  }

  private afterMak(
    entity: SyncedEntity,
    plan: Plan,
    answer: Written<string, number> | undefined,
  ): Progress {
    const { work, mak, remote, remoteId, claimed, merge, refusal } = plan;
    const unwritten: WorkDone = {
      ...untouched(work),
      localId: mak === null ? null : work.localId,
      remoteId,
      remoteVersion: remote?.version ?? null,
      agreed: merge.agreed,
      conflicts: merge.conflicts,
      refusal,
    };
    const { toMak, toRemote } = merge;
    const progress = { plan, values: mak?.values ?? {}, toRemote };
    if (claimed !== null && work.localId !== null)
      return {
        ...progress,
        done: { ...unwritten, outcome: 'dead', refusal: refusal ?? unknownId(claimed) },
      };
    const there = remote?.values ?? {};
    const move = moveAmong(entity, toMak);
    switch (answer?.kind) {
      case undefined:
        return { ...progress, done: unwritten };
      case 'moved': {
        const done = {
          ...unwritten,
          remoteVersion: null,
          conflicts: [],
          outcome: 'again',
        } as const;
        return { ...progress, done };
      }
      case 'refused': {
        const here = { ...progress.values, ...move };
        const done = this.refused(unwritten, answer.refusal, toMak, here, there);
        // What people moved is put right also when nothing could be recorded of it.
        const again = done.outcome === 'synced' && Object.keys(move).length > 0;
        return { ...progress, done: again ? { ...done, outcome: 'again' } : done };
      }
      case 'written': {
        const { id, values } = answer;
        const shown = mak === null ? shownFirst(entity, values, this.ports.fingerprint) : {};
        const agreed = {
          ...shown,
          ...this.agree(merge, Object.keys(toMak), { ...values, ...move }, there),
        };
        const done = { ...unwritten, localId: id, wrote: { mak: toMak, remote: {} }, agreed };
        return {
          plan,
          values,
          toRemote: {
            // What MaK took over may have changed what it shows, perhaps to what stands there.
            ...this.differing(asNow(toRemote, values), there),
            ...putRight(move, values, this.ports.fingerprint),
          },
          // Nobody else would say that this differs.
          done: this.holds(shown, there)
            ? done
            : { ...done, remoteVersion: null, outcome: 'again' },
        };
      }
    }
  }

  private async writeRemote(
    entity: SyncedEntity,
    progress: readonly Progress[],
    isCautious: boolean,
  ): Promise<readonly WorkDone[]> {
    const isShared = (field: string): boolean =>
      field === entity.moved ||
      entity.matrix.some((rule) => rule.field === field && rule.direction === 'both');
    const changing = progress.flatMap((one) => {
      const { done, plan, toRemote } = one;
      if (done.outcome !== 'synced' || done.localId === null) return [];
      if (Object.keys(toRemote).length === 0) return [];
      const isGuarded = Object.keys(toRemote).some(isShared);
      const change = {
        remoteId: done.remoteId,
        localId: done.localId,
        values: toRemote,
        version: isGuarded ? (plan.remote?.version ?? null) : null,
      };
      return [{ one, change }];
    });
    const [first] = changing;
    if (first === undefined) return progress.map(({ done }) => done);
    if (isCautious) await this.ports.remote.find(entity.name, [first.change.localId]);
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
    { done, plan: { remote }, values, toRemote }: Progress,
    answer: Written<string, string> | undefined,
  ): WorkDone {
    const fields = Object.keys(toRemote);
    switch (answer?.kind) {
      case undefined:
        return done;
      case 'moved':
        return { ...done, remoteVersion: null, outcome: 'again' };
      case 'refused':
        return this.refused(done, answer.refusal, toRemote, values, remote?.values ?? {});
      case 'written':
        return this.written(
          { ...done, remoteId: answer.id, wrote: { ...done.wrote, remote: toRemote } },
          answer,
          fields,
          values,
        );
    }
  }

  /**
   * A version counts as seen only if it holds nothing but what is agreed on. A person may have changed the record since it
   * was read: then it is read again, because a poll need not list what MaK itself has written last.
   */
  private written(
    done: WorkDone,
    answer: Extract<Written<string, string>, { kind: 'written' }>,
    fields: readonly string[],
    mak: Values,
  ): WorkDone {
    const agreed = this.agree(done, fields, mak, answer.values);
    return this.holds(agreed, answer.values)
      ? { ...done, agreed, remoteVersion: answer.version }
      : { ...done, agreed, remoteVersion: null, outcome: 'again' };
  }

  /** The difference is agreed on as it is; the next change of either side tries again. Other fields go on without it. */
  private refused(
    done: WorkDone,
    refusal: WriteRefusal,
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

  /** Whether a remote record has what is agreed on. */
  private holds(agreed: Agreement, values: Values): boolean {
    return Object.entries(agreed).every(
      ([field, { remote }]) => this.ports.fingerprint(values[field] ?? null) === remote,
    );
  }

  private differing(values: Values, there: Values): Values {
    const print = this.ports.fingerprint;
    return Object.fromEntries(
      Object.entries(values).filter(
        ([field, value]) => print(value) !== print(there[field] ?? null),
      ),
    );
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

/** A remote record that waits under two names, once under each, must not be made in MaK twice. */
function onceEach(works: readonly Work[]): Record<'first' | 'twins', readonly Work[]> {
  const byRemote = new Map<string, Work>();
  for (const work of works)
    if (work.remoteId !== null && !byRemote.has(work.remoteId)) byRemote.set(work.remoteId, work);
  const isFirst = (work: Work): boolean =>
    work.remoteId === null || byRemote.get(work.remoteId) === work;
  return { first: works.filter(isFirst), twins: works.filter((work) => !isFirst(work)) };
}

function asNow(values: Values, now: Values): Values {
  return Object.fromEntries(Object.keys(values).map((field) => [field, now[field] ?? null]));
}

function unknownId(id: string): WriteRefusal {
  const reason = `It carries the id ${id} of a record that this MaK does not have. If it is to become a new one here, empty that field there; else let it be.`;
  return { code: 'unknown_mak_id', reason, field: null };
}
