import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import type { Answer, TestApp, TestTenant } from './support/app.ts';

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

let mak: TestApp;
/** A second process on the same database. */
let twin: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp({ env: { PG_POOL_SIZE: '4' } });
  twin = await startApp({ database: mak.database, env: { PG_POOL_SIZE: '4' } });
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
});
afterAll(async () => {
  await twin.close();
  await mak.close();
});

const create = (app: TestApp, name: string, key: string, to = tenant): Promise<Answer<Deal>> =>
  app.call<Deal>('/v1/deals', {
    key: to.apiKey,
    body: { name },
    headers: { 'idempotency-key': key },
  });

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));

const dealsNamed = async (name: string): Promise<number> =>
  (await mak.database.query('SELECT 1 FROM deal WHERE name = $1', [name])).length;

describe('many at once', () => {
  it('lets exactly one of 50 edits of the same version win, over two processes', async () => {
    const { body: deal } = await create(mak, 'contested', randomUUID());
    const answers = await times(50, (index) =>
      (index % 2 === 0 ? mak : twin).call<Deal>(`/v1/deals/${deal.id}`, {
        method: 'PATCH',
        key: tenant.apiKey,
        body: { version: deal.version, name: `by ${index}` },
      }),
    );
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const now = await twin.call<Deal>(`/v1/deals/${deal.id}`, { key: tenant.apiKey });
    expect(now.body).toMatchObject({ name: winner?.body.name, version: deal.version + 1 });
  });

  it('makes one deal out of 50 equal requests with one Idempotency-Key, over two processes', async () => {
    const key = randomUUID();
    const answers = await times(50, (index) => create(index % 2 === 0 ? mak : twin, 'once', key));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await dealsNamed('once')).toBe(1);
  });

  it('takes events for the same deals from two processes', async () => {
    const refs = Array.from({ length: 20 }, (_, index) => [{ system: 'crm', id: `twin ${index}` }]);
    const event = (type: string, index: number): object => ({
      event_id: `${type} ${index}`,
      type,
      source: 'crm',
      occurred_at: '2026-02-01T10:00:00Z',
      external_refs: refs[index % 20],
    });
    const types = ['crm.deal.created', 'crm.brief.submitted', 'crm.lead.qualified'];
    const answers = await times(120, (index) =>
      (index % 2 === 0 ? mak : twin).call('/v1/events', {
        key: tenant.apiKey,
        body: event(types[index % 3] ?? '', index % 60),
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const deals = await mak.database.query<{ stage: string }>(
      `SELECT stage FROM deal WHERE id IN (SELECT deal_id FROM deal_ref WHERE external_id LIKE 'twin %')`,
    );
    expect(deals.map(({ stage }) => stage)).toEqual(Array(20).fill('briefed'));
  });
});

describe('a tenant whose turn is taken', () => {
  it('neither blocks itself for ever nor takes the connections of others', async () => {
    const other = await mak.createTenant({ pipelines: ['adtech'] });
    const blocker = new pg.Client({ connectionString: mak.database.ownerUrl });
    await blocker.connect();
    await blocker.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [tenant.id]);

    const deals = times(30, () => create(mak, 'patient', randomUUID()));
    const events = times(10, (index) =>
      mak.call('/v1/events', {
        key: tenant.apiKey,
        body: {
          event_id: `patient ${index}`,
          type: 'crm.deal.created',
          source: 'crm',
          occurred_at: '2026-02-01T10:00:00Z',
          external_refs: [{ system: 'crm', id: `patient ${index}` }],
        },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = performance.now();
    expect((await create(mak, 'elsewhere', randomUUID(), other)).status).toBe(201);
    expect((await mak.call('/v1/deals', { key: other.apiKey })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(4_000);

    await blocker.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [tenant.id]);
    await blocker.end();
    expect((await deals).map(({ status }) => status)).toEqual(Array(30).fill(201));
    expect((await events).map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await dealsNamed('patient')).toBe(30);
  });
});
