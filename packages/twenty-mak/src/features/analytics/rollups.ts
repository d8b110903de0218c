import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { RollupDeltas } from './deltas.ts';
import { DURATION_BOUNDS } from './durations.ts';
import { scanSql } from './scan.ts';

/** Adds rows to the rollups; a statement that ends in rows of these columns, without the tenant, comes before. */
const COLUMNS = 'pipeline_id, figure, day, subject, detail, currency, n, total';
export const ROLLUP_TARGET = `rollup (tenant_id, ${COLUMNS})`;
export const ROLLUP_ADD = `ON CONFLICT (tenant_id, pipeline_id, figure, day, subject, detail, currency)
  DO UPDATE SET n = rollup.n + excluded.n, total = rollup.total + excluded.total`;

/** Moves the rollups by what a batch changed, in one statement that travels with the others of the batch. */
export function saveDeltas(tx: Transaction, tenantId: string, deltas: RollupDeltas): void {
  const rows = deltas.rows();
  if (rows.length === 0) return;
  tx.send(
    `INSERT INTO ${ROLLUP_TARGET}
     SELECT t.id, d.pipeline_id, d.figure, (d.at AT TIME ZONE t.time_zone)::date, d.subject, d.detail, d.currency, sum(d.n), sum(d.total)
     FROM tenant t, unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::numeric[])
       AS d (pipeline_id, figure, at, subject, detail, currency, n, total)
     WHERE t.id = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7
     ${ROLLUP_ADD}`,
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
    `INSERT INTO ${ROLLUP_TARGET}
     SELECT $1, pipeline_id, figure, day, subject, detail, currency, -n, -total
     FROM (${scanSql('d.id = ANY ($3::uuid[])')}) AS gone
     ${ROLLUP_ADD}`,
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
    `INSERT INTO ${ROLLUP_TARGET}
     SELECT $1, f.pipeline_id, f.figure, f.day, f.subject, '', f.currency, $3 * count(*), $3 * sum(f.value) FROM (
       SELECT deal_id, pipeline_id, 'kpi' AS figure, day, name AS subject, currency, value FROM fact_kpi
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
       UNION ALL
       SELECT deal_id, pipeline_id, 'nps', day, score::text, '', 0 FROM fact_nps
       WHERE tenant_id = $1 AND deal_id = ANY ($2::uuid[])
     ) AS f JOIN deal d ON d.id = f.deal_id AND d.archived_at IS NULL
     GROUP BY 2, 3, 4, 5, 7
     ${ROLLUP_ADD}`,
    [tenantId, plainArray(dealIds), sign],
  );
}

/**
 * Parts of the sweeper's statement: counts the runs that it marks. `marked` names a part with the columns of a run, of
 * its deal and `n`; $1 is the tenant.
 */
export function countBreachesSql(marked: string): string {
  return `INSERT INTO ${ROLLUP_TARGET}
  SELECT $1, pipeline_id, f.figure, f.day, f.subject, f.detail, '', sum(f.n), 0
  FROM (
    SELECT b.pipeline_id, b.timer, coalesce(b.owner_id, '') AS owner, (b.created_at AT TIME ZONE t.time_zone)::date AS day,
      (b.due_at AT TIME ZONE t.time_zone)::date AS due_day, count(*) AS n
    FROM ${marked} b, tenant t WHERE t.id = $1 AND b.archived_at IS NULL GROUP BY 1, 2, 3, 4, 5
  ) AS c
  CROSS JOIN LATERAL (VALUES
    ('run', c.day, c.timer, 'breached', c.n), ('run', c.day, c.timer, 'running', -c.n),
    ('owner_breach', c.day, c.owner, '', c.n), ('breach', c.due_day, c.timer, '', c.n)
  ) AS f (figure, day, subject, detail, n)
  GROUP BY 2, 3, 4, 5, 6
  ${ROLLUP_ADD}`;
}
