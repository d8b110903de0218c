import { Injectable } from '@nestjs/common';
import { BUILT_IN_TYPES } from 'twenty-mak-domain';
import type { Instant, PipelineDefinition } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

export interface EventCounts {
  /** Events of the deals of the pipeline, and of deals that wait for the event that makes them. */
  readonly events: number;
  /** Those of them that the mapping knows. */
  readonly known: number;
  readonly first: Instant | null;
  readonly last: Instant | null;
}

export interface RunCounts {
  readonly timer: string;
  readonly runs: number;
  readonly met: number;
  readonly breached: number;
  readonly cancelled: number;
  readonly running: number;
}

/** Counts over the whole log of a pipeline; each is one scan. */
@Injectable()
export class SummaryRepository {
  /**
   * Right after a load nothing is known of the tenant's rows yet: the planner takes them for a handful, and its nested
   * loops over tens of thousands would take minutes. For the counts of this transaction they are never better.
   */
  avoidLoops(tx: Transaction): void {
    tx.send("SELECT set_config('enable_nestloop', 'off', true)");
  }

  async events(
    tx: Transaction,
    tenantId: string,
    pipelineId: string,
    { events }: PipelineDefinition,
  ): Promise<EventCounts> {
    const spellings = events.flatMap(({ type, aliases = [], where }) =>
      [type, ...aliases].map((name) => ({ name, where })),
    );
    const conditional = spellings.filter(
      ({ where }) => where !== undefined && Object.keys(where).length > 0,
    );
    const always = spellings.filter((spelling) => !conditional.includes(spelling));
    const [counts] = await tx.query<EventCounts>(
      `SELECT count(*) AS events,
         count(*) FILTER (WHERE e.type = ANY ($3) OR (e.type = ANY ($4) AND EXISTS (
           SELECT FROM unnest($4::text[], $5::jsonb[]) AS known (type, data)
           WHERE CASE WHEN known.type = e.type THEN e.data @> known.data ELSE false END))) AS known,
         min(e.occurred_at) AS first, max(e.occurred_at) AS last
       FROM event e
       WHERE e.tenant_id = $1
         AND e.deal_id NOT IN (SELECT id FROM deal WHERE tenant_id = $1 AND pipeline_id <> $2)`,
      [
        tenantId,
        pipelineId,
        [...BUILT_IN_TYPES, ...always.map(({ name }) => name)],
        conditional.map(({ name }) => name),
        conditional.map(({ where }) => JSON.stringify(where)),
      ],
    );
    return counts as EventCounts;
  }

  async stages(
    tx: Transaction,
    tenantId: string,
    pipelineId: string,
  ): Promise<{ stage: string; deals: number }[]> {
    return tx.query(
      `SELECT stage, count(*) AS deals FROM deal WHERE tenant_id = $1 AND pipeline_id = $2 AND merged_into IS NULL GROUP BY stage`,
      [tenantId, pipelineId],
    );
  }

  async transitions(tx: Transaction, tenantId: string, pipelineId: string): Promise<number> {
    const [row] = await tx.query<{ transitions: number }>(
      `SELECT count(*) AS transitions FROM stage_change c JOIN deal d ON d.tenant_id = $1 AND d.id = c.deal_id
       WHERE c.tenant_id = $1 AND d.pipeline_id = $2`,
      [tenantId, pipelineId],
    );
    return row?.transitions ?? 0;
  }

  /** Runs as they stand at the present, the same judgement as the domain's `runStatus`. */
  async runs(
    tx: Transaction,
    tenantId: string,
    pipelineId: string,
    present: Instant,
  ): Promise<RunCounts[]> {
    return tx.query<RunCounts>(
      `SELECT timer, count(*) AS runs,
         count(*) FILTER (WHERE status = 'met') AS met,
         count(*) FILTER (WHERE status = 'breached') AS breached,
         count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
         count(*) FILTER (WHERE status = 'running') AS running
       FROM (
         SELECT r.timer, CASE WHEN coalesce(r.closed_at, $3::timestamptz) > r.due_at THEN 'breached' ELSE coalesce(r.closed_as, 'running') END AS status
         FROM sla_run r JOIN deal d ON d.tenant_id = $1 AND d.id = r.deal_id
         WHERE r.tenant_id = $1 AND d.pipeline_id = $2) AS run
       GROUP BY timer ORDER BY timer`,
      [tenantId, pipelineId, new Date(present)],
    );
  }
}
