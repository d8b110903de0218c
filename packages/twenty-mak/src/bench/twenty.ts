import pg from 'pg';
import { request } from 'undici';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TwentySimulator } from '../connectors/twenty/simulator/index.ts';
import type { BenchPlace } from './frame.ts';
import { send } from './load.ts';
import { openTenant } from './tenant.ts';
import type { BenchTenant } from './tenant.ts';

/** How much faster the limits of the simulated twenty are than those that twenty 2.21 has for a workspace. */
export const SPEED = 1;
const CALLS_PER_MINUTE = 100 * SPEED;
const LIMITS = [
  { calls: 100 * SPEED, window: 1_000 },
  { calls: CALLS_PER_MINUTE, window: 60_000 },
];
/** Calls a second that MaK allows itself of these. */
export const ALLOWED_PER_SECOND = (CALLS_PER_MINUTE / 60) * 0.97;
/** How often MaK asks what changed, in seconds: a minute of the real twenty. */
const POLL_SECONDS = Math.round(60 / SPEED);

/** A tenant whose deals are kept equal with those of a simulated twenty that enforces its limits. */
export class BenchTwenty {
  /** While it is away it answers with the status 503. */
  isAway = false;
  /** Calls that count against the limits, by what they ask. */
  private readonly calls = new Map<string, number>();

  private constructor(
    readonly simulator: TwentySimulator,
    readonly tenant: BenchTenant,
    private readonly place: BenchPlace,
    private readonly owner: pg.Client,
  ) {}

  static async open(place: BenchPlace): Promise<BenchTwenty> {
    const simulator = new TwentySimulator({ limits: LIMITS });
    const address = await simulator.listen();
    const tenant = await openTenant(place, 'adtech');
    const owner = new pg.Client({ connectionString: place.ownerUrl });
    await owner.connect();
    const bench = new BenchTwenty(simulator, tenant, place, owner);
    simulator.disturb = (body, response) => {
      if (bench.isAway) {
        response.writeHead(503).end();
        return 'answered';
      }
      const [, kind = 'else'] = /^\{"query":"(?:query|mutation) (\w+)/.exec(body) ?? [];
      const [, name = ''] = /(?:found|rows): (\w+)/.exec(body) ?? [];
      const call = `${kind} ${name}`;
      bench.calls.set(call, (bench.calls.get(call) ?? 0) + 1);
      return 'arrives';
    };
    await bench.call('PUT', '/v1/connectors/twenty', {
      version: 0,
      settings: { address, calls_per_minute: CALLS_PER_MINUTE },
      secrets: { api_key: simulator.apiKey, webhook_secret: 'webhook secret of the benchmark' },
      poll_seconds: POLL_SECONDS,
    });
    await bench.drained();
    return bench;
  }

  async close(): Promise<void> {
    await this.call('DELETE', '/v1/connectors/twenty');
    await this.owner.end();
    await this.simulator.close();
  }

  /** So many deals by events, as other systems make them. */
  async makeDeals(prefix: string, count: number): Promise<void> {
    await this.record(prefix, count, 'crm.deal.created', (deal) => ({
      name: `Deal ${prefix} ${deal}`,
      amount: 100_000 + deal,
      currency: 'EUR',
    }));
  }

  /** One event for each of the deals of a prefix. */
  async record(
    prefix: string,
    count: number,
    type: string,
    data: (deal: number) => object,
  ): Promise<void> {
    const now = new Date().toISOString();
    const bodies = Array.from({ length: count }, (_, deal) =>
      JSON.stringify({
        event_id: randomUUID(),
        type,
        source: 'bench',
        occurred_at: now,
        external_refs: [{ system: 'bench', id: `${prefix}-${deal}` }],
        data: data(deal),
      }),
    );
    await send({
      url: this.place.url,
      path: '/v1/events',
      headers: { authorization: `Bearer ${this.tenant.apiKey}` },
      bodies,
      connections: 50,
      check: (status, body) => {
        if (status !== 200 || !body.includes('"applied"'))
          throw new Error(`an event was answered ${status} ${body}`);
      },
    });
  }

  /** Ids of so many deals of this tenant that twenty has, by their ids there. */
  linked(count: number): { readonly id: string; readonly remoteId: string }[] {
    const rows = [...this.simulator.workspace.table('masterDeal').rows.values()];
    return rows.slice(0, count).map((row) => ({ id: String(row['makId']), remoteId: row.id }));
  }

  /** A person renames a deal in MaK. */
  async rename(id: string, name: string): Promise<void> {
    const { version } = await this.call<{ version: number }>('GET', `/v1/deals/${id}`);
    await this.call('PATCH', `/v1/deals/${id}`, { version, name });
  }

  nameThere(remoteId: string): unknown {
    return this.simulator.workspace.table('masterDeal').rows.get(remoteId)?.['name'];
  }

  /** Events that MaK has taken for changes of twenty. */
  async eventsFromTwenty(): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(
      "SELECT count(*) FROM event WHERE tenant_id = $1 AND source = 'twenty'",
      [this.tenant.id],
    );
    return Number(rows[0]?.count);
  }

  async set(state: 'pause' | 'resume'): Promise<void> {
    const { version } = await this.call<{ version: number }>('GET', '/v1/connectors/twenty');
    await this.call('POST', `/v1/connectors/twenty/${state}`, { version });
  }

  async call<Answer>(
    method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer> {
    const answer = await request(`${this.place.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tenant.apiKey}`,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  /** What twenty was asked since this was asked last. */
  callsSince(): string {
    const told = [...this.calls].map(([call, count]) => `${count} ${call}`).join(', ');
    this.calls.clear();
    return told;
  }

  /** Records that wait to be brought over. */
  async waiting(): Promise<number> {
    const { rows } = await this.owner.query<{ waiting: string }>(
      `SELECT (SELECT count(*) FROM sync_pending WHERE tenant_id = $1)
         + (SELECT count(*) FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false') AS waiting`,
      [this.tenant.id],
    );
    return Number(rows[0]?.waiting);
  }

  /** Resolves when nothing waits any more. Throws when something stopped the connector or could not be made. */
  async drained(): Promise<void> {
    while ((await this.waiting()) > 0) {
      const { rows } = await this.owner.query<{ trouble: string }>(
        `SELECT reason AS trouble FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'
         UNION ALL SELECT refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL LIMIT 1`,
        [this.tenant.id],
      );
      if (rows[0] !== undefined) throw new Error(rows[0].trouble);
      await sleep(50);
    }
  }

  /** Throws unless twenty was never asked too often, nothing was written twice, and both sides have the same deals. */
  async assertEqual(): Promise<void> {
    const { limits, workspace } = this.simulator;
    if (limits.rejected > 0) throw new Error(`twenty refused ${limits.rejected} calls`);
    if (workspace.written.useless > 0)
      throw new Error(`${workspace.written.useless} records were written as they were`);
    const { rows } = await this.owner.query<{ id: string; name: string; stage: string }>(
      'SELECT id, name, stage FROM deal WHERE tenant_id = $1 AND archived_at IS NULL',
      [this.tenant.id],
    );
    const stages = workspace.table('makStage').rows;
    const there = new Map(
      [...workspace.table('masterDeal').rows.values()].map((row) => [row['makId'], row]),
    );
    for (const { id, name, stage } of rows) {
      const row = there.get(id);
      const shown = String(stages.get(String(row?.['stageId']))?.['makId'] ?? '');
      if (row?.['name'] !== name || !shown.endsWith(`:${stage}`))
        throw new Error(`deal ${id} is ${name} in ${stage}, and in twenty ${JSON.stringify(row)}`);
    }
    if (there.size !== rows.length)
      throw new Error(`${rows.length} deals, and ${there.size} in twenty`);
  }
}
