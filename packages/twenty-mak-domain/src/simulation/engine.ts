import {
  compareEvents,
  creates,
  decideAnnouncements,
  decideBreaches,
  fold,
  isLate,
  listens,
  parseEvent,
  runKey,
} from '../deal-gates/index.ts';
import type { DomainEvent, Effect } from '../deal-gates/index.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import type { Bug } from './bugs.ts';
import type { RawEvent } from './population.ts';
import { eventKey, refKey } from './repository.ts';
import type { DealWrite, StoredDeal, StoredEvent, Transaction } from './repository.ts';

export type Answer =
  | { readonly kind: 'applied' | 'stored' | 'orphan' | 'duplicate' | 'conflict' }
  | { readonly kind: 'rejected'; readonly code: string };

/** What a process is asked to do in one transaction. */
export type Operation =
  | { readonly kind: 'ingest'; readonly raws: readonly RawEvent[] }
  | { readonly kind: 'sweep' };

/** The use cases of the product, load → decide → save, over the port. */
export class Engine {
  private readonly pipeline: CompiledPipeline;
  private readonly bugs: ReadonlySet<Bug>;

  constructor(pipeline: CompiledPipeline, bugs: ReadonlySet<Bug>) {
    this.pipeline = pipeline;
    this.bugs = bugs;
  }

  /** Decides in a transaction; the caller commits. Answers to the events of an ingest in their order. */
  perform(tx: Transaction, operation: Operation): readonly Answer[] {
    if (operation.kind === 'ingest') return this.ingest(tx, operation.raws);
    this.sweep(tx);
    return [];
  }

  /** Takes a request's events; the good ones are saved together. Answers in the order of the request. */
  private ingest(tx: Transaction, raws: readonly RawEvent[]): readonly Answer[] {
    const batch = new Map<string, DomainEvent>();
    const answers = raws.map((raw): Answer | DomainEvent => {
      const parsed = parseEvent(raw, tx.now);
      if (!parsed.ok) return { kind: 'rejected', code: parsed.refusal.code };
      const event = parsed.value;
      const known = tx.findEvent(eventKey(event))?.event ?? batch.get(eventKey(event));
      if (known !== undefined) return { kind: isSame(known, event) ? 'duplicate' : 'conflict' };
      batch.set(eventKey(event), event);
      return event;
    });
    const { deals, links, homes } = this.assign(tx, [...batch.values()]);
    const effects = new Map<DomainEvent, Answer>();
    const writes = [...deals].map(([dealId, events]) => this.write(tx, dealId, events, effects));
    const stored = [...homes].map(([event, dealId]): StoredEvent => ({ event, dealId }));
    if (stored.length > 0) tx.save({ events: stored, links, deals: writes });
    return answers.map((answer) =>
      'kind' in answer ? answer : (effects.get(answer) ?? { kind: 'orphan' }),
    );
  }

  /** Publishes what has become overdue. */
  private sweep(tx: Transaction): void {
    const deals = [...tx.findOverdue(tx.now)].map(([dealId, runs]): DealWrite => {
      const deal = tx.loadDeal(dealId) as StoredDeal;
      const { breached } = decideBreaches(runs, tx.loadBreaches(dealId), () => false, tx.now);
      const { announcements, published } = decideAnnouncements({
        pipeline: this.pipeline,
        before: deal.published,
        state: deal.state,
        lastTransition: deal.transitions.at(-1) ?? null,
        cause: 'in_order',
        latestEvent: null,
        breaches: { breached, retracted: [] },
      });
      const next = { ...deal, version: deal.version + 1, published };
      return { deal: next, runs: [], replacesRuns: false, breached, retracted: [], announcements };
    });
    if (deals.length > 0) tx.save({ events: [], links: [], deals });
  }

  /**
   * Finds the deal of each event, makes deals, links references and brings orphans home, until nothing changes any
   * more: an event of the batch may link what another one waits for.
   */
  private assign(tx: Transaction, fresh: readonly DomainEvent[]) {
    const links: [DomainEvent['externalRefs'][number], string][] = [];
    const linked = new Map<string, string>();
    const homes = new Map<DomainEvent, string | null>(fresh.map((event) => [event, null]));
    const deals = new Map<string, DomainEvent[]>();
    const waiting = new Set(fresh);
    for (let changed = true; changed;) {
      changed = false;
      for (const event of [...waiting].toSorted(compareEvents)) {
        const known = event.externalRefs
          .map((ref) => linked.get(refKey(ref)) ?? tx.findDeal(ref))
          .find((dealId) => dealId !== null);
        if (known === undefined && !creates(this.pipeline, event)) continue;
        const dealId = known ?? tx.newDealId();
        changed = waiting.delete(event);
        homes.set(event, dealId);
        deals.set(dealId, [...(deals.get(dealId) ?? []), event]);
        for (const ref of event.externalRefs) {
          if (linked.has(refKey(ref)) || tx.findDeal(ref) !== null) continue;
          links.push([ref, dealId]);
          linked.set(refKey(ref), dealId);
          for (const orphan of tx.findOrphans(ref)) if (!homes.has(orphan)) waiting.add(orphan);
        }
      }
    }
    return { deals, links, homes };
  }

  private write(
    tx: Transaction,
    dealId: string,
    fresh: readonly DomainEvent[],
    answers: Map<DomainEvent, Answer>,
  ): DealWrite {
    const before = tx.loadDeal(dealId);
    const heard = fresh.filter((event) => listens(this.pipeline, event));
    const late = before !== null && isLate(before.state, heard);
    const again = late && !this.bugs.has('late-is-ignored');
    const from = late ? { ...before.state, cursor: null } : before?.state;
    const events = (again ? [...tx.loadEvents(dealId), ...fresh] : fresh).toSorted(compareEvents);
    const folded = fold(this.pipeline, events, again ? undefined : from);
    const isFresh = new Set(fresh);
    for (const [index, event] of events.entries()) {
      if (isFresh.has(event)) answers.set(event, { kind: folded.effects[index] as Effect });
    }

    const keys = new Set(folded.runs.map(runKey));
    const breaches = decideBreaches(
      folded.runs,
      tx.loadBreaches(dealId),
      (key) => again && !keys.has(key),
      tx.now,
    );
    if (this.bugs.has('breach-never-retracted')) Object.assign(breaches, { retracted: [] });
    const kept = again || before === null ? { transitions: [], gateChanges: [] } : before;
    const transitions = [...kept.transitions, ...folded.transitions];
    const { announcements, published } = decideAnnouncements({
      pipeline: this.pipeline,
      before: before?.published ?? null,
      state: folded.state,
      lastTransition: transitions.at(-1) ?? null,
      cause: again ? 'late_event' : 'in_order',
      latestEvent: fresh.at(-1) ?? null,
      breaches,
    });
    const forgets = this.bugs.has('announced-from-memory') && before !== null;
    const deal: StoredDeal = {
      id: dealId,
      version: (before?.version ?? 0) + 1,
      state: folded.state,
      transitions,
      gateChanges: [...kept.gateChanges, ...folded.gateChanges],
      published: forgets ? before.published : published,
    };
    return { deal, runs: folded.runs, replacesRuns: again, ...breaches, announcements };
  }
}

function isSame(left: DomainEvent, right: DomainEvent): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
