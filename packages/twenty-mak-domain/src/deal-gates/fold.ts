import type { CompiledMapping, CompiledPipeline } from '../pipelines/index.ts';
import { compareEvents } from './event.ts';
import type { DomainEvent } from './event.ts';
import { applyFields, NO_FIELDS } from './fields.ts';
import { runKey } from './state.ts';
import type { DealState, Effect, Folded, GateChange, SlaRun, Transition } from './state.ts';

/** Event types that every pipeline understands without a mapping. */
export const BUILT_IN_TYPES = [
  'deal.created',
  'deal.updated',
  'deal.owner.changed',
  'deal.note.added',
  'deal.archived',
  'deal.restored',
  'deal.reopened',
  'domain.stage.changed',
] as const;

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

/** The mapping of an event, if the pipeline has one whose conditions on the data hold. */
export function mappingOf(pipeline: CompiledPipeline, event: Pick<DomainEvent, 'type' | 'data'>): CompiledMapping | undefined {
  return pipeline.mappings.get(event.type)?.find(({ where }) => where.every(([field, value]) => event.data[field] === value));
}

/** Whether the event can have an effect on a deal of this pipeline. */
export function listens(pipeline: CompiledPipeline, event: Pick<DomainEvent, 'type' | 'data'>): boolean {
  return BUILT_IN.has(event.type) || mappingOf(pipeline, event) !== undefined;
}

/** Whether the event makes a deal of this pipeline. */
export function creates(pipeline: CompiledPipeline, event: Pick<DomainEvent, 'type' | 'data'>): boolean {
  return event.type === 'deal.created' || mappingOf(pipeline, event)?.mapping.creates === true;
}

export function emptyDeal(pipeline: CompiledPipeline): DealState {
  return {
    cursor: null,
    createdAt: null,
    gates: Object.fromEntries(pipeline.definition.gates.map(({ key }) => [key, false])),
    domains: {},
    stage: pipeline.definition.stages[0]?.key ?? '',
    stageStartedAt: null,
    outcome: null,
    closedAt: null,
    ended: false,
    fields: NO_FIELDS,
    openRuns: [],
    transitionCount: 0,
    gateChangeCount: 0,
  };
}

/**
 * Folds events into a deal. `events` are distinct; without `from` they are all the events of the deal, with it they
 * all come after `from.cursor`. Order of the list does not matter.
 *
 * Throws if an event does not come after the cursor: the caller has to fold all events again.
 */
export function fold(pipeline: CompiledPipeline, events: readonly DomainEvent[], from: DealState = emptyDeal(pipeline)): Folded {
  const ordered = inFoldOrder(events);
  const first = ordered[0];
  if (first !== undefined && from.cursor !== null && compareEvents(from.cursor, first) >= 0) {
    throw new RangeError(`event ${first.eventId} does not come after the cursor of the deal`);
  }
  const folder = new Folder(pipeline, from);
  const effects = ordered.map((event) => folder.take(event));
  return folder.result(effects);
}

/** Whether new events can be folded on top of the state, or the deal has to be folded again. */
export function isLate(state: DealState, events: readonly DomainEvent[]): boolean {
  const { cursor } = state;
  return cursor !== null && events.some((event) => compareEvents(cursor, event) >= 0);
}

function inFoldOrder(events: readonly DomainEvent[]): readonly DomainEvent[] {
  for (let index = 1; index < events.length; index += 1) {
    if (compareEvents(events[index - 1] as DomainEvent, events[index] as DomainEvent) > 0) return events.toSorted(compareEvents);
  }
  return events;
}

type Draft = { -readonly [Key in keyof DealState]: DealState[Key] };

class Folder {
  private readonly pipeline: CompiledPipeline;
  private readonly draft: Draft;
  private facts: number;
  private readonly open: Map<string, SlaRun>;
  private readonly touched = new Map<string, SlaRun>();
  private readonly transitions: Transition[] = [];
  private readonly gateChanges: GateChange[] = [];

  constructor(pipeline: CompiledPipeline, from: DealState) {
    this.pipeline = pipeline;
    this.draft = { ...from };
    this.facts = factsOf(pipeline, from);
    this.open = new Map(from.openRuns.map((run) => [run.timer, run]));
  }

  take(event: DomainEvent): Effect {
    const mapping = mappingOf(this.pipeline, event);
    if (mapping === undefined && !BUILT_IN.has(event.type)) return 'stored';
    this.draft.cursor = { occurredAt: event.occurredAt, source: event.source, eventId: event.eventId };
    this.draft.stageStartedAt ??= event.occurredAt;
    this.takeFields(event, mapping);
    const reopens = event.type === 'deal.reopened' || mapping?.mapping.reopens === true;
    if (this.draft.ended) {
      if (!reopens) return isFieldEvent(event.type) ? 'applied' : 'stored';
      this.reopen(event, mapping);
      return 'applied';
    }
    if (event.type === 'deal.reopened') return 'stored';
    const cleared = this.takeFacts(event, mapping);
    const ending = mapping?.mapping.ends;
    if (ending === undefined) this.moveByRules(event, cleared);
    else this.end(event, ending);
    this.evaluateTimers(event);
    return 'applied';
  }

  result(effects: readonly Effect[]): Folded {
    const openRuns = this.pipeline.timers.flatMap(({ key }) => this.open.get(key) ?? []);
    return {
      state: { ...this.draft, openRuns },
      transitions: this.transitions,
      gateChanges: this.gateChanges,
      runs: [...this.touched.values()],
      effects,
    };
  }

  private takeFields(event: DomainEvent, mapping: CompiledMapping | undefined): void {
    const creating = event.type === 'deal.created' || mapping?.mapping.creates === true;
    if (creating) {
      this.draft.createdAt ??= event.occurredAt;
      this.facts |= 1 << this.pipeline.createdBit;
    }
    if (creating || event.type === 'deal.updated' || event.type === 'deal.owner.changed') {
      this.draft.fields = applyFields(this.draft.fields, event);
    }
    if (event.type === 'deal.archived') this.draft.fields = { ...this.draft.fields, archivedAt: event.occurredAt };
    if (event.type === 'deal.restored') this.draft.fields = { ...this.draft.fields, archivedAt: null };
  }

  /** Sets and clears gates and the domain stage; says whether a gate went from true to false. */
  private takeFacts(event: DomainEvent, mapping: CompiledMapping | undefined): boolean {
    const before = this.facts;
    if (mapping !== undefined) {
      this.facts = (this.facts | mapping.setMask) & ~mapping.clearMask;
      if (this.facts !== before) this.recordGates(event, before);
      if (mapping.mapping.domain !== undefined) this.setDomain(mapping.mapping.domain.system, mapping.mapping.domain.stage);
    }
    if (event.type === 'domain.stage.changed') {
      const { system, stage } = event.data;
      if (typeof system === 'string' && typeof stage === 'string') this.setDomain(system, stage);
    }
    return (before & (mapping?.clearMask ?? 0)) !== 0;
  }

  private recordGates(event: DomainEvent, before: number): void {
    const gates = { ...this.draft.gates };
    for (const [gate, bit] of this.pipeline.gateBits) {
      if (((this.facts ^ before) & (1 << bit)) === 0) continue;
      const status = (this.facts & (1 << bit)) !== 0;
      gates[gate] = status;
      this.draft.gateChangeCount += 1;
      this.gateChanges.push({ seq: this.draft.gateChangeCount, gate, status, by: keyOf(event) });
    }
    this.draft.gates = gates;
  }

  private setDomain(system: string, stage: string): void {
    this.draft.domains = sortedWith(this.draft.domains, system, stage);
    this.facts = withDomain(this.pipeline, this.facts, system, stage);
  }

  /** No regression: without a cleared gate the stage only rises. */
  private moveByRules(event: DomainEvent, mayFall: boolean): void {
    const rank = this.pipeline.rankOf(this.facts);
    const current = this.pipeline.ranks.get(this.draft.stage) ?? 0;
    if (rank > current || (mayFall && rank !== current)) this.enter(event, rank, 'facts');
  }

  private enter(event: DomainEvent, rank: number, reason: Transition['reason']): void {
    const stage = this.pipeline.definition.stages[rank];
    if (stage === undefined) return;
    this.transit(event, stage.key, reason);
    const won = stage.kind === 'won';
    this.draft.outcome = won ? 'won' : null;
    this.draft.closedAt = won ? event.occurredAt : null;
  }

  private end(event: DomainEvent, ending: string): void {
    this.transit(event, ending, 'ended');
    this.draft.ended = true;
    this.draft.outcome = this.pipeline.endings.get(ending)?.outcome ?? 'lost';
    this.draft.closedAt = event.occurredAt;
  }

  private reopen(event: DomainEvent, mapping: CompiledMapping | undefined): void {
    this.draft.ended = false;
    this.takeFacts(event, mapping);
    this.enter(event, this.pipeline.rankOf(this.facts), 'reopened');
    this.evaluateTimers(event);
  }

  private transit(event: DomainEvent, to: string, reason: Transition['reason']): void {
    this.draft.transitionCount += 1;
    this.transitions.push({ seq: this.draft.transitionCount, from: this.draft.stage, to, by: keyOf(event), reason });
    this.draft.stage = to;
    this.draft.stageStartedAt = event.occurredAt;
  }

  private evaluateTimers(event: DomainEvent): void {
    for (const timer of this.pipeline.timers) {
      const stopped = timer.stop(this.facts);
      const running = !this.draft.ended && !stopped && timer.start(this.facts);
      const run = this.open.get(timer.key);
      if (running && run === undefined) {
        this.put(timer.key, {
          timer: timer.key,
          openedBy: keyOf(event),
          openedAt: event.occurredAt,
          dueAt: timer.dueTime(event.occurredAt),
          closedAt: null,
          closedAs: null,
        });
      } else if (!running && run !== undefined) {
        this.open.delete(timer.key);
        const closedAs = stopped && !this.draft.ended ? 'met' : 'cancelled';
        this.touch({ ...run, closedAt: event.occurredAt, closedAs });
      }
    }
  }

  private put(timer: string, run: SlaRun): void {
    this.open.set(timer, run);
    this.touch(run);
  }

  private touch(run: SlaRun): void {
    this.touched.set(runKey(run), run);
  }
}

function isFieldEvent(type: string): boolean {
  return type.startsWith('deal.') && type !== 'deal.created' && BUILT_IN.has(type);
}

function keyOf({ occurredAt, source, eventId }: DomainEvent): { occurredAt: number; source: string; eventId: string } {
  return { occurredAt, source, eventId };
}

/** The facts of a deal as bits; see `CompiledPipeline`. */
export function factsOf(pipeline: CompiledPipeline, state: Pick<DealState, 'gates' | 'domains' | 'createdAt'>): number {
  let facts = state.createdAt === null ? 0 : 1 << pipeline.createdBit;
  for (const [gate, bit] of pipeline.gateBits) if (state.gates[gate] === true) facts |= 1 << bit;
  for (const [system, stage] of Object.entries(state.domains)) facts = withDomain(pipeline, facts, system, stage);
  return facts;
}

function withDomain(pipeline: CompiledPipeline, facts: number, system: string, stage: string): number {
  for (const comparison of pipeline.comparisons) {
    if (comparison.system !== system) continue;
    facts = comparison.stage === stage ? facts | (1 << comparison.bit) : facts & ~(1 << comparison.bit);
  }
  return facts;
}

/** Keys in order, so that equal states have equal bytes. */
function sortedWith(domains: Readonly<Record<string, string>>, system: string, stage: string): Readonly<Record<string, string>> {
  if (domains[system] === stage) return domains;
  if (Object.hasOwn(domains, system)) return { ...domains, [system]: stage };
  return Object.fromEntries([...Object.entries(domains), [system, stage] as const].sort(([left], [right]) => (left < right ? -1 : 1)));
}
