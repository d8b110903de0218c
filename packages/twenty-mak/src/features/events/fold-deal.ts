import {
  compareEvents,
  decideAnnouncements,
  decideBreaches,
  fold,
  isLate,
  listens,
  runKey,
} from 'twenty-mak-domain';
import type {
  Announcement,
  BreachDecision,
  CompiledPipeline,
  DomainEvent,
  Effect,
  Folded,
  GateChange,
  Instant,
  PublishedBreach,
  SlaRun,
  Transition,
  Urgency,
} from 'twenty-mak-domain';
import { canGoOn, stateOf } from './deal-record.ts';
import { highestStage, workedTime } from '../analytics/index.ts';
import type { DealRecord, DealRow, RunRecord } from './deal-record.ts';
import type { History } from './events.repository.ts';

/** A deal of a batch, with the events that came for it. */
export interface DealTask {
  readonly dealId: string;
  /** Null when the batch makes the deal. */
  readonly row: DealRow | null;
  readonly pipelineId: string;
  readonly pipelineVersion: number;
  readonly pipeline: CompiledPipeline;
  /** New events, each once. */
  readonly fresh: readonly DomainEvent[];
  /** Waiting events of a deal-to-be join the deal, or it moves to another version: what is derived is written anew. */
  readonly again: boolean;
  readonly cause: 'in_order' | 'migration' | 'merge';
}

/** Whether the fold can go on from the row, or has to begin with the first event. */
export function needsHistory(task: DealTask): boolean {
  const { row, pipeline, fresh, again } = task;
  if (again || row?.parked_reason != null) return true;
  if (row !== null && !canGoOn(row)) return true;
  return (
    row !== null &&
    isLate(
      stateOf(row, pipeline),
      fresh.filter((event) => listens(pipeline, event)),
    )
  );
}

export interface FoldedDeal {
  readonly record: DealRecord;
  readonly transitions: readonly Transition[];
  readonly gateChanges: readonly GateChange[];
  /** Records up to this one stay; null when nothing is written anew. */
  readonly keptTransitions: number | null;
  readonly keptGateChanges: number | null;
  readonly runs: readonly RunRecord[];
  readonly vanishedRuns: readonly SlaRun[];
  readonly announcements: readonly Announcement[];
  readonly breaches: BreachDecision;
  /** How many of its runs are marked as breached now. */
  readonly breachCount: number;
  /** Of the last of the fresh events. */
  readonly correlationId: string | null;
  /** Effect of each fresh event, by its identity. */
  readonly effects: ReadonlyMap<string, Effect>;
}

/**
 * Folds the fresh events into the deal and decides all that follows: what to write, what to announce, which breaches
 * to publish or take back. `history` is what is stored of the deal when it is folded from its first event, else null.
 */
export function foldDeal(
  task: DealTask,
  history: History | null,
  published: readonly PublishedBreach[],
  now: Instant,
): FoldedDeal {
  const { pipeline, row } = task;
  const fresh = task.fresh.toSorted(compareEvents);
  const events = history === null ? fresh : [...history.events, ...fresh].sort(compareEvents);
  const all = fold(
    pipeline,
    events,
    history === null && row !== null ? stateOf(row, pipeline) : undefined,
  );
  const { state } = all;
  const migrating = task.cause === 'migration';
  const runs = history === null ? withOpen(all) : all.runs;
  const current = new Set(all.runs.map(runKey));
  const breaches = decideBreaches(
    runs,
    published,
    (key) => history !== null && !current.has(key),
    now,
  );
  const announced = migrating ? { ...breaches, breached: [] } : breaches;

  const keptTransitions =
    history === null ? null : commonPrefix(history.transitions, all.transitions);
  const keptGateChanges =
    history === null ? null : commonPrefix(history.gateChanges, all.gateChanges);
  const transitions = all.transitions.slice(keptTransitions ?? 0);
  const gateChanges = all.gateChanges.slice(keptGateChanges ?? 0);
  const vanishedRuns =
    history === null ? [] : history.runs.filter((run) => !current.has(runKey(run)));
  const marked = new Set([...published.map(runKey), ...breaches.breached.map(runKey)]);
  for (const run of breaches.retracted) marked.delete(runKey(run));
  const changedRuns = changed(history, runs, breaches, all);

  const late = history !== null && row !== null;
  const { announcements, published: told } = decideAnnouncements({
    pipeline,
    before: row?.published ?? null,
    state,
    lastTransition: all.transitions.at(-1) ?? null,
    cause: task.cause === 'in_order' && late ? 'late_event' : task.cause,
    latestEvent: fresh.at(-1) ?? state.cursor,
    breaches: announced,
  });
  const differs =
    row === null ||
    transitions.length +
      gateChanges.length +
      changedRuns.length +
      vanishedRuns.length +
      announcements.length >
      0 ||
    keptTransitions !== (history?.transitions.length ?? null) ||
    keptGateChanges !== (history?.gateChanges.length ?? null) ||
    fieldsDiffer(row, state) ||
    task.pipelineVersion !== row.pipeline_version;
  return {
    record: {
      id: task.dealId,
      pipelineId: task.pipelineId,
      pipelineVersion: task.pipelineVersion,
      pipeline,
      state,
      reached: highestStage(pipeline, [
        ...(history === null && row !== null ? [row.reached_stage ?? row.stage] : []),
        ...all.transitions.map(({ to }) => to),
      ]),
      published: told,
      version: (row?.version ?? 0) + (differs ? 1 : 0),
      parkedReason: null,
      urgency: urgencyOf(task),
      before: row,
    },
    transitions,
    gateChanges,
    keptTransitions,
    keptGateChanges,
    runs: changedRuns.map((run) => ({
      ...run,
      breachPublished: marked.has(runKey(run)),
      workedMs: workedTime(pipeline.definition, run),
    })),
    vanishedRuns,
    announcements,
    breaches: announced,
    breachCount: marked.size,
    correlationId: fresh.at(-1)?.correlationId ?? null,
    effects: new Map(
      events.map((event, index) => [identityOf(event), all.effects[index] ?? 'stored']),
    ),
  };
}

/** People wait for what they changed here; a migration can wait for everything else. */
function urgencyOf({ cause, fresh }: DealTask): Urgency {
  if (cause === 'migration') return 'backfill';
  return fresh.some(({ source }) => source === 'mak') ? 'person' : 'system';
}

export function identityOf({ source, eventId }: Pick<DomainEvent, 'source' | 'eventId'>): string {
  return `${source}\n${eventId}`;
}

/** After folding on: the runs that changed and those that are still open, which may have become overdue. */
function withOpen({ runs, state }: Folded): SlaRun[] {
  const touched = new Set(runs.map(runKey));
  return [...runs, ...state.openRuns.filter((run) => !touched.has(runKey(run)))];
}

/** Runs to write: those that are new, ended, or whose breach was just published or taken back. */
function changed(
  history: History | null,
  runs: readonly SlaRun[],
  breaches: BreachDecision,
  all: Folded,
): SlaRun[] {
  const told = new Set([...breaches.breached, ...breaches.retracted].map(runKey));
  if (history === null) {
    const touched = new Set(all.runs.map(runKey));
    return runs.filter((run) => touched.has(runKey(run)) || told.has(runKey(run)));
  }
  const stored = new Map(history.runs.map((run) => [runKey(run), run]));
  return runs.filter((run) => told.has(runKey(run)) || !isSame(run, stored.get(runKey(run))));
}

function isSame(run: SlaRun, stored: SlaRun | undefined): boolean {
  return (
    run.openedAt === stored?.openedAt &&
    run.dueAt === stored.dueAt &&
    run.closedAt === stored.closedAt &&
    run.closedAs === stored.closedAs
  );
}

/** How many records at the beginning are equal. Both lists are made by the same code, so equal records have equal JSON. */
function commonPrefix(stored: readonly object[], folded: readonly object[]): number {
  let length = 0;
  while (
    length < stored.length &&
    length < folded.length &&
    JSON.stringify(ordered(stored[length])) === JSON.stringify(ordered(folded[length]))
  )
    length += 1;
  return length;
}

function ordered(record: object | undefined): unknown {
  return record === undefined
    ? null
    : Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}

function fieldsDiffer(row: DealRow, state: Folded['state']): boolean {
  const { fields } = state;
  return (
    row.name !== fields.name ||
    row.client_id !== fields.clientId ||
    row.amount !== fields.amount ||
    row.currency !== fields.currency ||
    row.owner_id !== fields.ownerId ||
    row.archived_at !== fields.archivedAt ||
    (row.responsible !== fields.responsible &&
      JSON.stringify(row.responsible) !== JSON.stringify(fields.responsible)) ||
    (row.attributes !== fields.attributes &&
      JSON.stringify(row.attributes) !== JSON.stringify(fields.attributes)) ||
    (row.domain_stages !== state.domains &&
      JSON.stringify(row.domain_stages) !== JSON.stringify(state.domains))
  );
}
