import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { RollupDeltas } from './deltas.ts';
import { DURATION_BOUNDS } from './durations.ts';
import { DAILY_FIGURES } from './figures.ts';
import { scanSql } from './scan.ts';

/**
 * Rows of figures as the rollups keep them: each for its day, and for its month unless it is shown day by day. What adds up
 * to nothing is left out.
 */
export function grainsSql(figures: string): string {
  return `SELECT f.pipeline_id, g.grain, f.figure, g.day, f.subject, f.detail, f.currency, sum(f.n)::bigint AS n, sum(f.total) AS total
  FROM (${figures}) AS f
  CROSS JOIN LATERAL (VALUES ('day', f.day), ('month', date_trunc('month', f.day)::date)) AS g (grain, day)
  WHERE g.grain = 'day' OR f.figure NOT IN (${DAILY_FIGURES.map((figure) => `'${figure}'`).join(', ')})
  GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(f.n) <> 0 OR sum(f.total) <> 0`;
}

/** Adds rows of figures to the rollups of the tenant $1; rows that come to nothing go by a trigger. */
export function addFiguresSql(figures: string): string {
  return `INSERT INTO rollup (tenant_id, pipeline_id, grain, figure, day, subject, detail, currency, n, total)
  SELECT $1, * FROM (${grainsSql(figures)}) AS kept
  ON CONFLICT (tenant_id, pipeline_id, grain, figure, day, subject, detail, currency)
  DO UPDATE SET n = rollup.n + excluded.n, total = rollup.total + excluded.total`;
}

/** Moves the rollups by what a batch changed, in one statement that travels with the others of the batch. */
export function saveDeltas(tx: Transaction, tenantId: string, deltas: RollupDeltas): void {
  const rows = deltas.rows();
  if (rows.length === 0) return;
  tx.send(
    addFiguresSql(
      `SELECT d.pipeline_id, d.figure, (d.at AT TIME ZONE t.time_zone)::date AS day, d.subject, d.detail, d.currency, d.n, d.total
     FROM tenant t, unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::numeric[])
       AS d (pipeline_id, figure, at, subject, detail, currency, n, total)
     WHERE t.id = $1`,
    ),
    [
      tenantId,
      plainArray(rows.map(({ pipelineId }) => pipelineId)),
      plainArray(rows.map(({ figure }) => figure)),
      timeArray(rows.map(({ at }) => at)),
      textArray(rows.map(({ subject }) => subject)),
      textArray(rows.map(({ detail }) => detail)),
      textArray(rows.map(({ currency }) => currency)),
      plainArray(rows.map(({ n }) => n)),
      plainArray(rows.map(({ total }) => total)),
    ],
    'rollup.add',
  );
}

/** Takes deals out of the rollups, before what they were made of goes. */
export function removeDeals(tx: Transaction, tenantId: string, ids: readonly string[]): void {
  tx.send(
    addFiguresSql(
      `SELECT pipeline_id, figure, day, subject, detail, currency, -n AS n, -total AS total
       FROM (${scanSql('d.id = ANY ($3::uuid[])')}) AS gone`,
    ),
    [tenantId, DURATION_BOUNDS, ids],
  );
}

/** Counts the campaign figures and answers of deals: with -1 before events move between deals, with 1 afterwards. */
export function countStoredMeasures(
  tx: Transaction,
  tenantId: string,
  dealIds: readonly string[],
  sign: 1 | -1,
): void {
  tx.send(
    addFiguresSql(
      `SELECT f.pipeline_id, f.figure, f.day, f.subject, '' AS detail, f.currency, $3::int AS n, $3::int * f.value AS total FROM (
       SELECT deal_id, pipeline_id, 'kpi' AS figure, day, name AS subject, currency, value FROM fact_kpi
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
       UNION ALL
       SELECT deal_id, pipeline_id, 'nps', day, score::text, '', 0 FROM fact_nps
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
     ) AS f JOIN deal d ON d.id = f.deal_id AND d.archived_at IS NULL`,
    ),
    [tenantId, plainArray(dealIds), sign],
  );
}

/**
 * Parts of the sweeper's statement: counts the runs that it marks. `marked` names a part with the columns of a run, of
 * its deal and `n`; $1 is the tenant.
 */
export function countBreachesSql(marked: string): string {
  return addFiguresSql(`SELECT c.pipeline_id, v.figure, v.day, v.subject, v.detail, '' AS currency, v.n, 0 AS total
  FROM (
    SELECT b.pipeline_id, b.timer, coalesce(b.owner_id, '') AS owner, (b.created_at AT TIME ZONE t.time_zone)::date AS day,
      (b.due_at AT TIME ZONE t.time_zone)::date AS due_day, count(*) AS n
    FROM ${marked} b, tenant t WHERE t.id = $1 AND b.archived_at IS NULL GROUP BY 1, 2, 3, 4, 5
  ) AS c
  CROSS JOIN LATERAL (VALUES
    ('run', c.day, c.timer, 'breached', c.n), ('run', c.day, c.timer, 'running', -c.n),
    ('owner_breach', c.day, c.owner, '', c.n), ('breach', c.due_day, c.timer, '', c.n)
  ) AS v (figure, day, subject, detail, n)`);
}
