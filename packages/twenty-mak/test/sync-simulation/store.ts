import { markPending, SECOND, URGENCIES } from 'twenty-mak-domain';
import type { Agreement, Conflict, Mark, Pending, Sent } from 'twenty-mak-domain';
import { LANES } from '../../src/connectors/sync/ports.ts';
import type {
  Intent,
  Lane,
  RemoteFailure,
  SeenRecord,
  SyncStore,
  Work,
  WorkDone,
} from '../../src/connectors/sync/ports.ts';
import type { World } from './world.ts';

/** What a story looks at in the end. */
export interface Look {
  readonly links: readonly { readonly localId: string; readonly remoteId: string }[];
  readonly waiting: number;
  readonly conflicts: number;
  readonly refusals: number;
}

/** Rows of the engine, and what tells them of changes. */
export interface StoryStore extends SyncStore {
  markLocal(localId: string, mark: Omit<Mark, 'at'>): void;
  markRemote(remoteId: string, localId: string | null, mark: Omit<Mark, 'at'>): void;
  /** Everything that was parked may be written now. */
  unpark(): Promise<void>;
  look(): Promise<Look>;
}

interface Link {
  readonly localId: string;
  remoteId: string;
  remoteVersion: string | null;
  agreed: Agreement;
}

interface Waiting {
  localId: string | null;
  remoteId: string | null;
  pending: Pending;
  sent: Sent;
  leasedUntil: number;
  /** The remote version that was looked at when nothing could be written. */
  parkedVersion: string | null;
}

const LEASE = 30 * SECOND;
/** Waits until it changes, or may be written. */
const PARKED = Number.POSITIVE_INFINITY;

/** Rows of the engine, as PostgreSQL keeps them. */
export class StoreModel implements StoryStore {
  private readonly links = new Map<string, Link>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly journal: Conflict[] = [];
  private refusals = 0;
  private readonly cursors = new Map<string, string>();

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  async look(): Promise<Look> {
    return {
      links: [...this.links.values()],
      waiting: this.waiting.size,
      conflicts: this.journal.length,
      refusals: this.refusals,
    };
  }

  markLocal(localId: string, mark: Omit<Mark, 'at'>): void {
    const link = this.links.get(localId);
    this.mark(localId, localId, link?.remoteId ?? null, mark);
  }

  markRemote(remoteId: string, localId: string | null, mark: Omit<Mark, 'at'>): void {
    const link = this.linkOf(remoteId);
    const local = link?.localId ?? localId;
    this.mark(local ?? `remote:${remoteId}`, local, remoteId, mark);
  }

  async take(_entity: string, limit: number, lane: Lane): Promise<readonly Work[]> {
    return this.world.own(() => {
      this.mergeTwins();
      const due = [...this.waiting]
        .filter(
          ([, { pending, leasedUntil }]) =>
            Math.max(pending.dueAt, leasedUntil) <= this.world.now &&
            LANES[lane].some((urgency) => urgency === pending.urgency),
        )
        .toSorted(([, left], [, right]) => rank(left) - rank(right))
        .slice(0, limit);
      return due.map(([key, waiting]): Work => {
        const isBlind =
          waiting.leasedUntil > 0 && this.world.bugs.has('writes blindly after a crash');
        waiting.leasedUntil = this.world.now + LEASE;
        waiting.pending = { ...waiting.pending, attempts: waiting.pending.attempts + 1 };
        const link =
          this.links.get(waiting.localId ?? '') ?? this.linkOf(waiting.remoteId ?? '') ?? null;
        return {
          lease: '',
          key,
          localId: link?.localId ?? waiting.localId,
          remoteId: link?.remoteId ?? waiting.remoteId,
          agreed: link?.agreed ?? {},
          sent: isBlind ? {} : waiting.sent,
          pending: waiting.pending,
        };
      });
    });
  }

  async together<T>(_entity: string, run: () => Promise<T>): Promise<T> {
    return this.world.bugs.has('links later') ? run() : this.world.together(run);
  }

  /** Nobody decides anything in a story. */
  async decided(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async link(_entity: string, done: readonly WorkDone[]): Promise<void> {
    this.world.own(() => {
      if (this.world.bugs.has('links later')) return;
      for (const one of done) {
        this.linkOne(one);
        const waiting = this.waiting.get(one.work.key);
        if (waiting === undefined) continue;
        waiting.pending = { ...waiting.pending, remoteTouched: true };
        waiting.sent = {};
      }
    });
  }

  async sending(_entity: string, intents: readonly Intent[]): Promise<void> {
    this.world.own(() => {
      for (const { done, sent } of intents) {
        this.linkOne(done);
        const waiting = this.waiting.get(done.work.key);
        if (waiting !== undefined && !this.world.bugs.has('forgets what it sent'))
          waiting.sent = sent;
      }
    });
  }

  async finish(_entity: string, done: readonly WorkDone[]): Promise<void> {
    this.world.own(() => {
      for (const one of done) this.finishOne(one);
    });
  }

  async giveBack(_entity: string, works: readonly Work[], { wait }: RemoteFailure): Promise<void> {
    this.world.own(() => {
      for (const { key } of works) {
        const waiting = this.waiting.get(key);
        if (waiting === undefined) continue;
        const pause = wait ?? Math.min(60, 2 ** waiting.pending.attempts) * SECOND;
        waiting.leasedUntil = 0;
        waiting.pending = { ...waiting.pending, dueAt: this.world.now + pause };
      }
    });
  }

  async heardOf(_entity: string, seen: readonly SeenRecord[]): Promise<number> {
    return this.world.own(() => {
      const fresh = seen.filter(
        ({ remoteId, localId, version }) =>
          this.linkOf(remoteId)?.remoteVersion !== version &&
          this.parkedVersion(remoteId, localId) !== version,
      );
      for (const { remoteId, localId } of fresh)
        this.markRemote(remoteId, localId, { urgency: 'system', side: 'remote', fields: [] });
      return fresh.length;
    });
  }

  async cursor(entity: string): Promise<string | null> {
    return this.world.own(() => this.cursors.get(entity) ?? null);
  }

  async moveCursor(entity: string, cursor: string): Promise<void> {
    this.world.own(() => this.cursors.set(entity, cursor));
  }

  async unpark(): Promise<void> {
    for (const waiting of this.waiting.values())
      waiting.pending = woken(waiting.pending, this.world.now);
  }

  private parkedVersion(remoteId: string, localId: string | null): string | null {
    const key = this.linkOf(remoteId)?.localId ?? localId ?? `remote:${remoteId}`;
    return this.waiting.get(key)?.parkedVersion ?? null;
  }

  private linkOf(remoteId: string): Link | undefined {
    return [...this.links.values()].find((link) => link.remoteId === remoteId);
  }

  private mark(
    key: string,
    localId: string | null,
    remoteId: string | null,
    mark: Omit<Mark, 'at'>,
  ): void {
    const waiting = this.waiting.get(key);
    const before = waiting === undefined ? null : woken(waiting.pending, this.world.now);
    const pending = markPending(before, { ...mark, at: this.world.now });
    this.waiting.set(key, {
      localId: localId ?? waiting?.localId ?? null,
      remoteId: remoteId ?? waiting?.remoteId ?? null,
      pending,
      sent: waiting?.sent ?? {},
      leasedUntil: waiting?.leasedUntil ?? 0,
      parkedVersion: null,
    });
  }

  /** What waits as a remote record and has been linked since waits as one record. */
  private mergeTwins(): void {
    for (const [key, twin] of this.waiting) {
      const link = this.linkOf(twin.remoteId ?? '');
      if (link === undefined || key === link.localId) continue;
      this.waiting.delete(key);
      this.markRemote(link.remoteId, link.localId, {
        urgency: twin.pending.urgency,
        side: 'remote',
        fields: Object.keys(twin.pending.heardAt.remote),
      });
    }
  }

  private linkOne({ localId, remoteId, remoteVersion, agreed }: WorkDone): void {
    if (localId === null || remoteId === null) return;
    const before = this.links.get(localId);
    this.links.set(localId, {
      localId,
      remoteId,
      remoteVersion: remoteVersion ?? before?.remoteVersion ?? null,
      agreed,
    });
  }

  private finishOne(done: WorkDone): void {
    const { work, conflicts, outcome, refusal } = done;
    if (outcome === 'parked') return this.park(done);
    this.linkOne(done);
    this.journal.push(...conflicts);
    if (refusal !== null) this.refusals += 1;
    const waiting = this.waiting.get(work.key);
    if (waiting === undefined) return;
    const isLast =
      waiting.pending.generation === work.pending.generation ||
      this.world.bugs.has('forgets new reasons');
    const isLater = outcome === 'later';
    if (outcome !== 'again' && !isLater && isLast) this.waiting.delete(work.key);
    else {
      if (!isLater) waiting.sent = {};
      waiting.leasedUntil = 0;
      waiting.pending = {
        ...waiting.pending,
        remoteTouched: waiting.pending.remoteTouched || outcome === 'again' || isLater,
        attempts: 0,
        dueAt: this.world.now,
      };
    }
  }

  private park({ work, remoteVersion }: WorkDone): void {
    const waiting = this.waiting.get(work.key);
    if (waiting === undefined) return;
    const isLast = waiting.pending.generation === work.pending.generation;
    waiting.leasedUntil = 0;
    waiting.parkedVersion = isLast ? remoteVersion : null;
    waiting.pending = {
      ...waiting.pending,
      attempts: work.pending.attempts - 1,
      dueAt: isLast ? PARKED : this.world.now,
    };
  }
}

function woken(pending: Pending, now: number): Pending {
  return pending.dueAt === PARKED ? { ...pending, dueAt: now } : pending;
}

function rank({ pending: { urgency, dueAt } }: Waiting): number {
  return URGENCIES.indexOf(urgency) * 1e14 + dueAt;
}
