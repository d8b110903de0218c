import type { Sent } from 'twenty-mak-domain';
import { Outcomes } from './outcomes.ts';
import type { Progress } from './outcomes.ts';
import { withoutPersonal } from './personal-values.ts';
import { planBatch } from './plan.ts';
import type { Plan } from './plan.ts';
import { RemoteFailure } from './ports.ts';
import type {
  FoundUrgency,
  Lane,
  RemoteChange,
  RemoteRecord,
  SyncedEntity,
  SyncPorts,
  Work,
  WorkDone,
  Written,
} from './ports.ts';
import { sentOf } from './sent.ts';
import { writeWithStandIns } from './stand-ins.ts';
import { untouched } from './work-done.ts';

const MOVED = { kind: 'moved' } as const;
/** What has to wait until all that is there is listed is woken then; a look meanwhile is for when nobody was there to wake it. In milliseconds. */
const UNTIL_LISTED = 60_000;

export interface Polled {
  readonly found: number;
  readonly more: boolean;
}

/**
 * Brings records of both sides together, a batch at a time. It compares what is there now and trusts no message, so it may
 * be stopped at any point and begun again: what was written already is then equal.
 */
export class SyncEngine {
  private readonly ports: SyncPorts;
  private readonly outcomes: Outcomes;

  constructor(ports: SyncPorts) {
    this.ports = ports;
    this.outcomes = new Outcomes(ports.fingerprint);
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
      const unmet = await this.unmet(entity, first);
      const plans = await planBatch(
        this.ports,
        entity,
        first.filter((work) => !unmet.includes(work)),
      );
      await this.lookByClaim(entity, plans);
      const done = await this.write(entity, plans, isCautious);
      const later = twins.map((work): WorkDone => ({
        ...untouched(work),
        localId: null,
        outcome: 'later',
      }));
      const waiting = unmet.map((work): WorkDone => ({
        ...untouched(work),
        outcome: 'later',
        pause: UNTIL_LISTED,
      }));
      await this.ports.store.finish(
        entity.name,
        [...done, ...later, ...waiting].map((one) => withoutPersonal(entity, one)),
      );
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      await this.ports.store.giveBack(entity.name, works, error);
      throw error;
    }
    return works.length;
  }

  /**
   * Hears of what changed in the remote system since the last poll, so many pages of it; gives how many records wait now that
   * did not, and whether there is more to hear of.
   */
  async poll(
    entity: SyncedEntity,
    pages = Infinity,
    urgency: FoundUrgency = 'system',
  ): Promise<Polled> {
    const { store, remote } = this.ports;
    let found = 0;
    let more = true;
    for (let read = 0; more && read < pages; read += 1) {
      const from = await store.cursor(entity.name);
      const page = await remote.changedSince(entity.name, from);
      const seen =
        entity.createsInMak && entity.whenNamed !== true
          ? page.seen
          : page.seen.filter(({ localId }) => localId !== null);
      found += await store.heardOf(entity.name, seen, urgency);
      await store.moveCursor(entity.name, page.cursor, from);
      ({ more } = page);
    }
    return { found, more };
  }

  /** What is perhaps there though nobody has met it yet: it would be made a second time. What was sent is looked for. */
  private async unmet(entity: SyncedEntity, works: readonly Work[]): Promise<readonly Work[]> {
    const { remote } = this.ports;
    const unlinked = works.flatMap(({ localId, remoteId, sent }) =>
      localId === null || remoteId !== null || Object.keys(sent).length > 0 ? [] : [localId],
    );
    if (remote.unmet === undefined || unlinked.length === 0) return [];
    const unmet = await remote.unmet(entity.name, unlinked);
    return works.filter(({ localId, remoteId }) => remoteId === null && unmet.has(localId ?? ''));
  }

  /** Nobody said that these records carry an id of MaK's; they wait anew under it. */
  private async lookByClaim(entity: SyncedEntity, plans: readonly Plan[]): Promise<void> {
    const seen = plans.flatMap(({ work, remote, claimed }) =>
      remote === null || claimed === null || work.localId !== null ? [] : [remote],
    );
    if (seen.length > 0) await this.ports.store.heardOf(entity.name, seen, 'system');
  }

  private async write(
    entity: SyncedEntity,
    plans: readonly Plan[],
    isCautious: boolean,
  ): Promise<readonly WorkDone[]> {
    if (entity.isDry === true) return plans.map((plan) => this.outcomes.foreseen(entity, plan));
    return this.writeRemote(entity, await this.writeMak(entity, plans), isCautious);
  }

  private async writeMak(
    entity: SyncedEntity,
    plans: readonly Plan[],
  ): Promise<readonly Progress[]> {
    const changing = plans.filter(
      ({ merge, mak }) =>
        Object.keys(merge.toMak).length > 0 && (mak !== null || entity.createsInMak),
    );
    if (changing.length === 0)
      return plans.map((plan) => this.outcomes.afterMak(entity, plan, undefined));
    return this.ports.store.together(entity.name, async () => {
      const decided = await this.ports.store.decided(
        entity.name,
        changing.map(({ work }) => work),
      );
      const still = changing
        .filter(({ work }) => !decided.has(work.localId ?? ''))
        .toSorted(byLocalId);
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
        const one = this.outcomes.afterMak(entity, plan, answered.get(plan));
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

  private async writeRemote(
    entity: SyncedEntity,
    all: readonly Progress[],
    isCautious: boolean,
  ): Promise<readonly WorkDone[]> {
    const progress = all.map((one) => this.outcomes.withoutStored(entity, one));
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
        sent: this.sent(entity, change, one.plan.remote),
      })),
    );
    const answers = await this.ports.remote.write(
      entity.name,
      changing.map(({ change }) => change),
    );
    const answered = new Map(changing.map(({ one }, index) => [one, answers[index]]));
    return progress.map((one) => this.outcomes.afterRemote(one, answered.get(one)));
  }

  private sent(entity: SyncedEntity, change: RemoteChange, before: RemoteRecord | null): Sent {
    const { remote, fingerprint } = this.ports;
    const between = remote.between?.(entity.name, change, before) ?? [];
    return sentOf(entity.asStored(change.values), between, fingerprint);
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

/** What waits for other connectors because of what is written is locked in the order of the records. */
function byLocalId({ work: one }: Plan, { work: other }: Plan): number {
  const [left, right] = [one.localId ?? '', other.localId ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}
