import { Inject, Injectable } from '@nestjs/common';
import { creates } from 'twenty-mak-domain';
import type { DomainEvent, PublishedBreach } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { CurrentPipeline, TenantPipelines } from '../pipelines/index.ts';
import { Assignment } from './assignment.ts';
import type { DealRow } from './deal-record.ts';
import { readPublishedBreaches } from './derived-history.repository.ts';
import { rejected } from './events.answer.ts';
import type { Item } from './events.item.ts';
import { EventsRepository } from './events.repository.ts';
import type { KnownRef } from './events.repository.ts';
import type { DealTask } from './fold-deal.ts';

export interface Plan {
  readonly assignment: Assignment;
  /** The deals of the batch that exist. */
  readonly rows: ReadonlyMap<string, DealRow>;
  /** Their runs whose breach was published. */
  readonly published: ReadonlyMap<string, PublishedBreach[]>;
}

/** Decides which deals a batch of events changes. */
@Injectable()
export class DealsPlanner {
  constructor(
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
  ) {}

  /** Gives each new event its deal, or refuses it. */
  async assign(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
    known: readonly KnownRef[],
    pipelines: TenantPipelines,
  ): Promise<Plan> {
    const fresh = items.filter((item) => item.answer === undefined && item.same === undefined);
    const rows = new Map(known.flatMap(({ row }) => (row === null ? [] : [[row.id, row]])));
    const ids = new Set<string>();
    for (const { event } of fresh)
      if (event?.masterDealId != null && !rows.has(event.masterDealId)) ids.add(event.masterDealId);
    for (const row of await this.repository.deals(tx, tenantId, [...ids])) rows.set(row.id, row);
    const merged = new Map(
      [...rows.values()].flatMap(({ id, merged_into: into }) =>
        into === null ? [] : [[id, into] as const],
      ),
    );
    const survivors = [...merged.values()].filter((id) => !rows.has(id));
    if (survivors.length > 0) {
      for (const row of await this.repository.deals(tx, tenantId, survivors)) rows.set(row.id, row);
    }
    const breached = [...rows.values()].filter((row) => row.has_breaches).map(({ id }) => id);
    const published = await readPublishedBreaches(tx, tenantId, breached);

    const assignment = new Assignment(known, new Set(rows.keys()), merged, newId);
    for (const item of fresh) {
      const event = item.event as DomainEvent;
      const deal = assignment.assign(event);
      if (!deal.ok) {
        item.answer = rejected(event.eventId, deal.refusal);
        continue;
      }
      item.dealId = deal.value;
      if (creatingPipeline(event, pipelines) !== null) assignment.created(deal.value);
    }
    return { assignment, rows, published };
  }

  /** The deals that change: those that exist and those that one of the events creates. */
  async tasks(
    tx: Transaction,
    tenantId: string,
    stored: readonly Item[],
    { assignment, rows }: Plan,
    pipelines: TenantPipelines,
  ): Promise<DealTask[]> {
    const unions = assignment.unions.map(({ from, to }) => ({ from, to: assignment.survivor(to) }));
    this.repository.repoint(tx, tenantId, unions);
    const joined = new Set(unions.map(({ to }) => to));
    const byDeal = new Map<string, DomainEvent[]>();
    for (const item of stored) {
      item.dealId = assignment.survivor(item.dealId as string);
      const events = byDeal.get(item.dealId);
      if (events === undefined) byDeal.set(item.dealId, [item.event as DomainEvent]);
      else events.push(item.event as DomainEvent);
    }
    const compiled = await this.pipelines.compiledMany(
      tx,
      tenantId,
      [...byDeal.keys()].flatMap((id) => {
        const row = rows.get(id);
        return row === undefined
          ? []
          : [{ pipelineId: row.pipeline_id, version: row.pipeline_version }];
      }),
    );
    const tasks: DealTask[] = [];
    for (const [dealId, fresh] of byDeal) {
      const row = rows.get(dealId) ?? null;
      if (row !== null) {
        const { pipeline_id: pipelineId, pipeline_version: pipelineVersion } = row;
        tasks.push({
          dealId,
          row,
          pipelineId,
          pipelineVersion,
          pipeline: compiled(pipelineId, pipelineVersion),
          fresh,
          again: joined.has(dealId),
          cause: 'in_order',
        });
        continue;
      }
      const creating = fresh
        .map((event) => creatingPipeline(event, pipelines))
        .find((pipeline) => pipeline !== null);
      if (creating === undefined || creating === null) continue;
      tasks.push({
        dealId,
        row: null,
        pipelineId: creating.id,
        pipelineVersion: creating.version,
        pipeline: creating.compiled,
        fresh,
        again: joined.has(dealId) || !assignment.isNew(dealId),
        cause: 'in_order',
      });
    }
    return tasks;
  }
}

/** The pipeline in which the event makes a deal: the one it names, else its source's, else the tenant's. Null if it makes none. */
function creatingPipeline(event: DomainEvent, pipelines: TenantPipelines): CurrentPipeline | null {
  const { pipeline: named } = event.data;
  const pipeline =
    (typeof named === 'string'
      ? pipelines.byKey.get(named)
      : pipelines.bySource.get(event.source)) ?? pipelines.default;
  return pipeline !== null && creates(pipeline.compiled, event) ? pipeline : null;
}
