import type { TestDatabase } from './database.ts';
import { DURATION_BOUNDS } from '../../src/features/analytics/index.ts';

/** `n total` by `pipeline|figure|day|subject|detail|currency`. */
export type Figures = Readonly<Record<string, string>>;

/** Deals that count, with the day on which they were created. */
const DEALS = `SELECT d.*, to_char(d.created_at AT TIME ZONE t.time_zone, 'YYYY-MM-DD') AS day, t.time_zone
  FROM deal d JOIN tenant t ON t.id = d.tenant_id WHERE d.tenant_id = $1 AND d.archived_at IS NULL`;
const RUNS = `SELECT r.*, d.pipeline_id, d.day, d.owner_id, d.time_zone FROM sla_run r JOIN (${DEALS}) d ON d.id = r.deal_id`;
const EVENTS = `SELECT e.*, d.pipeline_id, to_char(e.occurred_at AT TIME ZONE d.time_zone, 'YYYY-MM-DD') AS measured
  FROM event e JOIN (${DEALS}) d ON d.id = e.deal_id`;

/**
 * Every figure as a statement of its own over the tables of the deals, written apart from the product's. Each gives the
 * pipeline, day, subject, detail, currency and the value of one thing.
 */
const FIGURES: Readonly<Record<string, string>> = {
  deal: `SELECT pipeline_id, day, stage, (SELECT reached_stage FROM fact_deal f WHERE f.deal_id = d.id), coalesce(currency, ''),
    coalesce(amount, 0) FROM (${DEALS}) d`,
  owner: `SELECT pipeline_id, day, coalesce(owner_id, ''), '', coalesce(currency, ''), coalesce(amount, 0) FROM (${DEALS}) d`,
  wait: `SELECT pipeline_id, day, stage, '', '', extract(epoch FROM stage_started_at) * 1000 FROM (${DEALS}) d WHERE outcome IS NULL`,
  run: `SELECT pipeline_id, day, timer, CASE WHEN breach_published THEN 'breached' WHEN closed_at IS NULL THEN 'running' ELSE closed_as END,
    '', 0 FROM (${RUNS}) r`,
  owner_breach: `SELECT pipeline_id, day, coalesce(owner_id, ''), '', '', 0 FROM (${RUNS}) r WHERE breach_published`,
  breach: `SELECT pipeline_id, to_char(due_at AT TIME ZONE time_zone, 'YYYY-MM-DD'), timer, '', '', 0 FROM (${RUNS}) r
    WHERE breach_published`,
  time: `SELECT pipeline_id, day, timer, (SELECT count(*) FROM unnest($2::bigint[]) b WHERE b <= worked_ms)::text, '', worked_ms
    FROM (${RUNS}) r WHERE closed_as = 'met'`,
  visit: `SELECT pipeline_id, day, stage, (SELECT count(*) FROM unnest($2::bigint[]) b WHERE b <= ms)::text, '', ms FROM (
    SELECT d.pipeline_id, d.day, s.from_stage AS stage, greatest(0, extract(epoch FROM s.occurred_at
      - lag(s.occurred_at, 1, d.created_at) OVER (PARTITION BY d.id ORDER BY s.seq)) * 1000) AS ms
    FROM (${DEALS}) d JOIN stage_change s ON s.deal_id = d.id) v`,
  kpi: `SELECT pipeline_id, measured, m.key, '', CASE jsonb_typeof(data -> 'currency') WHEN 'string' THEN data ->> 'currency' ELSE '' END,
    m.value::text::numeric FROM (${EVENTS}) e, jsonb_each(data) m
    WHERE type = 'kpi.reported' AND jsonb_typeof(m.value) = 'number' AND m.key <> 'week'`,
  nps: `SELECT pipeline_id, measured, data ->> 'score', '', '', 0 FROM (${EVENTS}) e
    WHERE type = 'nps.answered' AND data -> 'score' IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10')`,
};

/** A breach counts as told; the sweeper and every fold tell what the tenant's present shows. */
export async function freshFigures(database: TestDatabase, tenantId: string): Promise<Figures> {
  const things = Object.entries(FIGURES).map(
    ([figure, of]) =>
      `SELECT '${figure}' AS figure, t.* FROM (${of}) AS t (pipeline, day, subject, detail, currency, value)`,
  );
  const rows = await database.query<{ key: string; value: string }>(
    `SELECT concat_ws('|', pipeline, figure, day, subject, detail, currency) AS key, count(*) || ' ' || trim_scale(sum(value)) AS value
     FROM (${things.join(' UNION ALL ')}) AS things GROUP BY 1`,
    [tenantId, DURATION_BOUNDS],
  );
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}
