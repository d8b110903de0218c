import { parse as parseCel } from '@marcbachmann/cel-js';
import { adtech, compilePipeline, distinct, fold, listens, parseEvent } from 'twenty-mak-domain';
import type { DomainEvent } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../test/support/app.ts';
import type { TestApp } from '../../test/support/app.ts';
import { signIn } from '../../test/support/people.ts';
import {
  ApiError,
  articlesOf,
  clientsOf,
  deliver,
  HttpApi,
  liveEvents,
  makeCatalogue,
  makeClients,
  makeTenant,
  ordersOf,
  peopleOf,
  peopleOfTenant,
  sendEvents,
  simulate,
  stocksOf,
  wakeTenant,
} from './index.ts';
import type { Arrival, NewTenant, Operator, SimulatedTenant } from './index.ts';

const PASSWORD = 'simulated-password';
const DEALS = 60;

let mak: TestApp;
let operator: Operator;
let tenant: SimulatedTenant;
let arrivals: readonly Arrival[];
const business: NewTenant = {
  key: 'simulated',
  name: 'Simulated',
  people: peopleOf('int', DEALS),
  passwordOf: ({ role }) => (role === 'partner' ? PASSWORD : undefined),
  demo: false,
};

interface Summary {
  readonly deals: number;
  readonly events: number;
  readonly stages: Record<string, number>;
}

beforeAll(async () => {
  mak = await startApp();
  operator = { api: new HttpApi(mak.url), operatorKey: mak.operatorKey };
  tenant = await makeTenant(operator, business);
  const people = await peopleOfTenant(operator.api, tenant.apiKey);
  arrivals = [...simulate({ seed: 'int', deals: DEALS, now: tenant.createdAt, people })];
});
afterAll(() => mak.close());

const summary = async (): Promise<Summary> =>
  (await mak.call<Summary>('/v1/events/summary?pipeline=adtech', { key: tenant.apiKey })).body;

describe('a simulated tenant', () => {
  it('is the same one when it is made again', async () => {
    expect(await makeTenant(operator, business)).toEqual(tenant);
    await expect(makeTenant(operator, { ...business, name: 'Other' })).rejects.toThrow(ApiError);
  });

  it('takes everything in although the first attempt stopped in the middle', async () => {
    const delivery = { api: operator.api, key: tenant.apiKey, concurrency: 2 };
    const first = await deliver(arrivals.slice(0, arrivals.length / 2), delivery);
    const second = await deliver(arrivals, delivery);
    expect(Object.keys({ ...first, ...second }).toSorted()).toEqual(
      ['applied', 'duplicate', 'orphan', 'stored'].filter(
        (status) => status in first || status in second,
      ),
    );
    const different = new Set(arrivals.map(({ event }) => `${event.source} ${event.event_id}`))
      .size;
    expect((await summary()).events).toBe(different);
  });

  it('has clients whom its deals name, with people who work for them', async () => {
    const { api } = operator;
    const people = await peopleOfTenant(api, tenant.apiKey);
    const clients = [...clientsOf('int', DEALS, people)];
    expect([...clientsOf('int', DEALS, people)]).toEqual(clients);
    for (let attempt = 0; attempt < 2; attempt += 1)
      await makeClients(clients, { api, key: tenant.apiKey });
    const query = `{ clients(first: 200) { nodes { name industry segments keyAccount ownerId contacts { name state } sums { deals } } }
      deals(first: 200) { nodes { name client { name } owner { name } } } }`;
    const { body } = await mak.call<{
      data: {
        clients: {
          nodes: { name: string; keyAccount: boolean; sums: object[]; contacts: object[] }[];
        };
        deals: { nodes: { name: string; client: { name: string } | null; owner: object | null }[] };
      };
    }>('/graphql', { key: tenant.apiKey, body: { query } });
    const { clients: made, deals } = body.data;
    expect(made.nodes.map(({ name }) => name).toSorted()).toEqual(
      clients.map(({ name }) => name).toSorted(),
    );
    expect(made.nodes.filter(({ contacts }) => contacts.length === 0)).toEqual([]);
    expect(made.nodes.some(({ sums }) => sums.length > 0)).toBe(true);
    expect(deals.nodes).not.toEqual([]);
    for (const { name, client, owner } of deals.nodes) {
      expect(name.startsWith(`${client?.name}: `)).toBe(true);
      expect(owner).not.toBeNull();
    }
  });

  it('sells articles to its clients, and is the same when they are made again', async () => {
    const { api } = operator;
    const { apiKey: key, createdAt } = tenant;
    const articles = articlesOf();
    const orders = ordersOf('int', DEALS, createdAt);
    const seen = async (): Promise<readonly unknown[]> => {
      const pages = ['/v1/articles?limit=200', '/v1/orders?limit=200'].map((path) =>
        api.call<{ items: readonly object[] }>(path, { key }),
      );
      return (await Promise.all(pages)).map(({ items }) => items);
    };
    await makeCatalogue({ articles, stocks: stocksOf('int'), orders }, { api, key });
    const made = await seen();
    expect(made).toMatchObject([{ length: articles.length }, { length: orders.length }]);
    await makeCatalogue({ articles, stocks: stocksOf('int'), orders }, { api, key });
    expect(await seen()).toEqual(made);
  });

  it('stands where the rules say, deal by deal', async () => {
    const expected: Record<string, number> = {};
    for (const stage of stagesByRules(arrivals)) expected[stage] = (expected[stage] ?? 0) + 1;
    const { deals, stages } = await summary();
    expect(stages).toEqual(expected);
    expect(deals).toBe(Object.values(expected).reduce((sum, count) => sum + count, 0));
  });

  it('escalates what is overdue when it wakes up, and only then', async () => {
    const tasks = async (): Promise<unknown[]> =>
      (await mak.call<{ items: unknown[] }>('/v1/tasks', { key: tenant.apiKey })).body.items;
    expect(await tasks()).toHaveLength(0);
    await wakeTenant(operator, tenant);
    expect((await tasks()).length).toBeGreaterThan(0);
    const { body } = await mak.call<{ version: number; clock_frozen_at: string | null }>(
      '/v1/tenant',
      { key: tenant.apiKey },
    );
    expect(body.clock_frozen_at).toBeNull();
    const off = { version: body.version, escalation: false };
    await mak.call('/v1/tenant', { method: 'PATCH', key: tenant.apiKey, body: off });
    await wakeTenant(operator, tenant);
    const after = await mak.call<{ escalation: boolean }>('/v1/tenant', { key: tenant.apiKey });
    expect(after.body.escalation).toBe(false);
  });

  it('gives a partner deals of his own, and only those', async () => {
    const partner = business.people.find(({ role }) => role === 'partner');
    const { token } = await signIn(mak, partner?.email ?? '', PASSWORD);
    const { body } = await mak.call<{ items: { owner_id: string }[] }>('/v1/deals?limit=200', {
      key: token,
    });
    expect(body.items.length).toBeGreaterThan(0);
    expect(body.items.length).toBeLessThan(DEALS);
    expect(new Set(body.items.map((deal) => deal.owner_id)).size).toBe(1);
  });

  it('goes on living in real time', async () => {
    const before = await summary();
    const people = await peopleOfTenant(operator.api, tenant.apiKey);
    const clients = { seed: 'int', deals: DEALS };
    const events = liveEvents({ seed: 'int', people, clients, now: Date.now() }, () => Date.now());
    const batch = Array.from({ length: 400 }, () => events.next().value);
    const answers = await sendEvents({ api: operator.api, key: tenant.apiKey }, batch);
    expect(answers['rejected'] ?? answers['conflict']).toBeUndefined();
    expect((await summary()).deals).toBeGreaterThan(before.deals);
  });
});

/** Stages of all deals by the domain alone. */
function stagesByRules(all: readonly Arrival[]): string[] {
  const pipeline = compilePipeline(adtech, parseCel);
  if (!pipeline.ok) throw new Error(pipeline.refusal.reason);
  const byDeal = new Map<string, DomainEvent[]>();
  for (const { event, at } of all) {
    const parsed = parseEvent(event, at);
    if (!parsed.ok) throw new Error(parsed.refusal.reason);
    const deal = parsed.value.eventId.split('-')[1] ?? '';
    byDeal.set(deal, [...(byDeal.get(deal) ?? []), parsed.value]);
  }
  return [...byDeal.values()]
    .map((events) => distinct(events).filter((event) => listens(pipeline.value, event)))
    .map((events) => fold(pipeline.value, events).state)
    .filter(({ createdAt }) => createdAt !== null)
    .map(({ stage }) => stage);
}
