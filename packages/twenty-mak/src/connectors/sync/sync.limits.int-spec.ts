import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { OuterSystem, outerConnector } from '../../../test/support/outer-system.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { ConnectorRegistry } from './index.ts';

/* What an admin sets beside the fields: which statuses stages have there, which records are kept equal, and that nothing is written. */
let api: TestApp;
let worker: TestApp;
const systems = new Map<string, OuterSystem>();
let tenant: TestTenant;
let outer: OuterSystem;

beforeAll(async () => {
  api = await startApp();
  const connector = outerConnector((tenantId) => systems.get(tenantId) ?? new OuterSystem());
  api.app.get(ConnectorRegistry).add(connector);
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
  worker.app.get(ConnectorRegistry).add(connector);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['adtech', 'credit'] });
  outer = new OuterSystem();
  systems.set(tenant.id, outer);
});

interface View {
  readonly version: number;
  readonly code: string;
  readonly field: string;
  readonly pace: { readonly level: number } | null;
}

const key = (): { key: string } => ({ key: tenant.apiKey });
const SETTINGS = { settings: { address: 'https://outer.example' }, secrets: { key: 'hidden' } };
const put = (version: number, body: object) =>
  api.call<View>('/v1/connectors/outer', {
    ...key(),
    method: 'PUT',
    body: { version, ...SETTINGS, poll_seconds: 5, entities: ['deal'], ...body },
  });
const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

async function createDeal(name: string, pipeline = 'adtech'): Promise<string> {
  const { status, body } = await api.call<{ id: string }>('/v1/deals', {
    ...key(),
    headers: { 'idempotency-key': randomUUID() },
    body: { name, pipeline },
  });
  expect(status).toBe(201);
  return body.id;
}

async function pipelineId(name: string): Promise<string> {
  const found = await rows<{ id: string }>(
    `SELECT id FROM pipeline WHERE tenant_id = $1 AND key = '${name}'`,
  );
  return found[0]?.id ?? '';
}

/** Nothing waits that could be worked on. */
const settled = () =>
  expect
    .poll(
      () =>
        rows(
          `SELECT key FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL AND due_at < 'infinity'
           UNION ALL SELECT 'resync' FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll' FROM sync_connector WHERE tenant_id = $1 AND poll_at < now()`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([]);

const there = (id: string, field: string) => outer.of(id)?.values[field];
const pollNow = () => rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');

describe('statuses that follow from stages', () => {
  const table = async (): Promise<object> => ({
    stage_tables: [
      {
        pipeline: await pipelineId('adtech'),
        status_of: { draft: 'new', briefed: 'working', planning: 'working' },
        event_of: { working: 'crm.brief.submitted' },
      },
    ],
  });

  it('are shown, and moves by people there become facts or are put right', async () => {
    const id = await createDeal('Moves');
    const other = await createDeal('Of a pipeline without a table', 'credit');
    await put(0, await table());
    await settled();
    expect(there(id, 'status')).toBe('new');
    expect(outer.of(other)?.values).not.toHaveProperty('status');

    outer.edit(outer.of(id)?.remoteId ?? '', { status: 'working' });
    await pollNow();
    const stage = () => rows(`SELECT stage FROM deal WHERE tenant_id = $1 AND id = '${id}'`);
    await expect.poll(stage).toEqual([{ stage: 'briefed' }]);
    await settled();
    expect(there(id, 'status')).toBe('working');

    outer.edit(outer.of(id)?.remoteId ?? '', { status: 'done' });
    await pollNow();
    await expect.poll(() => there(id, 'status')).toBe('working');
    await settled();
    expect(await stage()).toEqual([{ stage: 'briefed' }]);
    const facts = await rows(
      `SELECT type, data ->> 'stage' AS stage FROM event WHERE tenant_id = $1 AND deal_id = '${id}' AND source = 'outer' ORDER BY type`,
    );
    expect(facts).toEqual([
      { type: 'crm.brief.submitted', stage: null },
      { type: 'domain.stage.changed', stage: 'done' },
    ]);
    const told = await rows(
      `SELECT kind, detail ->> 'status' AS status FROM sync_journal
       WHERE tenant_id = $1 AND local_id = '${id}' AND detail ? 'status' ORDER BY id`,
    );
    expect(told).toEqual([
      { kind: 'to_remote', status: 'new' },
      { kind: 'to_mak', status: 'working' },
      { kind: 'to_mak', status: 'done' },
      { kind: 'to_remote', status: 'working' },
    ]);
  });

  it('stay where a client does not know of them, and refuse what is not there', async () => {
    expect(await put(0, await table())).toMatchObject({ status: 200, body: await table() });
    expect(await put(1, {})).toMatchObject({ body: await table() });
    const pipeline = await pipelineId('adtech');
    const refused = async (own: object): Promise<unknown> =>
      (await put(2, { stage_tables: [{ pipeline, status_of: {}, ...own }] })).body;
    expect(await refused({ pipeline: 'no' })).toMatchObject({
      code: 'unknown_pipeline',
      field: 'stage_tables.0.pipeline',
    });
    expect(await refused({ status_of: { nowhere: 'new' } })).toMatchObject({
      code: 'unknown_stage',
      field: 'stage_tables.0.status_of.nowhere',
    });
    expect(await refused({ event_of: { lost: 'x' } })).toMatchObject({
      code: 'unknown_status',
      field: 'stage_tables.0.event_of.lost',
    });
  });
});

describe('a sync of chosen records', () => {
  it('leaves the others alone, on both sides, until they are chosen', async () => {
    const [chosen, other] = [await createDeal('Chosen'), await createDeal('Other', 'credit')];
    outer.make('deal', { name: 'Theirs' });
    const pipelines = [await pipelineId('adtech')];
    await put(0, { chosen: { deal: { pipelines, created_there: false } } });
    await settled();
    expect(there(chosen, 'name')).toBe('Chosen');
    expect(outer.rows.size).toBe(2);
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toHaveLength(2);

    const limits = { chosen: { deal: { pipelines, ids: [other], created_there: true } } };
    expect((await put(1, limits)).body).toMatchObject(limits);
    await settled();
    expect(there(other, 'name')).toBe('Other');
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toHaveLength(3);

    // A linked record that is no longer chosen rests, and is equal again when it is.
    await put(2, { chosen: { deal: { ids: [other], created_there: true } } });
    outer.edit(outer.of(chosen)?.remoteId ?? '', { name: 'Meanwhile' });
    await pollNow();
    await settled();
    const name = () => rows(`SELECT name FROM deal WHERE tenant_id = $1 AND id = '${chosen}'`);
    expect(await name()).toEqual([{ name: 'Chosen' }]);
    await put(3, { chosen: {} });
    await settled();
    expect(await name()).toEqual([{ name: 'Meanwhile' }]);
  });

  it('refuses kinds that are not there', async () => {
    const { body } = await put(0, { chosen: { lead: { created_there: true } } });
    expect(body).toMatchObject({ code: 'unknown_entity' });
  });
});

describe('a dry run', () => {
  it('writes nothing and tells what it would; when it ends, all of it is done', async () => {
    const id = await createDeal('Mine');
    const theirs = outer.make('deal', { name: 'Theirs' });
    expect((await put(0, { dry_run: true })).body).toMatchObject({ dry_run: true });
    await settled();
    const told = () =>
      rows<{ detail: object }>(
        "SELECT detail FROM sync_journal WHERE tenant_id = $1 AND kind = 'would_write' ORDER BY id",
      );
    expect(await told()).toMatchObject([
      { detail: { to_remote: { name: 'Mine' } } },
      { detail: { to_mak: { name: 'Theirs' } } },
    ]);
    await pollNow();
    await settled();
    expect(await told()).toHaveLength(2);
    expect(outer.writes).toBe(0);
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toHaveLength(1);
    expect(await rows('SELECT FROM sync_link WHERE tenant_id = $1')).toEqual([]);

    outer.edit(theirs, { name: 'Theirs, edited' });
    await pollNow();
    await expect.poll(async () => (await told()).length).toBe(3);
    await put(1, { dry_run: false });
    await settled();
    expect(there(id, 'name')).toBe('Mine');
    expect(await rows('SELECT name FROM deal WHERE tenant_id = $1 ORDER BY name')).toEqual([
      { name: 'Mine' },
      { name: 'Theirs, edited' },
    ]);
  });
});

describe('a conflict on a critical field', () => {
  it('is told to every admin, once', async () => {
    const admin = randomUUID();
    await rows(
      `INSERT INTO account (id, tenant_id, email, name, role, status) VALUES ('${admin}', $1, 'a@example.test', 'A', 'admin', 'active')`,
    );
    const id = await createDeal('Disputed');
    await put(0, {});
    await settled();
    await rows("UPDATE sync_connector SET state = 'paused' WHERE tenant_id = $1");
    const theirs = { amount: { minor: 7, currency: 'EUR' }, name: 'Theirs' };
    outer.edit(outer.of(id)?.remoteId ?? '', theirs);
    const { body: deal } = await api.call<{ version: number }>(`/v1/deals/${id}`, key());
    const ours = { version: deal.version, amount: 9, currency: 'EUR', name: 'Ours' };
    await api.call(`/v1/deals/${id}`, { ...key(), method: 'PATCH', body: ours });
    await rows("UPDATE sync_connector SET state = 'running', poll_at = now() WHERE tenant_id = $1");
    await expect.poll(() => there(id, 'amount')).toEqual({ minor: 9, currency: 'EUR' });
    await settled();
    expect(
      await rows('SELECT account_id, kind, deal_id, data FROM notification WHERE tenant_id = $1'),
    ).toEqual([
      {
        account_id: admin,
        kind: 'sync.conflict',
        deal_id: id,
        data: { connector: 'outer', entity: 'deal', local_id: id, field: 'amount', winner: 'mak' },
      },
    ]);
  });
});

describe('the pace', () => {
  it('is how many calls could be made now', async () => {
    const full = { level: 100, burst: 100, per_second: 100 };
    expect((await put(0, {})).body).toMatchObject({ pace: full });
    const limiter = worker.app.get(RateLimiter);
    await limiter.take(`outer:${tenant.id}`, { burst: 100, perSecond: 0.01 }, 40);
    const limits = { budget: { burst: 100, per_second: 0.01 } };
    const { body } = await put(1, limits);
    expect(body).toMatchObject({ pace: { burst: 100, per_second: 0.01 } });
    expect(Math.floor(body.pace?.level ?? 0)).toBe(60);
  });
});

describe('by GraphQL', () => {
  it('the same is set and shown', async () => {
    const pipeline = await pipelineId('adtech');
    const ask = async (query: string): Promise<unknown> =>
      (await api.call<{ data: unknown }>('/graphql', { ...key(), body: { query } })).body.data;
    expect(
      await ask(`mutation { setConnector(key: "outer", input: { version: 0, settings: { address: "b" }, secrets: { key: "c" },
        stageTables: [{ pipeline: "${pipeline}", statusOf: { draft: "new" } }], dryRun: true,
        chosen: [{ entity: "deal", pipelines: ["${pipeline}"] }] })
        { dryRun stageTables { pipeline statusOf eventOf } chosen { entity ids pipelines createdThere } } }`),
    ).toEqual({
      setConnector: {
        dryRun: true,
        stageTables: [{ pipeline, statusOf: { draft: 'new' }, eventOf: {} }],
        chosen: [{ entity: 'deal', ids: null, pipelines: [pipeline], createdThere: true }],
      },
    });
  });
});
