import { agreeAfter } from 'twenty-mak-domain';
import type { Agreement, Fingerprint, Merge, Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { moveAmong, putRight, shownFirst } from './moves.ts';
import type { Plan } from './plan.ts';
import type { SyncedEntity, WorkDone, Written, WrittenThere } from './ports.ts';
import { untouched } from './work-done.ts';

/** A plan after one side was written. */
export interface Progress {
  readonly plan: Plan;
  readonly done: WorkDone;
  /** What MaK has now. */
  readonly values: Values;
  /** What the remote record has to take over still. */
  readonly toRemote: Values;
}

/** What became of records of both sides after one of them was written, or would be written. */
export class Outcomes {
  private readonly fingerprint: Fingerprint;

  constructor(fingerprint: Fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** What would be done, where nothing may be written. */
  foreseen(entity: SyncedEntity, plan: Plan): WorkDone {
    const { done } = this.afterMak(entity, plan, undefined);
    const { mak, remote, merge } = plan;
    if (done.outcome === 'dead' || (mak === null && remote === null)) return done;
    const toMak = mak === null && !entity.createsInMak ? {} : merge.toMak;
    return { ...done, wrote: { mak: toMak, remote: merge.toRemote }, outcome: 'parked' };
  }

  /** After MaK has answered; undefined when nothing was written there. */
  afterMak(
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
      case undefined: {
        // Nobody would hear of one that MaK has not met and must not see.
        const isUnseen = work.localId === null && remote === null && refusal !== null;
        return { ...progress, done: isUnseen ? { ...unwritten, outcome: 'dead' } : unwritten };
      }
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
        const shown = mak === null ? shownFirst(entity, values, this.fingerprint) : {};
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
            ...putRight(move, values, this.fingerprint),
          },
          // Nobody else would say that this differs.
          done: this.holds(shown, there)
            ? done
            : { ...done, remoteVersion: null, outcome: 'again' },
        };
      }
    }
  }

  /**
   * Without what the remote record has already in the form that its system keeps: a value that was sent and whose answer was
   * lost differs from MaK's for ever where that system rounds or cuts.
   */
  withoutStored(entity: SyncedEntity, progress: Progress): Progress {
    const { done, plan, toRemote, values } = progress;
    const { remote, work } = plan;
    if (remote === null) return progress;
    // What carries no id of MaK's gets it by being written, unless it is linked: then there is perhaps no place for one.
    const isLinked = Object.keys(work.agreed).length > 0;
    const carried = isLinked ? (remote.localId ?? done.localId) : remote.localId;
    if (carried !== done.localId) return progress;
    const left = this.differing(entity.asStored(toRemote), remote.values);
    const same = Object.keys(toRemote).filter((field) => !(field in left));
    if (same.length === 0) return progress;
    return {
      ...progress,
      toRemote: Object.fromEntries(Object.entries(toRemote).filter(([field]) => field in left)),
      done: { ...done, agreed: this.agree(done, same, values, remote.values) },
    };
  }

  /** After the other system has answered; undefined when nothing was written there. */
  afterRemote(
    { done, plan, values, toRemote }: Progress,
    answer: WrittenThere | undefined,
  ): WorkDone {
    const fields = Object.keys(toRemote);
    switch (answer?.kind) {
      case undefined:
        return done;
      case 'moved':
        return { ...done, remoteVersion: null, outcome: 'again' };
      case 'refused':
        return this.refused(done, answer.refusal, toRemote, values, plan.remote?.values ?? {});
      case 'written':
        return this.written(
          {
            ...done,
            remoteId: answer.id,
            wrote: { ...done.wrote, remote: without(toRemote, answer.spared?.field) },
            refusal: answer.spared ?? done.refusal,
          },
          { ...answer, left: this.left(plan, toRemote, answer) },
          fields,
          values,
        );
    }
  }

  /**
   * What a write has left. What was written once before and stands there as it did then is how that system keeps it: it would be
   * written for ever.
   */
  private left(
    { work, remote }: Plan,
    toRemote: Values,
    { left = {}, values }: Extract<WrittenThere, { kind: 'written' }>,
  ): Values {
    const print = (value: Values[string] | undefined): string => this.fingerprint(value ?? null);
    const isKept = (field: string): boolean =>
      remote !== null &&
      work.agreed[field]?.mak === print(toRemote[field]) &&
      print(remote.values[field]) === print(values[field]);
    return Object.fromEntries(Object.entries(left).filter(([field]) => !isKept(field)));
  }

  /**
   * A version counts as seen only if it holds nothing but what is agreed on. A person may have changed the record since it
   * was read, or since it was written: then it is read again, because a poll need not list what MaK itself has written last.
   */
  private written(
    done: WorkDone,
    answer: Extract<WrittenThere, { kind: 'written' }>,
    fields: readonly string[],
    mak: Values,
  ): WorkDone {
    const agreed = this.agree(done, fields, mak, { ...answer.values, ...answer.left });
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
      ([field, { remote }]) => this.fingerprint(values[field] ?? null) === remote,
    );
  }

  private differing(values: Values, there: Values): Values {
    const print = this.fingerprint;
    return Object.fromEntries(
      Object.entries(values).filter(
        ([field, value]) => print(value) !== print(there[field] ?? null),
      ),
    );
  }

  private agree(
    { agreed }: Pick<Merge, 'agreed'>,
    fields: readonly string[],
    mak: Values,
    remote: Values,
  ): WorkDone['agreed'] {
    return agreeAfter(agreed, fields, mak, remote, this.fingerprint);
  }
}

function without(values: Values, field: string | null | undefined): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
}

function asNow(values: Values, now: Values): Values {
  return Object.fromEntries(Object.keys(values).map((field) => [field, now[field] ?? null]));
}

function unknownId(id: string): WriteRefusal {
  const reason = `It carries the id ${id} of a record that this MaK does not have. If it is to become a new one here, empty that field there; else let it be.`;
  return { code: 'unknown_mak_id', reason, field: null };
}
