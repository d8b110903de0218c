import { emptyDeal, runKey } from 'twenty-mak-domain';
import type { Instant, PublishedBreach, Transition } from 'twenty-mak-domain';
import { countDeal, countMeasures, isMeasure } from '../analytics/index.ts';
import type { CountedDeal, CountedRun, RollupDeltas } from '../analytics/index.ts';
import type { DealRow, RunRecord } from './deal-record.ts';
import type { History } from './events.repository.ts';
import type { DealTask, FoldedDeal } from './fold-deal.ts';

const ARCHIVING = new Set(['deal.archived', 'deal.restored']);

/** Whether more of the deal has to be counted than what changes: it enters or leaves the figures, or its day may move. */
export function countsAnew({ row, fresh }: DealTask): boolean {
  return (
    row !== null && (row.state.createdAt === null || fresh.some(({ type }) => ARCHIVING.has(type)))
  );
}

/**
 * Moves the figures by what a fold changed. With the history all of the deal is taken away and added again, without it
 * only what the fold touched.
 */
export function countFolded(
  deltas: RollupDeltas,
  task: DealTask,
  deal: FoldedDeal,
  history: History | null,
  published: readonly PublishedBreach[],
): void {
  const { row } = task;
  if (row !== null && row.archived_at === null)
    countDeal(deltas, dealBefore(row, deal, history, published), -1);
  if (deal.record.state.fields.archivedAt === null)
    countDeal(deltas, dealAfter(task, deal, history), 1);
}

/** A parked deal stays as it is, but its events are stored; one that did not exist is empty. */
export function countParked(deltas: RollupDeltas, task: DealTask, history: History | null): void {
  const { row, pipelineId, pipeline, fresh } = task;
  if (row !== null) {
    if (row.archived_at === null) countMeasures(deltas, pipelineId, fresh.filter(isMeasure), 1);
    return;
  }
  const { stage } = emptyDeal(pipeline);
  const first = fresh.reduce(
    (earliest, { occurredAt }) => Math.min(earliest, occurredAt),
    Infinity,
  );
  const times = { createdAt: first, stageStartedAt: first };
  const fields = { amount: null, currency: null, ownerId: null };
  const measures = [...(history?.events ?? []), ...fresh].filter(isMeasure);
  const nothing = { breaches: 0, runs: [], visits: [], isOpen: true };
  const empty = { pipelineId, stage, reached: stage, ...times, ...fields, ...nothing, measures };
  countDeal(deltas, empty, 1);
}

function dealBefore(
  row: DealRow,
  deal: FoldedDeal,
  history: History | null,
  published: readonly PublishedBreach[],
): CountedDeal {
  return {
    pipelineId: row.pipeline_id,
    createdAt: row.created_at,
    stage: row.stage,
    reached: row.reached_stage ?? row.stage,
    stageStartedAt: row.stage_started_at,
    isOpen: row.outcome === null,
    amount: row.amount,
    currency: row.currency,
    ownerId: row.owner_id,
    breaches: published.length,
    runs: history === null ? openBefore(row, deal.runs, published) : history.runs,
    visits: history === null ? [] : visitsOf(history.transitions, row.created_at),
    measures: history === null ? [] : history.events.filter(isMeasure),
  };
}

function dealAfter(
  { row, fresh }: DealTask,
  { record, transitions, keptTransitions, runs, vanishedRuns, breachCount }: FoldedDeal,
  history: History | null,
): CountedDeal {
  const { state } = record;
  const createdAt = state.createdAt ?? state.stageStartedAt ?? 0;
  const entered =
    row === null || row.state.transitionCount === 0 ? createdAt : row.stage_started_at;
  const kept = history?.transitions.slice(0, keptTransitions ?? undefined) ?? [];
  const replaced = new Set([...runs, ...vanishedRuns].map(runKey));
  const unchanged = history?.runs.filter((run) => !replaced.has(runKey(run))) ?? [];
  return {
    pipelineId: record.pipelineId,
    createdAt,
    stage: state.stage,
    reached: record.reached,
    stageStartedAt: state.stageStartedAt ?? createdAt,
    isOpen: state.outcome === null,
    amount: state.fields.amount,
    currency: state.fields.currency,
    ownerId: state.fields.ownerId,
    breaches: breachCount,
    runs: [...unchanged, ...runs],
    visits: visitsOf([...kept, ...transitions], history === null ? entered : createdAt),
    measures: [...(history?.events ?? []), ...fresh].filter(isMeasure),
  };
}

/** The open runs that a fold in order has changed, as they were. */
function openBefore(
  row: DealRow,
  changed: readonly RunRecord[],
  published: readonly PublishedBreach[],
): CountedRun[] {
  if (changed.length === 0) return [];
  const told = new Set(published.map(runKey));
  const keys = new Set(changed.map(runKey));
  return row.state.openRuns
    .filter((run) => keys.has(runKey(run)))
    .map((run) => ({ ...run, breachPublished: told.has(runKey(run)), workedMs: null }));
}

function visitsOf(transitions: readonly Transition[], entered: Instant): CountedDeal['visits'] {
  return transitions.map(({ from: stage, by }, index) => {
    const since = transitions[index - 1]?.by.occurredAt ?? entered;
    return { stage, ms: Math.max(0, by.occurredAt - since) };
  });
}
