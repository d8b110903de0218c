import { Inject, Injectable, Logger } from '@nestjs/common';
import { BUILT_IN_TYPES, decideAnnouncements, emptyDeal } from 'twenty-mak-domain';
import type { Effect, PublishedBreach, SlaRun } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { writeOutbox } from '../../platform/outbox/index.ts';
import type { OutboxEntry } from '../../platform/outbox/index.ts';
import { MEASURE_TYPES, RollupDeltas, saveDeltas } from '../analytics/index.ts';
import { Escalations } from '../sla/index.ts';
import type { EscalatedRun } from '../sla/index.ts';
import type { DealRecord } from './deal-record.ts';
import { DealsWriter } from './deals.writer.ts';
import type { RunIdentity, Truncation } from './deals.writer.ts';
import { readGateChanges, readRuns, readTransitions } from './derived-history.repository.ts';
import { EventsRepository } from './events.repository.ts';
import type { BatchClock, History } from './events.repository.ts';
import { countFolded, countParked, countsAnew } from './deal-figures.ts';
import { foldDeal, identityOf, needsHistory } from './fold-deal.ts';
import type { DealTask, FoldedDeal } from './fold-deal.ts';

export interface FoldResult {
  /** Effect of each fresh event, by its identity. */
  readonly effects: ReadonlyMap<string, Effect>;
  /** Something went to the outbox. */
  readonly announced: boolean;
  readonly deals: readonly FoldedDeal[];
}

/** Folds the deals of a batch and writes all that follows, in the caller's transaction and the tenant's turn. */
@Injectable()
export class DealsFolder {
  private readonly logger = new Logger(DealsFolder.name);
  private readonly parked;

  constructor(
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(DealsWriter) private readonly writer: DealsWriter,
    @Inject(Escalations) private readonly escalations: Escalations,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.parked = metrics.counter(
      'mak_deals_parked_total',
      'Deals whose fold failed and that wait for a repair',
    );
  }

  async foldAndSave(
    tx: Transaction,
    tenantId: string,
    tasks: readonly DealTask[],
    clock: BatchClock,
    published: ReadonlyMap<string, PublishedBreach[]>,
  ): Promise<FoldResult> {
    if (tasks.length === 0) return { effects: new Map(), announced: false, deals: [] };
    const late = new Set(tasks.filter(needsHistory));
    const whole = tasks.filter((task) => late.has(task) || countsAnew(task));
    const histories = await this.histories(tx, tenantId, whole);
    const deltas = new RollupDeltas();
    const folded: FoldedDeal[] = [];
    const parked: ParkedDeal[] = [];
    const effects = new Map<string, Effect>();
    for (const task of tasks) {
      const history = histories.get(task.dealId) ?? null;
      const told = published.get(task.dealId) ?? [];
      try {
        const deal = foldDeal(task, late.has(task) ? history : null, told, clock.present);
        countFolded(deltas, task, deal, history, told);
        folded.push(deal);
        for (const event of task.fresh)
          effects.set(identityOf(event), deal.effects.get(identityOf(event)) ?? 'stored');
      } catch (error) {
        // One deal that cannot be folded stops nothing else; its events are kept and folded after the repair.
        parked.push(this.park(task, error));
        countParked(deltas, task, history);
      }
    }
    const outbox = folded.flatMap(outboxOf);
    this.save(tx, tenantId, folded, parked);
    saveDeltas(tx, tenantId, deltas);
    writeOutbox(tx, tenantId, outbox);
    await this.escalations.closeEscalations(
      tx,
      tenantId,
      folded.flatMap((deal) => runsOf(deal, 'retracted')),
    );
    await this.escalations.escalateBreaches(
      tx,
      tenantId,
      folded.flatMap((deal) => runsOf(deal, 'breached')),
    );
    return { effects, announced: outbox.length > 0, deals: folded };
  }

  private async histories(
    tx: Transaction,
    tenantId: string,
    tasks: readonly DealTask[],
  ): Promise<Map<string, History>> {
    if (tasks.length === 0) return new Map();
    const ids = tasks.map(({ dealId }) => dealId);
    const [events, transitions, gateChanges, runs] = await Promise.all([
      this.repository.events(tx, tenantId, ids, typesOf(tasks)),
      readTransitions(tx, tenantId, ids),
      readGateChanges(tx, tenantId, ids),
      readRuns(tx, tenantId, ids),
    ]);
    return new Map(
      ids.map((id) => [
        id,
        {
          events: events.get(id) ?? [],
          transitions: transitions.get(id) ?? [],
          gateChanges: gateChanges.get(id) ?? [],
          runs: runs.get(id) ?? [],
        },
      ]),
    );
  }

  private save(
    tx: Transaction,
    tenantId: string,
    deals: readonly FoldedDeal[],
    parked: readonly ParkedDeal[],
  ): void {
    this.writer.saveDeals(tx, tenantId, [
      ...deals.map(({ record }) => record),
      ...parked.filter(({ task }) => task.row === null).map(emptyRecord),
    ]);
    this.writer.parkDeals(
      tx,
      tenantId,
      parked
        .filter(({ task }) => task.row !== null)
        .map(({ task, reason }) => ({ id: task.dealId, reason })),
    );
    this.writer.saveTransitions(
      tx,
      tenantId,
      deals.flatMap(({ record, transitions }) =>
        transitions.map((one) => ({ ...one, dealId: record.id })),
      ),
      deals.flatMap(({ record, keptTransitions }) => truncation(record, keptTransitions)),
    );
    this.writer.saveGateChanges(
      tx,
      tenantId,
      deals.flatMap(({ record, gateChanges }) =>
        gateChanges.map((one) => ({ ...one, dealId: record.id })),
      ),
      deals.flatMap(({ record, keptGateChanges }) => truncation(record, keptGateChanges)),
    );
    this.writer.deleteRuns(
      tx,
      tenantId,
      deals.flatMap(({ record, vanishedRuns }) =>
        vanishedRuns.map((run) => identify(record.id, run)),
      ),
    );
    this.writer.saveRuns(
      tx,
      tenantId,
      deals.flatMap(({ record, runs }) => runs.map((run) => ({ ...run, dealId: record.id }))),
    );
  }

  private park(task: DealTask, error: unknown): ParkedDeal {
    this.logger.error({ dealId: task.dealId, error }, 'a deal cannot be folded and is parked');
    this.parked.inc();
    const reason = error instanceof Error ? error.message : String(error);
    return { task, reason: reason.slice(0, 500) };
  }
}

/** A deal that could not be folded. One that exists stays as it was before the events. */
interface ParkedDeal {
  readonly task: DealTask;
  readonly reason: string;
}

/** A deal that does not exist yet is kept as an empty one. */
function emptyRecord({ task, reason }: ParkedDeal): DealRecord {
  const { dealId: id, pipelineId, pipelineVersion, pipeline, fresh } = task;
  const first = fresh.reduce(
    (earliest, { occurredAt }) => Math.min(earliest, occurredAt),
    Number.MAX_SAFE_INTEGER,
  );
  const state = { ...emptyDeal(pipeline), createdAt: first, stageStartedAt: first };
  const { published } = decideAnnouncements({
    pipeline,
    before: null,
    state,
    lastTransition: null,
    cause: 'in_order',
    latestEvent: null,
    breaches: { breached: [], retracted: [] },
  });
  const key = { id, pipelineId, pipelineVersion, pipeline };
  return {
    ...key,
    state,
    reached: state.stage,
    published,
    version: 1,
    parkedReason: reason,
    urgency: 'system',
    before: null,
  };
}

/** Types that any of the pipelines listens to or that are counted: the rest of a log need not be read to fold it. */
function typesOf(tasks: readonly DealTask[]): string[] {
  const types = new Set<string>([...BUILT_IN_TYPES, ...MEASURE_TYPES]);
  for (const pipeline of new Set(tasks.map((task) => task.pipeline)))
    for (const type of pipeline.mappings.keys()) types.add(type);
  return [...types];
}

function truncation({ id }: DealRecord, kept: number | null): Truncation[] {
  return kept === null ? [] : [{ dealId: id, afterSeq: kept }];
}

function identify(dealId: string, { timer, openedBy }: SlaRun): RunIdentity {
  return { dealId, timer, source: openedBy.source, eventId: openedBy.eventId };
}

function runsOf({ record, breaches }: FoldedDeal, which: 'breached' | 'retracted'): EscalatedRun[] {
  return breaches[which].map(({ timer, openedBy, dueAt }) => ({
    dealId: record.id,
    timer,
    openedBy,
    dueAt,
  }));
}

function outboxOf({ record, announcements, correlationId }: FoldedDeal): OutboxEntry[] {
  return announcements.map((announcement) => ({
    ...announcement,
    dealId: record.id,
    dealVersion: record.version,
    correlationId,
  }));
}
