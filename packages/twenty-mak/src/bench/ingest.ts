import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { inTurns } from './frame.ts';
import type { BenchPlace } from './frame.ts';
import { send } from './load.ts';
import { openTenant } from './tenant.ts';

const CONNECTIONS = 100;
const ROUNDS = 7;
const DEALS = 1_500;

/** The way of a deal through adtech; every fourth is lost on the way. */
const STORY = [
  'crm.deal.created',
  'crm.lead.qualified',
  'crm.brief.submitted',
  'media.mediaplan.ready',
  'crm.offer.approved',
  'docflow.contract.signed',
  'mediapush.campaign.started',
  'dcm.invoice.issued',
  'traffic.report.read',
  'dcm.closeout.completed',
] as const;

/**
 * Events a second over HTTP, one event a request, each fully processed and committed before its answer, with 100
 * connections ÷ one raw INSERT a request over the same HTTP server.
 */
export async function ingestRatios(place: BenchPlace): Promise<number[]> {
  const owner = new pg.Client({ connectionString: place.ownerUrl });
  await owner.connect();
  // The checks join whole rounds; statistics of tables that just grew would make the planner loop over them.
  await owner.query('SET enable_nestloop = off');
  await owner.query('DROP TABLE IF EXISTS bench_raw');
  await owner.query(
    'CREATE TABLE bench_raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text, event_id text, type text, occurred_at timestamptz, data jsonb)',
  );
  const raw = spawn(process.execPath, [join(import.meta.dirname, 'raw-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [rawUrl] = (await once(createInterface(raw.stdout), 'line')) as [string];
    const tenant = await openTenant(place, 'adtech');
    let round = 0;

    const product = async (): Promise<number> => {
      const bodies = story(`p${round}`);
      const seconds = await send({
        url: place.url,
        path: '/v1/events',
        headers: { authorization: `Bearer ${tenant.apiKey}` },
        bodies,
        connections: CONNECTIONS,
        check: (status, body) => {
          if (status !== 200 || /"status":"(rejected|conflict)"/.test(body))
            throw new Error(`an event was answered ${status} ${body}`);
        },
      });
      await assertProcessed(owner, tenant.id, `p${round}`);
      return bodies.length / seconds;
    };
    const plain = async (): Promise<number> => {
      const bodies = story(`r${round}`);
      round += 1;
      const seconds = await send({
        url: rawUrl,
        path: '/raw',
        headers: {},
        bodies,
        connections: CONNECTIONS,
        check: (status, body) => {
          if (status !== 200) throw new Error(`a raw insert was answered ${status} ${body}`);
        },
      });
      return bodies.length / seconds;
    };
    await product();
    await plain();
    return await inTurns(ROUNDS, product, plain, place.log);
  } finally {
    raw.kill();
    await owner.query('DROP TABLE IF EXISTS bench_raw');
    await owner.end();
  }
}

const HOUR = 3_600_000;

/**
 * Bodies of all deals, their stories interleaved as many senders would. They happened in the last hours, as what live
 * systems send: timers start and are met, and hardly any is overdue. Overdue ones are what `sweep` measures.
 */
function story(prefix: string): string[] {
  const start = Date.now() - (STORY.length + 1) * HOUR;
  return STORY.flatMap((type, step) =>
    Array.from({ length: DEALS }, (_, deal) =>
      JSON.stringify({
        event_id: `${prefix}-${deal}-${step}`,
        type: deal % 4 === 3 && step === 6 ? 'crm.deal.lost' : type,
        source: 'bench',
        occurred_at: new Date(start + deal * 1_000 + step * HOUR).toISOString(),
        external_refs: [{ system: 'bench', id: `${prefix}-${deal}` }],
        data:
          step === 0
            ? { name: `Deal ${prefix} ${deal}`, amount: 100_000 + deal, currency: 'EUR' }
            : { step },
      }),
    ),
  );
}

/** Everything that was acknowledged is there, with all that follows from it. */
async function assertProcessed(owner: pg.Client, tenantId: string, prefix: string): Promise<void> {
  const { rows } = await owner.query<{
    events: string;
    closed: string;
    lost: string;
    outbox: string;
  }>(
    `WITH mine AS (SELECT deal_id FROM deal_ref WHERE tenant_id = $1 AND external_id LIKE $2)
     SELECT (SELECT count(*) FROM event JOIN mine USING (deal_id)) AS events,
       (SELECT count(*) FROM deal JOIN mine ON id = deal_id WHERE stage = 'closed') AS closed,
       (SELECT count(*) FROM deal JOIN mine ON id = deal_id WHERE stage = 'cancelled') AS lost,
       (SELECT count(*) FROM outbox JOIN mine USING (deal_id) WHERE type = 'masterdeal.created') AS outbox`,
    [tenantId, `${prefix}-%`],
  );
  const found = Object.values(rows[0] ?? {}).map(Number);
  const expected = [DEALS * STORY.length, (DEALS * 3) / 4, DEALS / 4, DEALS];
  if (found.join() !== expected.join())
    throw new Error(
      `events, closed, lost, created are ${found.join()} and must be ${expected.join()}`,
    );
}
