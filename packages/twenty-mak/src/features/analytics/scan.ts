/**
 * Every figure by looking at the rows it is about. This is the definition: rollups hold what it gives, filtered
 * dashboards read it, and `durations.ts` and `contributions.ts` say the same of one deal in memory.
 *
 * `chosen` is a condition on `deal d`. $1 is the tenant, $2 the bounds of durations.
 */
export function scanSql(chosen: string): string {
  return `WITH chosen AS MATERIALIZED (
  SELECT d.id, d.pipeline_id, d.stage, coalesce(d.reached_stage, d.stage) AS reached, coalesce(d.currency, '') AS currency,
    coalesce(d.amount, 0)::numeric AS amount, coalesce(d.owner_id, '') AS owner, d.outcome, d.stage_started_at, d.created_at,
    (d.created_at AT TIME ZONE t.time_zone)::date AS day, t.time_zone
  FROM tenant t JOIN deal d ON d.tenant_id = t.id
  WHERE t.id = $1 AND d.archived_at IS NULL AND ${chosen}
), runs AS (
  SELECT c.pipeline_id, c.day, c.owner, c.time_zone, r.timer, r.due_at, r.closed_as, r.worked_ms, r.breach_published AS breached
  FROM chosen c JOIN sla_run r ON r.tenant_id = $1 AND r.deal_id = c.id
), visits AS (
  SELECT c.pipeline_id, c.day, s.from_stage AS stage, greatest(0, round(extract(epoch FROM
    s.occurred_at - coalesce(p.occurred_at, c.created_at)) * 1000))::bigint AS ms
  FROM chosen c JOIN stage_change s ON s.tenant_id = $1 AND s.deal_id = c.id
  LEFT JOIN stage_change p ON p.tenant_id = $1 AND p.deal_id = c.id AND p.seq = s.seq - 1
)
SELECT pipeline_id, 'deal' AS figure, day, stage AS subject, reached AS detail, currency, count(*) AS n, sum(amount) AS total
  FROM chosen GROUP BY 1, 3, 4, 5, 6
UNION ALL SELECT pipeline_id, 'owner', day, owner, '', currency, count(*), sum(amount) FROM chosen GROUP BY 1, 3, 4, 6
UNION ALL SELECT pipeline_id, 'wait', day, stage, '', '', count(*), sum(round(extract(epoch FROM stage_started_at) * 1000))
  FROM chosen WHERE outcome IS NULL GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'run', day, timer, CASE WHEN breached THEN 'breached' ELSE coalesce(closed_as, 'running') END, '', count(*), 0
  FROM runs GROUP BY 1, 3, 4, 5
UNION ALL SELECT pipeline_id, 'owner_breach', day, owner, '', '', count(*), 0 FROM runs WHERE breached GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'breach', (due_at AT TIME ZONE time_zone)::date, timer, '', '', count(*), 0
  FROM runs WHERE breached GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'time', day, timer, width_bucket(worked_ms, $2::bigint[])::text, '', count(*), sum(worked_ms)
  FROM runs WHERE closed_as = 'met' AND worked_ms IS NOT NULL GROUP BY 1, 3, 4, 5
UNION ALL SELECT pipeline_id, 'visit', day, stage, width_bucket(ms, $2::bigint[])::text, '', count(*), sum(ms)
  FROM visits GROUP BY 1, 3, 4, 5
UNION ALL SELECT k.pipeline_id, 'kpi', k.day, k.name, '', k.currency, count(*), sum(k.value)
  FROM chosen c JOIN fact_kpi k ON k.tenant_id = $1 AND k.deal_id = c.id GROUP BY 1, 3, 4, 6
UNION ALL SELECT a.pipeline_id, 'nps', a.day, a.score::text, '', '', count(*), 0
  FROM chosen c JOIN fact_nps a ON a.tenant_id = $1 AND a.deal_id = c.id GROUP BY 1, 3, 4`;
}

/**
 * Open runs whose time has come and that the sweeper has not marked yet: what they add to the figures. `chosen` is a
 * condition on `deal d`, `present` the place of the tenant's present; $1 is the tenant.
 */
export function unsweptSql(chosen: string, present: string): string {
  return `WITH due AS MATERIALIZED (
  SELECT d.pipeline_id, r.timer, coalesce(d.owner_id, '') AS owner, (d.created_at AT TIME ZONE t.time_zone)::date AS day,
    (r.due_at AT TIME ZONE t.time_zone)::date AS due_day
  FROM tenant t JOIN sla_run r ON r.tenant_id = t.id JOIN deal d ON d.id = r.deal_id
  WHERE t.id = $1 AND r.closed_at IS NULL AND NOT r.breach_published AND r.due_at < ${present}
    AND d.archived_at IS NULL AND ${chosen}
)
SELECT pipeline_id, 'run' AS figure, day, timer AS subject, 'breached' AS detail, '' AS currency, count(*) AS n, 0::numeric AS total
  FROM due GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'run', day, timer, 'running', '', -count(*), 0 FROM due GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'owner_breach', day, owner, '', '', count(*), 0 FROM due GROUP BY 1, 3, 4
UNION ALL SELECT pipeline_id, 'breach', due_day, timer, '', '', count(*), 0 FROM due GROUP BY 1, 3, 4`;
}
