import { Inject, Injectable } from '@nestjs/common';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { DURATION_BOUNDS } from './durations.ts';
import { workedTime } from './facts.ts';
import { RULES } from './figures.ts';
import { addFiguresSql, grainsSql } from './rollups.ts';
import { scanSql } from './scan.ts';

export interface Built {
  /** Rows of the rollups. */
  readonly rows: number;
  /** Rows that were not what the facts give. Only a tenant that had not been built yet should have any. */
  readonly differing: number;
}

/** Runs whose working time one statement writes. */
const CHUNK = 10_000;

/** Makes the analytic tables of a tenant anew from the rows that the fold of its events has left. */
@Injectable()
export class RollupBuilder {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In one transaction and in the tenant's turn, so that no reader sees a part and no writer is lost. */
  async build(tenantId: string): Promise<Built> {
    return this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      await this.reachStages(tx, tenantId);
      await this.measureRuns(tx, tenantId);
      const values = [tenantId, DURATION_BOUNDS];
      const [compared] = await tx.query<Built>(
        `SELECT count(f.n) AS rows, count(*) FILTER (WHERE (f.n, f.total) IS DISTINCT FROM (r.n, r.total)) AS differing
         FROM (${grainsSql(scanSql('true'))}) f
         FULL JOIN (SELECT * FROM rollup WHERE tenant_id = $1) r
           USING (pipeline_id, grain, figure, day, subject, detail, currency)`,
        values,
      );
      await tx.execute('DELETE FROM rollup WHERE tenant_id = $1', [tenantId]);
      await tx.execute(addFiguresSql(scanSql('true')), values);
      await tx.execute(
        `INSERT INTO rollup_build (tenant_id, rules, time_zone) SELECT id, $2, time_zone FROM tenant WHERE id = $1
         ON CONFLICT (tenant_id) DO UPDATE SET rules = excluded.rules, time_zone = excluded.time_zone, built_at = now()`,
        [tenantId, RULES],
      );
      return compared ?? { rows: 0, differing: 0 };
    });
  }

  /** The highest stage of each deal, by the ranks of its own version. */
  private async reachStages(tx: Transaction, tenantId: string): Promise<void> {
    await tx.execute(
      `WITH ranked AS MATERIALIZED (
         SELECT pipeline_id, pipeline_version, stage, rank FROM dim_stage WHERE tenant_id = $1 AND rank IS NOT NULL
       ), reached AS (
         SELECT d.id, max(r.rank) AS rank FROM deal d
         JOIN stage_change s ON s.tenant_id = $1 AND s.deal_id = d.id
         JOIN ranked r ON r.pipeline_id = d.pipeline_id AND r.pipeline_version = d.pipeline_version AND r.stage = s.to_stage
         WHERE d.tenant_id = $1 GROUP BY 1
       ), wanted AS (
         SELECT d.id, r.stage FROM deal d LEFT JOIN reached USING (id)
         JOIN ranked r ON r.pipeline_id = d.pipeline_id AND r.pipeline_version = d.pipeline_version
           AND r.rank = coalesce(reached.rank, 0)
         WHERE d.tenant_id = $1 AND d.merged_into IS NULL
       )
       UPDATE deal SET reached_stage = wanted.stage FROM wanted
       WHERE deal.tenant_id = $1 AND deal.id = wanted.id AND deal.reached_stage IS DISTINCT FROM wanted.stage`,
      [tenantId],
    );
  }

  /** Working time of runs that ended before it was kept. */
  private async measureRuns(tx: Transaction, tenantId: string): Promise<void> {
    const definitions = await this.definitions(tx, tenantId);
    for (;;) {
      const runs = await tx.query<UnmeasuredRun>(
        `SELECT r.ctid::text AS place, d.pipeline_id || '/' || d.pipeline_version AS version, r.timer,
           r.opened_at AS "openedAt", r.closed_at AS "closedAt"
         FROM sla_run r JOIN deal d ON d.id = r.deal_id
         WHERE r.tenant_id = $1 AND r.closed_at IS NOT NULL AND r.worked_ms IS NULL LIMIT ${CHUNK}`,
        [tenantId],
      );
      if (runs.length === 0) return;
      await tx.execute(
        `UPDATE sla_run SET worked_ms = measured.ms FROM unnest($2::tid[], $3::bigint[]) AS measured (place, ms)
         WHERE tenant_id = $1 AND sla_run.ctid = measured.place`,
        [
          tenantId,
          textArray(runs.map(({ place }) => place)),
          plainArray(runs.map((run) => workedTime(definitions.get(run.version) ?? {}, run))),
        ],
      );
    }
  }

  private async definitions(
    tx: Transaction,
    tenantId: string,
  ): Promise<ReadonlyMap<string, PipelineDefinition>> {
    const rows = await tx.query<{ version: string; definition: PipelineDefinition }>(
      `SELECT pipeline_id || '/' || version AS version, definition FROM pipeline_version WHERE tenant_id = $1`,
      [tenantId],
    );
    return new Map(rows.map(({ version, definition }) => [version, definition]));
  }
}

interface UnmeasuredRun {
  /** Nobody else moves rows in the tenant's turn. */
  readonly place: string;
  readonly version: string;
  readonly timer: string;
  readonly openedAt: number;
  readonly closedAt: number;
}
