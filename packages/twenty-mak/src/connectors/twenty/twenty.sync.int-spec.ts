import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import { TwentySimulator } from './simulator/index.ts';
import type { Passage } from './simulator/index.ts';

/*
 * The whole way over HTTP: people edit deals in MaK and in twenty, the real worker brings both together, and twenty tells
 * of changes by webhooks that may be lost. A contract suite shows that this twenty is like the real one.
 */
const SECRET = 'webhook secret of the tests';
const LIMITS = [
  { calls: 100, window: 1_000 },
  { calls: 100_000, window: 60_000 },
];

let api: TestApp;
let worker: TestApp;
let tenant: TestTenant;
let twenty: TwentySimulator;
let address: string;

beforeAll(async () => {
  api = await startApp();
  worker = await startWorker();
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

function startWorker(): Promise<TestApp> {
  return startApp({
    role: 'worker',
    database: api.database,
    env: { MAK_POLL_INTERVAL_MS: '200', PUBLIC_URL: api.url },
  });
}

beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['credit'] });
  twenty = new TwentySimulator({ limits: LIMITS });
  address = await twenty.listen();
  return async () => {
    await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
    await twenty.close();
  };
});

async function resynced(): Promise<void> {
  const listed = `SELECT FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'true'`;
  await expect.poll(() => api.database.query(listed, [tenant.id])).toHaveLength(1);
}

async function set(state: 'pause' | 'resume'): Promise<void> {
  const path = '/v1/connectors/twenty';
  const { body } = await api.call<{ version: number }>(path, { key: tenant.apiKey });
  const { version } = body;
  const answer = await api.call(`${path}/${state}`, { key: tenant.apiKey, body: { version } });
  expect(answer.status).toBe(200);
}

/** By events, as another system makes them: people do not wait for them. */
async function makeDeals(count: number): Promise<void> {
  const now = new Date().toISOString();
  const { status } = await api.call('/v1/events', {
    key: tenant.apiKey,
    body: Array.from({ length: count }, (_, deal) => ({
      event_id: randomUUID(),
      type: 'crm.deal.created',
      source: 'crm',
      occurred_at: now,
      external_refs: [{ system: 'crm', id: randomUUID() }],
      data: { name: `Deal ${deal}` },
    })),
  });
  expect(status).toBe(200);
}

async function connect(): Promise<void> {
  const { status, body } = await api.call('/v1/connectors/twenty', {
    key: tenant.apiKey,
    method: 'PUT',
    body: {
      version: 0,
      settings: { address, calls_per_minute: 100_000 },
      secrets: { api_key: twenty.apiKey, webhook_secret: SECRET },
      poll_seconds: 5,
    },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
  readonly stage: string;
  readonly version: number;
}

async function create(name: string, amount = 100): Promise<Deal> {
  const { status, body } = await api.call<Deal>('/v1/deals', {
    key: tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body: { name, amount, currency: 'EUR' },
  });
  expect(status).toBe(201);
  return body;
}

const dealOf = async (id: string): Promise<Deal> =>
  (await api.call<Deal>(`/v1/deals/${id}`, { key: tenant.apiKey })).body;

/** A person edits a deal in MaK; again when somebody was faster. */
async function edit(id: string, fields: object): Promise<void> {
  for (;;) {
    const { version } = await dealOf(id);
    const { status } = await api.call(`/v1/deals/${id}`, {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version, ...fields },
    });
    if (status === 200) return;
    if (status !== 409) throw new Error(`not edited: ${status}`);
  }
}

const person = { userId: randomUUID() };
/** A person edits a deal in twenty. */
const editThere = (id: string, fields: object): void => {
  twenty.workspace.update('masterDeal', { id: { eq: id } }, { ...fields }, person);
};
const makeThere = (fields: object): string =>
  twenty.workspace.upsert('masterDeal', [{ ...fields }], person)[0]?.id ?? '';

const dealsThere = () => [...twenty.workspace.table('masterDeal').rows.values()];
const there = (id: string) => dealsThere().find((row) => row['makId'] === id);

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);
const linkOf = async (remoteId: string): Promise<string> => {
  const [link] = await rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND remote_id = '${remoteId}'`,
  );
  return link?.local_id ?? '';
};

/** Nothing is left to do, and what there is to know of twenty has been asked since. */
async function settled(timeout = 30_000): Promise<void> {
  await rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');
  await quiet(timeout);
}

/** Nothing that MaK has heard of is left to do. */
async function quiet(timeout = 30_000): Promise<void> {
  await twenty.workspace.webhooks.settled();
  await expect
    .poll(
      () =>
        rows(
          `SELECT key, refusal::text FROM sync_pending WHERE tenant_id = $1
           UNION ALL SELECT 'resync', NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll', NULL FROM sync_connector WHERE tenant_id = $1 AND poll_at <= now()
           UNION ALL SELECT 'message', NULL FROM twenty_message WHERE tenant_id = $1 AND read_at IS NULL
           UNION ALL SELECT 'stopped', reason FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`,
        ),
      { timeout },
    )
    .toEqual([]);
}

/** Both sides of every deal, by what people may edit and by the stage. */
async function bothSides(): Promise<{ mak: object[]; twenty: object[] }> {
  const links = await rows<{ local_id: string; remote_id: string }>(
    "SELECT local_id, remote_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' ORDER BY local_id",
  );
  const mak = await Promise.all(
    links.map(async ({ local_id: id, remote_id: remote }) => {
      const { name, amount, currency, stage } = await dealOf(id);
      return { id, remote, name, amount, currency, stage };
    }),
  );
  const stages = twenty.workspace.table('makStage').rows;
  const others = dealsThere()
    .map((row) => {
      const { amountMicros, currencyCode } = row['amount'] as Record<string, number | string>;
      const stage = String(stages.get(String(row['stageId']))?.['makId']).split(':')[1];
      return {
        id: String(row['makId']),
        remote: row.id,
        name: row['name'],
        amount: Number(amountMicros) / 10_000,
        currency: currencyCode,
        stage,
      };
    })
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return { mak, twenty: others };
}

async function expectEqual(): Promise<void> {
  const sides = await bothSides();
  expect(sides.twenty).toEqual(sides.mak);
}

describe('deals in MaK and in twenty', () => {
  it('become equal, and what people edit on either side follows, without an echo', async () => {
    const before = await create('Before', 1_250);
    const theirs = makeThere({
      name: 'Theirs',
      amount: { amountMicros: 70_000, currencyCode: 'EUR' },
    });
    await connect();
    await settled();
    const own = await linkOf(theirs);
    expect(await dealOf(own)).toMatchObject({ name: 'Theirs', amount: 7, currency: 'EUR' });
    expect(there(own)?.id).toBe(theirs);
    expect(twenty.workspace.table('makPipeline').rows.size).toBe(1);
    await expectEqual();

    await edit(before.id, { name: 'Renamed here' });
    editThere(theirs, { amount: { amountMicros: 80_000, currencyCode: 'EUR' } });
    await expect.poll(() => there(before.id)?.['name']).toBe('Renamed here');
    await expect.poll(async () => (await dealOf(own)).amount).toBe(8);
    await settled();
    await expectEqual();

    const state = JSON.stringify([dealsThere(), await dealOf(before.id), await dealOf(own)]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(JSON.stringify([dealsThere(), await dealOf(before.id), await dealOf(own)])).toBe(state);
    expect(twenty.limits.rejected).toBe(0);
  });

  it('put right what only MaK decides, and come back from the bin', async () => {
    await connect();
    const { id } = await create('Decided');
    await settled();
    const remote = there(id)?.id ?? '';
    editThere(remote, { stageId: null, name: 'Kept' });
    await settled();
    await expectEqual();
    expect((await dealOf(id)).name).toBe('Kept');
    twenty.workspace.delete('masterDeal', remote, person);
    await settled();
    expect(there(id)).toMatchObject({ id: remote, deletedAt: null });
  });

  it('hear of each other by webhook at once, and by asking when it is lost', async () => {
    await connect();
    const { id } = await create('Heard');
    await settled();
    const remote = there(id)?.id ?? '';
    await rows(
      "UPDATE sync_connector SET poll_at = now() + interval '1 hour' WHERE tenant_id = $1",
    );
    twenty.workspace.webhooks.fate = () => 'repeated';
    editThere(remote, { name: 'Told twice' });
    await expect.poll(async () => (await dealOf(id)).name).toBe('Told twice');
    await quiet();
    const events = `SELECT id FROM sync_journal WHERE tenant_id = $1 AND kind = 'to_mak'`;
    expect(await rows(events)).toHaveLength(1);

    twenty.workspace.webhooks.fate = () => 'lost';
    editThere(remote, { name: 'Never told' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await dealOf(id)).name).toBe('Told twice');
    await rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');
    await expect.poll(async () => (await dealOf(id)).name).toBe('Never told');
  });

  it('come before what belongs to them when all have waited for equally long, so that no call is spent on looking', async () => {
    tenant = await api.createTenant({ pipelines: ['adtech'] });
    await connect();
    await resynced();
    await makeDeals(450);
    await settled();
    await set('pause');
    // Nothing of these is to be written, but they have to be looked through.
    await api.database.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at, remote_touched, due_at, since)
       SELECT tenant_id, 'twenty', 'deal', id, id, 1, '{}', '{}', false, '2025-12-31', '2025-12-31' FROM deal WHERE tenant_id = $1`,
      [tenant.id],
    );
    await makeDeals(450);
    // As they lie after an outage: equally late, and in no order.
    await api.database.query(
      `UPDATE sync_pending SET due_at = '2026-01-01' WHERE tenant_id = $1 AND due_at > '2026-01-01' AND (entity = 'sla_run' OR md5(key) < '8')`,
      [tenant.id],
    );
    await api.database.query(
      "UPDATE sync_pending SET due_at = '2026-01-01' WHERE tenant_id = $1 AND due_at > '2026-01-01'",
      [tenant.id],
    );
    const asked: string[] = [];
    twenty.disturb = (body) => {
      const name = /query Find.*masterDeals|rows: createMasterDeals/.exec(body)?.[0];
      if (name !== undefined) asked.push(name);
      return 'arrives';
    };
    await set('resume');
    const runs = () => twenty.workspace.table('makSlaRun').rows.size;
    await expect.poll(runs).toBe(900);
    expect(dealsThere()).toHaveLength(900);
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'rows: createMasterDeals'));
  });

  it(
    'are looked for after an outage only as far as they were tried: three batches, and then it is asked before',
    { timeout: 180_000 },
    async () => {
      tenant = await api.createTenant({ pipelines: ['adtech'] });
      await connect();
      await resynced();
      await set('pause');
      for (let batch = 0; batch < 3; batch += 1) await makeDeals(500);
      const looked = new Set<string>();
      let refused = 0;
      let isAway = true;
      twenty.disturb = (body, response) => {
        if (isAway) {
          refused += 1;
          response.writeHead(503).end('away');
          return 'answered';
        }
        if (/query Find.*masterDeals/s.test(body))
          for (const [, id = ''] of body.matchAll(/"([0-9a-f-]{36})"/g)) looked.add(id);
        return 'arrives';
      };
      await set('resume');
      await expect.poll(() => refused).toBeGreaterThan(5);
      isAway = false;
      await expect.poll(() => dealsThere().length, { timeout: 90_000 }).toBe(1_500);
      expect(looked.size).toBeGreaterThan(0);
      expect(looked.size).toBeLessThan(620);
    },
  );

  it('become equal whatever happens on the way', async () => {
    await connect();
    const deals: Deal[] = [];
    for (let index = 0; index < 6; index += 1) deals.push(await create(`Stormy ${index}`));
    await settled();
    let calls = 0;
    const passages: readonly Passage[] = [
      'arrives',
      'answer lost',
      'arrives',
      'answered',
      'arrives',
    ];
    twenty.disturb = (_body, response) => {
      calls += 1;
      const passage = passages[calls % passages.length] ?? 'arrives';
      if (passage !== 'answered') return passage;
      if (calls % 2 === 0) response.writeHead(429, { 'retry-after': '1' }).end('slow down');
      else response.writeHead(503).end('away');
      return passage;
    };
    let told = 0;
    twenty.workspace.webhooks.fate = () => {
      told += 1;
      return told % 3 === 0 ? 'lost' : told % 3 === 1 ? 'repeated' : 'delivered';
    };
    for (let round = 0; round < 12; round += 1) {
      const deal = deals[round % deals.length];
      const other = deals[(round * 5 + 2) % deals.length];
      if (deal === undefined || other === undefined) continue;
      await edit(deal.id, { amount: 1_000 + round, currency: 'EUR' });
      editThere(there(other.id)?.id ?? '', { name: `There ${round}` });
      if (round % 4 === 0) deals.push(await create(`Late ${round}`));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    twenty.disturb = () => 'arrives';
    twenty.workspace.webhooks.fate = () => 'delivered';
    // After several failures in a row a pause may be that long.
    await settled(90_000);
    await expectEqual();
    expect(dealsThere()).toHaveLength(deals.length);
    const dead = 'SELECT key FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL';
    expect(await rows(dead)).toEqual([]);
  }, 150_000);

  it('are made once by two processes, of which the first ends in the middle of a call', async () => {
    await connect();
    await settled();
    let writes = 0;
    twenty.disturb = (body) => {
      // twenty has the deal, and nobody hears of that.
      if (!body.includes('createMasterDeals')) return 'arrives';
      writes += 1;
      return 'answer never comes';
    };
    const { id } = await create('Half way');
    await expect.poll(() => there(id)?.['name']).toBe('Half way');
    // From here on it can write nothing down any more, and ends badly.
    await worker.app.get(Database).close();
    await worker.close().catch(() => undefined);
    const held = 'SELECT key FROM sync_pending WHERE tenant_id = $1 AND lease IS NOT NULL';
    expect(await rows(held)).toEqual([{ key: id }]);
    twenty.disturb = () => 'arrives';
    const remote = there(id)?.id ?? '';
    editThere(remote, { name: 'Edited meanwhile' });
    worker = await startWorker();
    // What the dead process held is free after two minutes; here at once.
    await rows('UPDATE sync_pending SET due_at = now() WHERE tenant_id = $1');
    await settled();
    expect(writes).toBe(1);
    expect(dealsThere().map((row) => row.id)).toEqual([remote]);
    expect((await dealOf(id)).name).toBe('Edited meanwhile');
    await expectEqual();
  }, 90_000);
});
