import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/**
 * The analytic tables. Facts are views of the rows that the one writer of deals keeps anyway, so they cannot differ
 * from them; sums over many facts are rollups, which the same transactions move.
 */
export class Analytics1700000000009 implements MigrationInterface {
  readonly name = 'Analytics1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['rollup', 'rollup_build']) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
    for (const [name, query] of Object.entries(FACTS)) {
      await runner.query(`CREATE VIEW ${name} WITH (security_invoker = true) AS ${query}`);
      await runner.query(`GRANT SELECT ON ${name} TO mak_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(FACTS).toReversed()) await runner.query(`DROP VIEW ${name}`);
    await runner.query('DROP TABLE rollup, rollup_build');
    await runner.query('REVOKE SELECT (time_zone) ON tenant FROM mak_scan');
    await runner.query('DROP INDEX event_measure');
    await runner.query('ALTER TABLE sla_run DROP COLUMN worked_ms');
    await runner.query('ALTER TABLE deal DROP COLUMN reached_stage');
  }
}

const TABLES = `
-- The highest stage that the deal has been in; null until the first build of an older installation.
ALTER TABLE deal ADD COLUMN reached_stage text;
-- Working time from opening to end, on the calendar of the timer.
ALTER TABLE sla_run ADD COLUMN worked_ms bigint;
CREATE INDEX event_measure ON event (tenant_id, deal_id)
  WHERE type IN ('kpi.reported', 'nps.answered');

CREATE TABLE rollup (
  tenant_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  figure text COLLATE "C" NOT NULL,
  day date NOT NULL,
  subject text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL DEFAULT '',
  currency text COLLATE "C" NOT NULL DEFAULT '',
  n bigint NOT NULL,
  total numeric NOT NULL,
  PRIMARY KEY (tenant_id, pipeline_id, figure, day, subject, detail, currency)
) WITH (fillfactor = 80);

-- By which rules and in which time zone the rollups of a tenant were built; they count only while both still hold.
CREATE TABLE rollup_build (
  tenant_id uuid PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  rules integer NOT NULL,
  time_zone text NOT NULL,
  built_at timestamptz(3) NOT NULL DEFAULT now()
);
`;

/** No sums over the deals of others, and only the names of tenants whose rollups have to be built. */
const ACCESS = `
CREATE POLICY restricted ON rollup AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
GRANT SELECT (time_zone) ON tenant TO mak_scan;
GRANT SELECT (tenant_id, rules, time_zone) ON rollup_build TO mak_scan;
CREATE POLICY scan ON rollup_build FOR SELECT TO mak_scan USING (true);
`;

/** Numbers of a report that say when or whose, not how much. */
const NO_FIGURES = `'day', 'week', 'month', 'quarter', 'year', 'contact', 'contacts'`;

const FACTS = {
  fact_deal: `
SELECT d.tenant_id, d.id AS deal_id, d.pipeline_id, d.pipeline_version, d.stage, d.business_stage,
  coalesce(d.reached_stage, d.stage) AS reached_stage, d.stage_started_at, d.owner_id, d.client_id,
  coalesce(c.industry, d.attributes ->> 'industry') AS industry,
  c.size,
  coalesce(c.budget_band, d.attributes ->> 'budget_band') AS budget_band,
  coalesce(c.client_type, d.attributes ->> 'client_type') AS client_type,
  coalesce(c.segments, CASE jsonb_typeof(d.attributes -> 'segments')
    WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(d.attributes -> 'segments')) END, '{}') AS segments,
  d.amount, d.currency, d.outcome, d.created_at, d.closed_at, d.archived_at
FROM deal d
LEFT JOIN client_key k ON k.tenant_id = d.tenant_id AND k.key = d.client_id
LEFT JOIN client c ON c.id = k.client_id`,

  fact_sla: `
SELECT r.tenant_id, r.deal_id, d.pipeline_id, r.timer, r.opened_source, r.opened_event_id, r.opened_at, r.due_at,
  r.closed_at, r.closed_as, r.worked_ms, r.breach_published AS breached, d.owner_id,
  (SELECT t.definition -> 'accountable' ->> 0
   FROM pipeline_version v, jsonb_array_elements(v.definition -> 'timers') AS t (definition)
   WHERE v.pipeline_id = d.pipeline_id AND v.version = d.pipeline_version AND t.definition ->> 'key' = r.timer) AS accountable
FROM sla_run r JOIN deal d ON d.tenant_id = r.tenant_id AND d.id = r.deal_id`,

  dim_stage: `
SELECT v.tenant_id, v.pipeline_id, v.version AS pipeline_version, stage ->> 'key' AS stage, stage ->> 'title' AS title,
  rank::integer - 1 AS rank, coalesce(stage ->> 'kind', 'open') AS kind, stage ->> 'businessStage' AS business_stage,
  stage ->> 'color' AS color
FROM pipeline_version v, jsonb_array_elements(v.definition -> 'stages') WITH ORDINALITY AS s (stage, rank)
UNION ALL
SELECT v.tenant_id, v.pipeline_id, v.version, ending ->> 'key', ending ->> 'title', NULL, 'ended', NULL, ending ->> 'color'
FROM pipeline_version v, jsonb_array_elements(v.definition -> 'endings') AS e (ending)`,

  fact_kpi: `
SELECT e.tenant_id, e.deal_id, d.pipeline_id, e.source, e.event_id, e.occurred_at,
  (e.occurred_at AT TIME ZONE t.time_zone)::date AS day, m.name,
  CASE jsonb_typeof(e.data -> 'currency') WHEN 'string' THEN e.data ->> 'currency' ELSE '' END AS currency,
  (m.value #>> '{}')::numeric AS value
FROM event e
JOIN deal d ON d.tenant_id = e.tenant_id AND d.id = e.deal_id
JOIN tenant t ON t.id = e.tenant_id
CROSS JOIN LATERAL jsonb_each(e.data) AS m (name, value)
WHERE e.type = 'kpi.reported' AND jsonb_typeof(m.value) = 'number' AND m.name NOT IN (${NO_FIGURES})`,

  fact_nps: `
SELECT e.tenant_id, e.deal_id, d.pipeline_id, e.source, e.event_id, e.occurred_at,
  (e.occurred_at AT TIME ZONE t.time_zone)::date AS day, s.score,
  nullif(CASE jsonb_typeof(e.data -> 'comment') WHEN 'string' THEN e.data ->> 'comment' END, '') AS comment,
  coalesce(
    (SELECT c.to_stage FROM stage_change c WHERE c.tenant_id = e.tenant_id AND c.deal_id = e.deal_id
       AND c.occurred_at <= e.occurred_at ORDER BY c.seq DESC LIMIT 1),
    (SELECT c.from_stage FROM stage_change c WHERE c.tenant_id = e.tenant_id AND c.deal_id = e.deal_id AND c.seq = 1),
    d.stage) AS stage
FROM event e
JOIN deal d ON d.tenant_id = e.tenant_id AND d.id = e.deal_id
JOIN tenant t ON t.id = e.tenant_id
CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(e.data -> 'score') = 'number'
  AND e.data ->> 'score' ~ '^([0-9]|10)$' THEN (e.data ->> 'score')::smallint END AS score) s
WHERE e.type = 'nps.answered' AND s.score IS NOT NULL`,
} as const;
