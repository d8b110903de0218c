import type { Instant } from '../basics/index.ts';
import { compareEvents, runKey } from '../deal-gates/index.ts';
import type { DomainEvent, ExternalRef, PublishedBreach, SlaRun } from '../deal-gates/index.ts';
import type { Bug } from './bugs.ts';
import { eventKey, refKey } from './repository.ts';
import type {
  DealWrite,
  OutboxRow,
  Repository,
  StoredDeal,
  StoredEvent,
  Transaction,
  Writes,
} from './repository.ts';

/** What is committed of one tenant. */
export class TenantRows {
  readonly events = new Map<string, StoredEvent>();
  readonly eventsOfDeal = new Map<string, DomainEvent[]>();
  readonly orphansOfRef = new Map<string, Set<DomainEvent>>();
  readonly links = new Map<string, string>();
  readonly deals = new Map<string, StoredDeal>();
  readonly runs = new Map<string, Map<string, SlaRun>>();
  readonly breaches = new Map<string, Map<string, PublishedBreach>>();
}

/** A model of the database: committed rows, running transactions and a lock for each tenant. */
export class ModelStore implements Repository {
  readonly tenants = new Map<string, TenantRows>();
  /** Committed rows in the order of their commits. */
  readonly outbox: OutboxRow[] = [];
  readonly bugs: ReadonlySet<Bug>;
  /** Called with what a transaction wrote, after its commit. */
  onCommit: (tenant: string, writes: Writes, rows: readonly OutboxRow[]) => void = () => {};
  private readonly clock: () => Instant;
  private readonly running = new Set<ModelTransaction>();
  private transactions = 0;
  private positions = 0;
  private dealIds = 0;

  constructor(tenants: readonly string[], clock: () => Instant, bugs: ReadonlySet<Bug>) {
    this.clock = clock;
    this.bugs = bugs;
    for (const tenant of tenants) this.tenants.set(tenant, new TenantRows());
  }

  begin(tenant: string): Transaction | null {
    const locked = [...this.running].some((transaction) => transaction.tenant === tenant);
    if (locked && !this.bugs.has('no-writer-lock')) return null;
    this.transactions += 1;
    const transaction = new ModelTransaction(this, tenant, this.transactions, this.clock());
    this.running.add(transaction);
    return transaction;
  }

  /** Outbox rows after a position of (transaction, position), below the oldest running transaction. */
  readOutbox(
    after: readonly [transaction: number, position: number],
    limit: number,
  ): readonly OutboxRow[] {
    const ahead = this.bugs.has('outbox-read-ahead');
    const oldest = Math.min(Infinity, ...[...this.running].map(({ id }) => id));
    return this.outbox
      .filter((row) => isAfter(row, after) && (ahead || row.transaction < oldest))
      .sort((left, right) => left.transaction - right.transaction || left.position - right.position)
      .slice(0, limit);
  }

  rowsOf(tenant: string): TenantRows {
    const rows = this.tenants.get(tenant);
    if (rows === undefined) throw new Error(`unknown tenant ${tenant}`);
    return rows;
  }

  nextPosition(): number {
    this.positions += 1;
    return this.positions;
  }

  nextDealId(): string {
    this.dealIds += 1;
    return `deal-${this.dealIds}`;
  }

  isRunning(transaction: ModelTransaction): boolean {
    return this.running.has(transaction);
  }

  finish(transaction: ModelTransaction): void {
    this.running.delete(transaction);
  }
}

function isAfter(row: OutboxRow, [transaction, position]: readonly [number, number]): boolean {
  return (
    row.transaction > transaction || (row.transaction === transaction && row.position > position)
  );
}

class ModelTransaction implements Transaction {
  readonly tenant: string;
  readonly id: number;
  readonly now: Instant;
  private readonly store: ModelStore;
  private readonly rows: TenantRows;
  private readonly saved: Writes[] = [];
  private readonly outbox: OutboxRow[] = [];

  constructor(store: ModelStore, tenant: string, id: number, now: Instant) {
    this.store = store;
    this.rows = store.rowsOf(tenant);
    this.tenant = tenant;
    this.id = id;
    this.now = now;
  }

  findEvent(key: string): StoredEvent | null {
    if (this.store.bugs.has('no-deduplication')) return null;
    return this.rows.events.get(key) ?? null;
  }

  findDeal(ref: ExternalRef): string | null {
    return this.rows.links.get(refKey(ref)) ?? null;
  }

  findOrphans(ref: ExternalRef): readonly DomainEvent[] {
    if (this.store.bugs.has('orphans-forgotten')) return [];
    return [...(this.rows.orphansOfRef.get(refKey(ref)) ?? [])];
  }

  loadDeal(dealId: string): StoredDeal | null {
    return this.rows.deals.get(dealId) ?? null;
  }

  loadEvents(dealId: string): readonly DomainEvent[] {
    return (this.rows.eventsOfDeal.get(dealId) ?? []).toSorted(compareEvents);
  }

  loadRuns(dealId: string): readonly SlaRun[] {
    return [...(this.rows.runs.get(dealId)?.values() ?? [])];
  }

  loadBreaches(dealId: string): readonly PublishedBreach[] {
    return [...(this.rows.breaches.get(dealId)?.values() ?? [])];
  }

  findOverdue(now: Instant): ReadonlyMap<string, readonly SlaRun[]> {
    const overdue = new Map<string, SlaRun[]>();
    for (const [dealId, runs] of this.rows.runs) {
      const published = this.rows.breaches.get(dealId);
      for (const [key, run] of runs) {
        if (run.closedAt !== null || run.dueAt >= now || published?.has(key) === true) continue;
        overdue.set(dealId, [...(overdue.get(dealId) ?? []), run]);
      }
    }
    return overdue;
  }

  newDealId(): string {
    return this.store.nextDealId();
  }

  save(writes: Writes): void {
    this.saved.push(writes);
    for (const { deal, announcements } of writes.deals) {
      for (const announcement of announcements) {
        const position = this.store.nextPosition();
        const { id: dealId, version: dealVersion } = deal;
        this.outbox.push({
          position,
          transaction: this.id,
          tenant: this.tenant,
          dealId,
          dealVersion,
          announcement,
        });
      }
    }
  }

  commit(): boolean {
    if (!this.store.isRunning(this)) return false;
    this.store.finish(this);
    for (const writes of this.saved) {
      for (const stored of writes.events) this.writeEvent(stored);
      for (const [ref, dealId] of writes.links) this.rows.links.set(refKey(ref), dealId);
      for (const deal of writes.deals) this.writeDeal(deal);
    }
    this.store.outbox.push(...this.outbox);
    for (const writes of this.saved) this.store.onCommit(this.tenant, writes, this.outbox);
    return true;
  }

  rollback(): void {
    this.store.finish(this);
  }

  private writeEvent(stored: StoredEvent): void {
    const { event, dealId } = stored;
    this.rows.events.set(eventKey(event), stored);
    for (const ref of event.externalRefs) {
      const orphans = this.rows.orphansOfRef.get(refKey(ref)) ?? new Set();
      if (dealId === null) orphans.add(event);
      else orphans.delete(event);
      this.rows.orphansOfRef.set(refKey(ref), orphans);
    }
    if (dealId === null) return;
    const events = this.rows.eventsOfDeal.get(dealId);
    if (events === undefined) this.rows.eventsOfDeal.set(dealId, [event]);
    else events.push(event);
  }

  private writeDeal({ deal, runs, replacesRuns, breached, retracted }: DealWrite): void {
    this.rows.deals.set(deal.id, deal);
    const known = replacesRuns ? new Map<string, SlaRun>() : new Map(this.rows.runs.get(deal.id));
    for (const run of runs) known.set(runKey(run), run);
    this.rows.runs.set(deal.id, known);
    const published = new Map(this.rows.breaches.get(deal.id));
    if (!this.store.bugs.has('breach-not-marked'))
      for (const run of breached) published.set(runKey(run), run);
    for (const run of retracted) published.delete(runKey(run));
    this.rows.breaches.set(deal.id, published);
  }
}
