import { adtech } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { ServerAddresses } from './board-database.ts';
import { makeSweepDatabase, withClient } from './sweep-database.ts';
import type { SweepDatabase } from './sweep-database.ts';

/** Stages between which each timer runs, by rank. */
const TIMERS = (adtech.timers ?? []).map(({ key, target }, index) => ({
  key,
  opens: [0, 1, 3, 5, 6][index] ?? 0,
  closes: [1, 3, 5, 6, 8][index] ?? 0,
  hours: target.amount * (target.unit === 'days' ? 24 : 1),
}));

/**
 * A database of its own with a year of deals of one tenant, made by SQL: every deal went some way, stage by stage, an
 * hour to three days each; a third of those that did not arrive were lost.
 */
export async function makeRollupsDatabase(
  server: ServerAddresses,
  { deals, log }: { deals: number; log: (text: string) => void },
): Promise<SweepDatabase> {
  const database = await makeSweepDatabase(server, 1);
  try {
    log(`making ${deals} deals`);
    await fill(database, deals);
    return database;
  } catch (error) {
    await database.drop();
    throw error;
  }
}

async function fill({ ownerUrl, tenantIds }: SweepDatabase, deals: number): Promise<void> {
  const [tenantId] = tenantIds;
  const pipelineId = uuidv7();
  const stages = adtech.stages.map(({ key }) => key);
  await withClient(ownerUrl, async (client) => {
    await client.query(
      `INSERT INTO pipeline (id, tenant_id, key, title, is_default, current_version) VALUES ($1, $2, 'adtech', 'Year', true, 1)`,
      [pipelineId, tenantId],
    );
    await client.query(
      'INSERT INTO pipeline_version (tenant_id, pipeline_id, version, definition) VALUES ($1, $2, 1, $3)',
      [tenantId, pipelineId, JSON.stringify(adtech)],
    );
    await client.query(STORIES, [deals, stages.length]);
    await client.query(
      `INSERT INTO deal (id, tenant_id, pipeline_id, pipeline_version, name, stage, reached_stage, stage_started_at, outcome, closed_at,
         gates, domain_stages, amount, currency, owner_id, state, published, created_at)
       SELECT id, $1, $2, 1, 'Deal ' || n, CASE WHEN lost THEN 'cancelled' ELSE ($3::text[])[depth + 1] END, ($3::text[])[depth + 1],
         CASE WHEN lost THEN ended_at ELSE created_at + depth * pace END,
         CASE WHEN lost THEN 'lost' WHEN depth = $4::int - 1 THEN 'won' END, CASE WHEN lost THEN ended_at END,
         '{}', '{}', n * 100, CASE WHEN n % 4 = 0 THEN 'UAH' ELSE 'EUR' END, 'owner-' || n % 50, '{}', '{}', created_at FROM story`,
      [tenantId, pipelineId, stages, stages.length],
    );
    await client.query(
      `INSERT INTO stage_change (tenant_id, deal_id, seq, from_stage, to_stage, reason, occurred_at, source, event_id)
       SELECT $1, id, seq, ($2::text[])[seq], coalesce(($2::text[])[CASE WHEN seq <= depth THEN seq + 1 END], 'cancelled'), 'facts',
         CASE WHEN seq <= depth THEN created_at + seq * pace ELSE ended_at END, 'crm', n || '-' || seq
       FROM story, generate_series(1, depth + lost::int) AS seq`,
      [tenantId, stages],
    );
    await client.query(
      `INSERT INTO sla_run (tenant_id, deal_id, timer, opened_source, opened_event_id, opened_at, due_at, closed_at, closed_as,
         breach_published, worked_ms)
       SELECT $1, id, timer, 'crm', n || '-' || timer, opened, due, closed, CASE WHEN closed IS NULL THEN NULL WHEN met THEN 'met' ELSE 'cancelled' END,
         coalesce(closed, now()) > due, extract(epoch FROM closed - opened) * 1000
       FROM story CROSS JOIN unnest($2::text[], $3::int[], $4::int[], $5::int[]) AS t (timer, opens, closes, hours)
       CROSS JOIN LATERAL (SELECT created_at + opens * pace AS opened, depth >= closes AS met) o
       CROSS JOIN LATERAL (SELECT opened + hours * interval '1 hour' AS due,
         CASE WHEN met THEN created_at + closes * pace WHEN lost THEN ended_at END AS closed) c
       WHERE depth >= opens`,
      [
        tenantId,
        TIMERS.map(({ key }) => key),
        TIMERS.map(({ opens }) => opens),
        TIMERS.map(({ closes }) => closes),
        TIMERS.map(({ hours }) => hours),
      ],
    );
    for (const table of ['deal', 'stage_change', 'sla_run'])
      await client.query(`VACUUM ANALYZE ${table}`);
  });
}

/** How far each deal went and how fast; the same numbers in every run. */
const STORIES = `CREATE TEMPORARY TABLE story AS
SELECT n, md5('deal' || n)::uuid AS id, depth, depth < $2::int - 1 AND n % 3 = 0 AS lost, pace, created_at,
  created_at + depth * pace + interval '5 hours' AS ended_at
FROM generate_series(1, $1::int) AS n
CROSS JOIN LATERAL (SELECT abs(hashint4(n)) % $2::int AS depth, (1 + abs(hashint4(n + 7)) % 72) * interval '1 hour' AS pace,
  date_trunc('milliseconds', now() - interval '1 month' - n * interval '335 days' / $1::int) AS created_at) AS s`;
