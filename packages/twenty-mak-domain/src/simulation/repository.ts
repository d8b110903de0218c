import type { Instant } from '../basics/index.ts';
import type {
  Announcement,
  DealState,
  DomainEvent,
  ExternalRef,
  GateChange,
  Published,
  PublishedBreach,
  SlaRun,
  Transition,
} from '../deal-gates/index.ts';

/** The port between decisions and a store: one transaction at a time for each tenant. */
export interface Repository {
  /** Begins a transaction that holds the tenant's writer lock; null while another one holds it. */
  begin(tenant: string): Transaction | null;
}

export interface Transaction {
  readonly tenant: string;
  /** The store's clock when the transaction began. */
  readonly now: Instant;
  findEvent(key: string): StoredEvent | null;
  findDeal(ref: ExternalRef): string | null;
  findOrphans(ref: ExternalRef): readonly DomainEvent[];
  loadDeal(dealId: string): StoredDeal | null;
  loadEvents(dealId: string): readonly DomainEvent[];
  loadRuns(dealId: string): readonly SlaRun[];
  loadBreaches(dealId: string): readonly PublishedBreach[];
  /** Open runs that are due before `now` and whose breach is not published, by deal. */
  findOverdue(now: Instant): ReadonlyMap<string, readonly SlaRun[]>;
  newDealId(): string;
  save(writes: Writes): void;
  /** False if the store has given the transaction up meanwhile; then nothing happened. */
  commit(): boolean;
  rollback(): void;
}

export interface StoredEvent {
  readonly event: DomainEvent;
  /** Null while the deal does not exist. */
  readonly dealId: string | null;
}

export interface StoredDeal {
  readonly id: string;
  readonly version: number;
  readonly state: DealState;
  readonly transitions: readonly Transition[];
  readonly gateChanges: readonly GateChange[];
  readonly published: Published | null;
}

export interface DealWrite {
  readonly deal: StoredDeal;
  /** Runs to write; all runs of the deal if it was folded again. */
  readonly runs: readonly SlaRun[];
  readonly replacesRuns: boolean;
  readonly breached: readonly SlaRun[];
  readonly retracted: readonly PublishedBreach[];
  readonly announcements: readonly Announcement[];
}

export interface Writes {
  /** New events, and orphans that found their deal. */
  readonly events: readonly StoredEvent[];
  readonly links: readonly (readonly [ref: ExternalRef, dealId: string])[];
  readonly deals: readonly DealWrite[];
}

export interface OutboxRow {
  /** Given when the row is written; rows become visible in the order of commits. */
  readonly position: number;
  readonly transaction: number;
  readonly tenant: string;
  readonly dealId: string;
  readonly dealVersion: number;
  readonly announcement: Announcement;
}

export function eventKey({ source, eventId }: Pick<DomainEvent, 'source' | 'eventId'>): string {
  return `${source}\n${eventId}`;
}

export function refKey({ system, id }: ExternalRef): string {
  return `${system}\n${id}`;
}
