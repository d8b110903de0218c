import type { Instant } from '../basics/index.ts';
import { fold, parseEvent, runKey, runStatus } from '../deal-gates/index.ts';
import type { DomainEvent } from '../deal-gates/index.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import type { Answer } from './engine.ts';
import type { PlannedDeal, RawEvent } from './population.ts';
import { eventKey, refKey } from './repository.ts';
import type { DealWrite, OutboxRow, StoredDeal, Writes } from './repository.ts';
import type { ModelStore } from './store.ts';

export const INVARIANTS = [
  'acknowledged and lost',
  'effect twice',
  'breach twice',
  'state differs from a fold from scratch',
  'outbox out of order',
  'outbox row lost',
  'wrong answer',
  'breaches differ from the truth',
  'stage heard differs from the stage',
] as const;

/** A broken promise of the product. */
export class Violation extends Error {
  readonly invariant: (typeof INVARIANTS)[number];

  constructor(invariant: (typeof INVARIANTS)[number], what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** Looks at every commit, every answer and every delivery, and at everything in the end. */
export class Watch {
  /** Promises that were looked at. */
  checks = 0;
  private readonly store: ModelStore;
  private readonly pipelines: ReadonlyMap<string, CompiledPipeline>;
  private readonly effects = new Set<string>();
  private readonly acknowledged = new Map<string, { tenant: string; raw: RawEvent }>();
  private readonly breached = new Set<string>();
  private readonly lastRows = new Map<string, OutboxRow>();

  constructor(store: ModelStore, pipelines: ReadonlyMap<string, CompiledPipeline>) {
    this.store = store;
    this.pipelines = pipelines;
    store.onCommit = (tenant, writes, rows) => this.committed(tenant, writes, rows);
  }

  answered(tenant: string, raw: RawEvent, answer: Answer): void {
    if (answer.kind === 'rejected') {
      this.expect(
        answer.code === 'in_future',
        'wrong answer',
        `${raw.event_id} was rejected as ${answer.code}`,
      );
      return;
    }
    this.expect(answer.kind !== 'conflict', 'wrong answer', `${raw.event_id} met a conflict`);
    this.acknowledged.set(rawKey(tenant, raw), { tenant, raw });
    this.isKept(tenant, raw);
  }

  /** The answer to an event that was told before with other content. */
  answeredForgery(tenant: string, raw: RawEvent, answer: Answer): void {
    this.expect(
      answer.kind === 'conflict',
      'wrong answer',
      `other content for ${raw.event_id} was ${answer.kind}`,
    );
    this.isKept(tenant, raw);
  }

  /** All that was ever told has arrived by now, and all that was published has been delivered. */
  finish(plans: ReadonlyMap<string, readonly PlannedDeal[]>, now: Instant): void {
    for (const { tenant, raw } of this.acknowledged.values()) this.isKept(tenant, raw);
    for (const [tenant, deals] of plans) {
      for (const planned of deals) {
        for (const { raw } of planned.sayings) {
          const told = this.acknowledged.has(rawKey(tenant, raw));
          this.expect(told, 'acknowledged and lost', `${raw.event_id} was never acknowledged`);
        }
        this.isComplete(tenant, planned, now);
      }
    }
  }

  expect(kept: boolean, invariant: Violation['invariant'], what: string): void {
    this.checks += 1;
    if (!kept) throw new Violation(invariant, what);
  }

  private committed(tenant: string, { events, deals }: Writes, rows: readonly OutboxRow[]): void {
    for (const { event, dealId } of events) {
      if (dealId === null) continue;
      const key = `${tenant} ${eventKey(event)}`;
      this.expect(!this.effects.has(key), 'effect twice', event.eventId);
      this.effects.add(key);
    }
    for (const write of deals) {
      this.isFolded(
        tenant,
        write.deal,
        this.store.rowsOf(tenant).eventsOfDeal.get(write.deal.id) ?? [],
      );
      this.countBreaches(write);
    }
    for (const row of rows) {
      const last = this.lastRows.get(row.dealId);
      const ordered =
        last === undefined || (last.position < row.position && last.dealVersion <= row.dealVersion);
      this.expect(ordered, 'outbox out of order', `${row.dealId} at ${row.position}`);
      this.lastRows.set(row.dealId, row);
    }
  }

  private countBreaches({ deal, breached, retracted }: DealWrite): void {
    for (const run of retracted) {
      const key = `${deal.id} ${runKey(run)}`;
      this.expect(this.breached.delete(key), 'breach twice', `${key} retracted without a breach`);
    }
    for (const run of breached) {
      const key = `${deal.id} ${runKey(run)}`;
      this.expect(!this.breached.has(key), 'breach twice', key);
      this.breached.add(key);
    }
  }

  private isFolded(tenant: string, deal: StoredDeal, events: readonly DomainEvent[]): void {
    const folded = fold(this.pipelineOf(tenant), events);
    const runs = this.store.rowsOf(tenant).runs.get(deal.id) ?? new Map();
    const stored = [deal.state, deal.transitions, deal.gateChanges, sorted([...runs.values()])];
    const truth = [folded.state, folded.transitions, folded.gateChanges, sorted(folded.runs)];
    const same = JSON.stringify(stored) === JSON.stringify(truth);
    this.expect(same, 'state differs from a fold from scratch', deal.id);
  }

  private isKept(tenant: string, raw: RawEvent): void {
    const stored = this.store.rowsOf(tenant).events.get(`${raw.source}\n${raw.event_id}`);
    const kept =
      stored !== undefined && JSON.stringify(stored.event.data) === JSON.stringify(raw.data);
    this.expect(kept, 'acknowledged and lost', raw.event_id);
  }

  /** The deal is what all its events make of it, however they came, and exactly its overdue runs are published. */
  private isComplete(tenant: string, planned: PlannedDeal, now: Instant): void {
    const rows = this.store.rowsOf(tenant);
    const deal = rows.deals.get(rows.links.get(refKey(planned.ref)) ?? '');
    if (deal === undefined) throw new Violation('acknowledged and lost', `deal ${planned.ref.id}`);
    const events = planned.sayings.map(({ raw }) => {
      const parsed = parseEvent(raw, now);
      if (!parsed.ok) throw new Error(parsed.refusal.reason);
      return parsed.value;
    });
    this.isFolded(tenant, deal, events);
    const overdue = [...(rows.runs.get(deal.id)?.values() ?? [])].filter(
      (run) => runStatus(run, now) === 'breached',
    );
    const published = [...this.breached].filter((key) => key.startsWith(`${deal.id} `)).length;
    const all = overdue.every((run) => this.breached.has(`${deal.id} ${runKey(run)}`));
    this.expect(all && published === overdue.length, 'breaches differ from the truth', deal.id);
  }

  private pipelineOf(tenant: string): CompiledPipeline {
    return this.pipelines.get(tenant) as CompiledPipeline;
  }
}

function rawKey(tenant: string, raw: RawEvent): string {
  return `${tenant}\n${raw.source}\n${raw.event_id}`;
}

function sorted<T extends Parameters<typeof runKey>[0]>(runs: readonly T[]): readonly T[] {
  return runs.toSorted((left, right) => (runKey(left) < runKey(right) ? -1 : 1));
}
