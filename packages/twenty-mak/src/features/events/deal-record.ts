import type {
  CompiledPipeline,
  DealState,
  Outcome,
  Published,
  SlaRun,
  Urgency,
} from 'twenty-mak-domain';

/** A deal as its row holds it. Instants are milliseconds. */
export interface DealRow {
  readonly id: string;
  readonly pipeline_id: string;
  readonly pipeline_version: number;
  readonly name: string | null;
  readonly client_id: string | null;
  readonly stage: string;
  readonly stage_started_at: number;
  readonly business_stage: string | null;
  readonly gates: Record<string, boolean>;
  readonly domain_stages: Record<string, string>;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly owner_id: string | null;
  readonly responsible: Record<string, string>;
  readonly attributes: DealState['fields']['attributes'];
  readonly outcome: Outcome | null;
  readonly closed_at: number | null;
  readonly archived_at: number | null;
  readonly merged_into: string | null;
  readonly parked_reason: string | null;
  /** Null while an older installation was not built yet. */
  readonly reached_stage: string | null;
  readonly state: FoldRemainder;
  readonly published: Published;
  readonly version: number;
  readonly created_at: number;
  /** Some breach of its runs was published and not taken back. */
  readonly has_breaches: boolean;
}

/** What a fold needs to go on and no query asks for. */
export type FoldRemainder = Pick<
  DealState,
  'cursor' | 'createdAt' | 'ended' | 'openRuns' | 'transitionCount' | 'gateChangeCount'
>;

/** Whether a row holds what a fold goes on from; a damaged row is folded from the first event, which repairs it. */
export function canGoOn({ state }: DealRow): boolean {
  return (
    typeof state === 'object' &&
    state !== null &&
    (state.cursor === null || typeof state.cursor?.occurredAt === 'number') &&
    Array.isArray(state.openRuns) &&
    Number.isInteger(state.transitionCount) &&
    Number.isInteger(state.gateChangeCount)
  );
}

export const DEAL_COLUMNS = `id, pipeline_id, pipeline_version, name, client_id, stage, stage_started_at, business_stage, gates, domain_stages,
  amount, currency, owner_id, responsible, attributes, outcome, closed_at, archived_at, merged_into, parked_reason, reached_stage, state, published,
  version, created_at,
  EXISTS (SELECT FROM sla_run WHERE tenant_id = deal.tenant_id AND deal_id = deal.id AND breach_published) AS has_breaches`;

/** The fold's state out of the row, gates in the pipeline's order. */
export function stateOf(row: DealRow, pipeline: CompiledPipeline): DealState {
  return {
    ...row.state,
    gates: Object.fromEntries(
      pipeline.definition.gates.map(({ key }) => [key, row.gates[key] === true]),
    ),
    domains: row.domain_stages,
    stage: row.stage,
    stageStartedAt: row.stage_started_at,
    outcome: row.outcome,
    closedAt: row.closed_at,
    fields: {
      name: row.name,
      clientId: row.client_id,
      amount: row.amount,
      currency: row.currency,
      ownerId: row.owner_id,
      responsible: row.responsible,
      attributes: row.attributes,
      archivedAt: row.archived_at,
    },
  };
}

/** A deal after a fold, ready to be written. */
export interface DealRecord {
  readonly id: string;
  readonly pipelineId: string;
  readonly pipelineVersion: number;
  readonly pipeline: CompiledPipeline;
  readonly state: DealState;
  /** The highest stage it has been in. */
  readonly reached: string;
  readonly published: Published;
  readonly version: number;
  readonly parkedReason: string | null;
  /** How soon other systems should have the change. */
  readonly urgency: Urgency;
  /** The row before, for the counters and the search text; null for a new deal. */
  readonly before: DealRow | null;
}

/** A run as it is written. */
export interface RunRecord extends SlaRun {
  readonly breachPublished: boolean;
  /** Null while it is open. */
  readonly workedMs: number | null;
}

export function remainderOf(state: DealState): FoldRemainder {
  const { cursor, createdAt, ended, openRuns, transitionCount, gateChangeCount } = state;
  return { cursor, createdAt, ended, openRuns, transitionCount, gateChangeCount };
}
