import type { Page } from '../../platform/validation/index.ts';
import type { BoardView } from './deal-board.service.ts';
import type { GateView, RunView } from './deal-history.service.ts';
import { Deal, DealOutcome, DealRunStatus } from './deals.model.ts';
import type { Board, DealConnection, Gate, PageInfo, DealRun } from './deals.model.ts';
import type { DealView } from './deals.service.ts';

/** A deal on its way through GraphQL, with the view that its field resolvers go on from. */
export class ResolvedDeal extends Deal {
  readonly view: DealView;

  constructor(view: DealView) {
    super();
    this.view = view;
    const { row, pipeline, present } = view;
    this.id = row.id;
    this.pipeline = pipeline;
    this.pipelineVersion = row.pipeline_version;
    this.name = row.name;
    this.clientId = row.client_id;
    this.stage = row.stage;
    this.stageStartedAt = row.stage_started_at;
    this.businessStage = row.business_stage;
    this.heldGates = Object.keys(row.gates).filter((gate) => row.gates[gate] === true);
    this.missingGates = row.missing_gates;
    this.domainStages = row.domain_stages;
    this.amount = row.amount;
    this.currency = row.currency;
    this.ownerId = row.owner_id;
    this.responsible = row.responsible;
    this.attributes = row.attributes;
    this.slaDueAt = row.sla_due_at;
    this.overdue = row.sla_due_at !== null && row.sla_due_at < present;
    this.outcome = row.outcome === null ? null : DealOutcome[row.outcome];
    this.closedAt = row.closed_at;
    this.archivedAt = row.archived_at;
    this.mergedInto = row.merged_into;
    this.parkedReason = row.parked_reason;
    this.version = row.version;
    this.createdAt = row.created_at;
    this.updatedAt = row.updated_at;
  }
}

export function pageInfo({ next }: Page<unknown>): PageInfo {
  return { hasNextPage: next !== null, endCursor: next };
}

export function connectionOf(page: Page<DealView>): DealConnection {
  return { nodes: page.items.map((view) => new ResolvedDeal(view)), pageInfo: pageInfo(page) };
}

export function boardModel({ columns, ...board }: BoardView): Board {
  return {
    ...board,
    columns: columns.map(({ page, sums, stages, ...column }) => ({
      ...column,
      stage: stages[0] ?? column.key,
      stages: [...stages],
      sums: [...sums],
      deals: connectionOf(page),
    })),
  };
}

export function gateModel({ decidedBy, ...gate }: GateView): Gate {
  return {
    ...gate,
    decidedBy:
      decidedBy === null
        ? null
        : {
            source: decidedBy.source,
            eventId: decidedBy.event_id,
            occurredAt: decidedBy.occurred_at,
          },
  };
}

export function runModel({ row, title, status }: RunView): DealRun {
  return {
    timer: row.timer,
    title,
    status: DealRunStatus[status],
    openedBy: {
      source: row.opened_source,
      eventId: row.opened_event_id,
      occurredAt: row.opened_at,
    },
    openedAt: row.opened_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    acknowledgedAt: row.acknowledged_at,
  };
}
