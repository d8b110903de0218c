import { compareBytewise } from '../basics/index.ts';
import type { CompiledMapping, CompiledPipeline, CompiledTimer } from '../pipelines/index.ts';
import { compareEvents } from './event.ts';
import type { DomainEvent, EventKey } from './event.ts';
import { factsOf, withDomain } from './facts.ts';
import { applyFields, NO_FIELDS } from './fields.ts';
import { isBuiltIn, isCreating, isFieldType, isReopening, listens, mappingOf } from './mapping.ts';
import type { DealState, Effect, Folded, GateChange, SlaRun, Transition } from './state.ts';

/** A deal of which nothing is known yet. */
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
 * all come after `from.cursor`. Order of the list does not matter. Parts of the state that did not change are the
 * same objects as in `from`.
 *
 * Throws RangeError if an event that the pipeline listens to does not come after the cursor: the caller has to fold
 * all events again.
 */
export function fold(
  pipeline: CompiledPipeline,
  events: readonly DomainEvent[],
  from: DealState = emptyDeal(pipeline),
): Folded {
  if (
    isLate(from, events) &&
    isLate(
      from,
      events.filter((event) => listens(pipeline, event)),
    )
  ) {
    throw new RangeError('an event does not come after the cursor of the deal');
  }
  const folder = new Folder(pipeline, from);
  const effects = inFoldOrder(events).map((event) => folder.take(event));
  return folder.result(effects);
}

/**
 * Whether new events make it necessary to fold the deal again, because one of them comes before the cursor. Events
 * that the pipeline does not listen to may be left out.
 */
export function isLate(state: DealState, events: readonly EventKey[]): boolean {
  const { cursor } = state;
  return cursor !== null && events.some((event) => compareEvents(cursor, event) >= 0);
}

function inFoldOrder(events: readonly DomainEvent[]): readonly DomainEvent[] {
  for (let index = 1; index < events.length; index += 1) {
    const inOrder =
      compareEvents(events[index - 1] as DomainEvent, events[index] as DomainEvent) <= 0;
    if (!inOrder) return events.toSorted(compareEvents);
  }
  return events;
}

type Draft = { -readonly [Key in keyof DealState]: DealState[Key] };

class Folder {
  private readonly pipeline: CompiledPipeline;
  private readonly before: DealState;
  private readonly draft: Draft;
  private facts: number;
  /** The open run of each timer, in the order of the timers. */
  private readonly open: (SlaRun | undefined)[];
  private readonly closed: SlaRun[] = [];
  private readonly transitions: Transition[] = [];
  private readonly gateChanges: GateChange[] = [];

  constructor(pipeline: CompiledPipeline, from: DealState) {
    this.pipeline = pipeline;
    this.before = from;
    this.draft = { ...from };
    this.facts = factsOf(pipeline, from);
    this.open = pipeline.timers.map(({ key }) => from.openRuns.find((run) => run.timer === key));
  }

  take(event: DomainEvent): Effect {
    const mapping = mappingOf(this.pipeline, event);
    if (mapping === undefined && !isBuiltIn(event.type)) return 'stored';
    const { occurredAt, source, eventId } = event;
    const by: EventKey = { occurredAt, source, eventId };
    this.draft.cursor = by;
    this.draft.stageStartedAt ??= occurredAt;
    return this.draft.ended
      ? this.takeAfterEnd(event, mapping, by)
      : this.takeBeforeEnd(event, mapping, by);
  }

  result(effects: readonly Effect[]): Folded {
    const open = this.open.filter((run) => run !== undefined);
    const opened = open.filter((run) => !this.before.openRuns.includes(run));
    if (opened.length > 0 || this.closed.length > 0) this.draft.openRuns = open;
    return {
      state: this.draft,
      transitions: this.transitions,
      gateChanges: this.gateChanges,
      runs: [...this.closed, ...opened],
      effects,
    };
  }

  private takeBeforeEnd(
    event: DomainEvent,
    mapping: CompiledMapping | undefined,
    by: EventKey,
  ): Effect {
    const before = this.facts;
    this.takeFields(event, mapping);
    const cleared = this.takeFacts(event, mapping, by);
    const ending = mapping?.mapping.ends;
    if (ending === undefined) this.moveByRules(cleared, by);
    else this.end(ending, by);
    this.evaluateTimers(by);
    // There is nothing to reopen; what else the event says still counts.
    return isReopening(event, mapping) && this.facts === before ? 'stored' : 'applied';
  }

  /** Only a reopening, fields and the event that creates the deal take effect now. */
  private takeAfterEnd(
    event: DomainEvent,
    mapping: CompiledMapping | undefined,
    by: EventKey,
  ): Effect {
    const reopens = isReopening(event, mapping);
    const makes = this.draft.createdAt === null && isCreating(event, mapping);
    if (!reopens && !makes && !isFieldType(event.type)) return 'stored';
    this.takeFields(event, mapping);
    if (reopens) {
      this.draft.ended = false;
      this.takeFacts(event, mapping, by);
      this.enter(this.pipeline.rankOf(this.facts), 'reopened', by);
      this.evaluateTimers(by);
    }
    return 'applied';
  }

  private takeFields(event: DomainEvent, mapping: CompiledMapping | undefined): void {
    const { type, occurredAt } = event;
    const creating = isCreating(event, mapping);
    if (creating) {
      this.draft.createdAt ??= occurredAt;
      this.facts |= 1 << this.pipeline.createdBit;
    }
    if (creating || type === 'deal.updated' || type === 'deal.owner.changed') {
      this.draft.fields = applyFields(this.draft.fields, event);
    } else if (type === 'deal.archived' || type === 'deal.restored') {
      const archivedAt = type === 'deal.archived' ? occurredAt : null;
      this.draft.fields = { ...this.draft.fields, archivedAt };
    }
  }

  /** Sets and clears gates and the domain stage; says whether a gate went from true to false. */
  private takeFacts(
    event: DomainEvent,
    mapping: CompiledMapping | undefined,
    by: EventKey,
  ): boolean {
    const before = this.facts;
    if (mapping !== undefined) {
      this.facts = (before | mapping.setMask) & ~mapping.clearMask;
      if (this.facts !== before) this.recordGates(before, by);
      const { domain } = mapping.mapping;
      if (domain !== undefined) this.setDomain(domain.system, domain.stage);
    }
    if (event.type === 'domain.stage.changed') {
      const { system, stage } = event.data;
      if (typeof system === 'string' && typeof stage === 'string') this.setDomain(system, stage);
    }
    return mapping !== undefined && (before & mapping.clearMask) !== 0;
  }

  private recordGates(before: number, by: EventKey): void {
    const gates = { ...this.draft.gates };
    for (const [gate, bit] of this.pipeline.gateBits) {
      const mask = 1 << bit;
      if (((this.facts ^ before) & mask) === 0) continue;
      const status = (this.facts & mask) !== 0;
      gates[gate] = status;
      this.draft.gateChangeCount += 1;
      this.gateChanges.push({ seq: this.draft.gateChangeCount, gate, status, by });
    }
    this.draft.gates = gates;
  }

  private setDomain(system: string, stage: string): void {
    this.draft.domains = withStage(this.draft.domains, system, stage);
    this.facts = withDomain(this.pipeline, this.facts, system, stage);
  }

  /** No regression: without a cleared gate the stage only rises. */
  private moveByRules(mayFall: boolean, by: EventKey): void {
    const rank = this.pipeline.rankOf(this.facts);
    const current = this.pipeline.ranks.get(this.draft.stage) ?? 0;
    if (rank > current || (mayFall && rank !== current)) this.enter(rank, 'facts', by);
  }

  private enter(rank: number, reason: Transition['reason'], by: EventKey): void {
    const stage = this.pipeline.definition.stages[rank];
    if (stage === undefined) return;
    const won = stage.kind === 'won';
    this.transit(stage.key, reason, by);
    this.draft.outcome = won ? 'won' : null;
    this.draft.closedAt = won ? by.occurredAt : null;
  }

  private end(ending: string, by: EventKey): void {
    this.transit(ending, 'ended', by);
    this.draft.ended = true;
    this.draft.outcome = this.pipeline.endings.get(ending)?.outcome ?? 'lost';
    this.draft.closedAt = by.occurredAt;
  }

  private transit(to: string, reason: Transition['reason'], by: EventKey): void {
    this.draft.transitionCount += 1;
    this.transitions.push({
      seq: this.draft.transitionCount,
      from: this.draft.stage,
      to,
      by,
      reason,
    });
    this.draft.stage = to;
    this.draft.stageStartedAt = by.occurredAt;
  }

  private evaluateTimers(by: EventKey): void {
    this.pipeline.timers.forEach((timer, index) => {
      const stopped = timer.stop(this.facts);
      const running = !this.draft.ended && !stopped && timer.start(this.facts);
      const run = this.open[index];
      if (running && run === undefined) this.open[index] = openRun(timer, by);
      if (running || run === undefined) return;
      const closedAs = stopped && !this.draft.ended ? 'met' : 'cancelled';
      this.closed.push({ ...run, closedAt: by.occurredAt, closedAs });
      this.open[index] = undefined;
    });
  }
}

function openRun(timer: CompiledTimer, openedBy: EventKey): SlaRun {
  const openedAt = openedBy.occurredAt;
  const dueAt = timer.dueTime(openedAt);
  return { timer: timer.key, openedBy, openedAt, dueAt, closedAt: null, closedAs: null };
}

/** Keys in order, so that equal states have equal bytes. */
function withStage(
  domains: Readonly<Record<string, string>>,
  system: string,
  stage: string,
): Readonly<Record<string, string>> {
  if (Object.hasOwn(domains, system)) {
    return domains[system] === stage ? domains : { ...domains, [system]: stage };
  }
  const entries = [...Object.entries(domains), [system, stage] as const];
  return Object.fromEntries(entries.sort(([left], [right]) => compareBytewise(left, right)));
}
