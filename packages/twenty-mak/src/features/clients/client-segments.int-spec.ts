import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';

interface Segment {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly editable: boolean;
  readonly size: { readonly records: number; readonly more: boolean } | null;
  readonly code: string;
}

interface List<Item> {
  readonly items: readonly Item[];
}

let mak: TestApp;
let tenant: TestTenant;
let ann: string;
let fred: { readonly id: string; readonly token: string };

beforeAll(async () => {
  mak = await startApp();
  const person = (role: string, name: string) => ({
    ...{ email: `${name}@example.com`, name, role, password: PASSWORD },
  });
  tenant = await mak.createTenant({
    accounts: [person('employee', 'ann'), person('franchisee', 'fred')],
    pipelines: ['credit'],
  });
  ann = (await signIn(mak, 'ann@example.com')).token;
  const { body } = await call<List<{ id: string; name: string }>>('GET', '/v1/accounts');
  const id = body.items.find(({ name }) => name === 'fred')?.id ?? '';
  fred = { id, token: (await signIn(mak, 'fred@example.com')).token };
  await make({
    ...{ name: 'Alpha', industry: 'Food', size: 'large', key_account: true, segments: ['Kyiv'] },
    external_refs: [{ system: 'crm', id: 'a' }],
    attributes: { tier: 'Gold', rank: 7 },
  });
  await make({ name: 'Beta', industry: 'IT', segments: ['Lviv', 'Retail'], owner_id: fred.id });
  await make({ name: 'Gamma', kind: 'person', source: 'partner' });
  const { id: archived } = await make({ name: 'Old', industry: 'Food' });
  await call('POST', `/v1/clients/${archived}/archive`, { version: 1 });
  const deal = (name: string) => call('POST', '/v1/deals', { name, client_id: 'crm:a' });
  await deal('one');
  await deal('two');
});
afterAll(() => mak?.close());

const call = <Body>(
  method: string,
  path: string,
  body?: object,
  key = tenant.apiKey,
): Promise<Answer<Body>> =>
  mak.call<Body>(path, { key, method, ...(body === undefined ? {} : { body }) });
async function make(fields: object): Promise<{ id: string }> {
  const answer = await call<{ id: string }>('POST', '/v1/clients', fields);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
const save = (body: object, key = tenant.apiKey) =>
  call<Segment>('POST', '/v1/clients/segments', { name: 'Some', ...body }, key);
const listed = async (segment: string, key = tenant.apiKey): Promise<readonly string[]> => {
  const path = `/v1/clients?in_segment=${segment}`;
  const { body } = await call<List<{ name: string }>>('GET', path, undefined, key);
  return body.items.map(({ name }) => name);
};

describe('segments of clients', () => {
  it.each<[object, readonly string[]]>([
    [{ field: 'industry', is: ['food', 'it'] }, ['Alpha', 'Beta']],
    [{ field: 'industry', contains: 'OO' }, ['Alpha']],
    [{ field: 'industry', empty: true }, ['Gamma']],
    [{ not: { field: 'industry', is: ['food'] } }, ['Beta', 'Gamma']],
    [{ field: 'kind', is: ['person'] }, ['Gamma']],
    [{ field: 'size', is: ['LARGE'] }, ['Alpha']],
    [{ field: 'key_account', is: [true] }, ['Alpha']],
    [{ field: 'segments', is: ['retail', 'kyiv'] }, ['Alpha', 'Beta']],
    [{ field: 'segments', empty: true }, ['Gamma']],
    [{ field: 'external_system', is: ['crm'] }, ['Alpha']],
    [{ field: 'external_system', empty: true }, ['Beta', 'Gamma']],
    [{ field: 'owner_id', empty: false }, ['Beta']],
    [{ field: 'source', is: ['partner'] }, ['Gamma']],
    [{ field: 'attributes.tier', is: ['gold'] }, ['Alpha']],
    [{ field: 'attributes.rank', is: ['7'] }, ['Alpha']],
    [{ field: 'attributes.tier', empty: true }, ['Beta', 'Gamma']],
    [{ field: 'deals', from: 2 }, ['Alpha']],
    [{ field: 'open_deals', to: 0 }, ['Beta', 'Gamma']],
    [{ field: 'created_at', lastDays: 1 }, ['Alpha', 'Beta', 'Gamma']],
    [{ field: 'updated_at', before: 0 }, []],
    [{ any: [] }, []],
    [
      { all: [{ any: [{ field: 'kind', is: ['company'] }] }, { field: 'deals', is: [0] }] },
      ['Beta'],
    ],
  ])('list whom %j holds for, and count them', async (filter, names) => {
    const { body, status } = await save({ filter });
    expect(status).toBe(201);
    expect(await listed(body.id)).toEqual(names);
    const sized = await call<Segment>('GET', `/v1/clients/segments/${body.id}`);
    expect(sized.body.size).toEqual({ records: names.length, more: false });
    await call('DELETE', `/v1/clients/segments/${body.id}`);
    expect((await call('GET', `/v1/clients?in_segment=${body.id}`)).status).toBe(404);
  });

  it('are narrowed by the other filters, page by page', async () => {
    const { body } = await save({ filter: { field: 'created_at', lastDays: 1 } });
    const page = await call<List<{ name: string }> & { next: string }>(
      'GET',
      `/v1/clients?in_segment=${body.id}&kind=company&limit=1&sort=-name`,
    );
    expect(page.body.items.map(({ name }) => name)).toEqual(['Beta']);
    const rest = await call<List<{ name: string }> & { next: string | null }>(
      'GET',
      `/v1/clients?in_segment=${body.id}&kind=company&limit=1&sort=-name&cursor=${page.body.next}`,
    );
    expect(rest.body.items.map(({ name }) => name)).toEqual(['Alpha']);
    expect(rest.body.next).toBeNull();
  });

  it.each([
    [{ field: 'name', is: ['Alpha'] }, 'unknown_field'],
    [{ field: 'status', is: ['new'] }, 'unknown_field'],
    [{ field: 'key_account', is: ['true'] }, 'value_not_allowed'],
    [{ field: 'deals', contains: '1' }, 'question_not_possible'],
  ])('refuse the filter %j', async (filter, code) => {
    const before = (await call<List<object>>('GET', '/v1/clients/segments')).body.items.length;
    expect((await save({ filter })).body.code).toBe(code);
    const after = (await call<List<object>>('GET', '/v1/clients/segments')).body.items.length;
    expect(after).toBe(before);
  });

  it('are no segments of leads, nor the other way round', async () => {
    const filter = { field: 'created_at', lastDays: 1 };
    const ofClients = (await save({ name: 'of clients', filter })).body;
    const ofLeads = (
      await call<Segment>('POST', '/v1/leads/segments', { name: 'of leads', filter })
    ).body;
    const names = async (path: string) =>
      (await call<List<Segment>>('GET', path)).body.items.map(({ name }) => name);
    expect(await names('/v1/clients/segments')).not.toContain('of leads');
    expect(await names('/v1/leads/segments')).toEqual(['of leads']);
    const answers = [
      await call('GET', `/v1/clients/segments/${ofLeads.id}`),
      await call('PATCH', `/v1/clients/segments/${ofLeads.id}`, { version: 1, name: 'x' }),
      await call('DELETE', `/v1/clients/segments/${ofLeads.id}`),
      await call('GET', `/v1/clients?in_segment=${ofLeads.id}`),
      await call('GET', `/v1/leads?segment=${ofClients.id}`),
      await call('GET', `/v1/leads/segments/${ofClients.id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(await names('/v1/leads/segments')).toEqual(['of leads']);
  });

  it('count and list for a franchisee what it may see, and shared ones stay within a company', async () => {
    const filter = { field: 'created_at', lastDays: 1 };
    const shared = (await save({ name: 'shared', filter, shared: true }, ann)).body;
    const own = (await save({ name: 'own', filter }, fred.token)).body;
    const path = `/v1/clients/segments/${own.id}`;
    const seen = await call<Segment>('GET', path, undefined, fred.token);
    expect(seen.body.size).toEqual({ records: 1, more: false });
    expect(await listed(own.id, fred.token)).toEqual(['Beta']);
    expect((await call('GET', path)).status).toBe(404);
    const foreign = await call('GET', `/v1/clients?in_segment=${shared.id}`, undefined, fred.token);
    expect(foreign.status).toBe(404);
    const office = await call<Segment>('GET', `/v1/clients/segments/${shared.id}`);
    expect(office.body).toMatchObject({ editable: true, size: { records: 3 } });
  });

  it('are changed by their owner and by who manages the tenant', async () => {
    const filter = { field: 'kind', is: ['company'] };
    const { id } = (await save({ name: 'before', filter, shared: true }, ann)).body;
    const key = await call<{ secret: string }>('POST', '/v1/api-clients', {
      name: 'reader',
      scopes: ['deals:read'],
    });
    const edit = (body: object, by: string) =>
      call<Segment>('PATCH', `/v1/clients/segments/${id}`, body, by);
    const taken = await edit({ version: 1, name: 'taken' }, key.body.secret);
    expect([taken.status, taken.body.code]).toEqual([403, 'forbidden']);
    expect((await edit({ version: 1, name: 'after' }, ann)).body).toMatchObject({
      name: 'after',
      version: 2,
    });
    expect((await edit({ version: 1, name: 'late' }, ann)).body.code).toBe('stale_version');
    expect((await edit({ version: 2, name: 'managed' }, tenant.apiKey)).body.version).toBe(3);
  });

  it('are counted in one transaction, however many there are', async () => {
    const within = vi.spyOn(mak.app.get(Database), 'within');
    const sizes = async () => {
      within.mockClear();
      const query = '{ clientSegments { name size { records } } }';
      const { body } = await call<{
        data: { clientSegments: { name: string; size: { records: number } }[] };
      }>('POST', '/graphql', { query });
      const of = new Map(body.data.clientSegments.map(({ name, size }) => [name, size.records]));
      return { of, transactions: within.mock.calls.length };
    };
    const before = await sizes();
    for (const [name, industry] of [
      ['food', 'Food'],
      ['it', 'IT'],
      ['none', 'nothing'],
    ] as const) {
      const filter = { field: 'industry', is: [industry] };
      await call('POST', '/v1/clients/segments', { name, filter });
    }
    const after = await sizes();
    within.mockRestore();
    expect(['food', 'it', 'none'].map((name) => after.of.get(name))).toEqual([1, 1, 0]);
    expect(after.of.size).toBe(before.of.size + 3);
    expect(before.of.size).toBeGreaterThan(0);
    expect(after.transactions).toBe(before.transactions);
  });

  it('are made, read and used over GraphQL', async () => {
    const graphql = async (query: string): Promise<unknown> =>
      (await call<{ data: unknown }>('POST', '/graphql', { query })).body.data;
    const { createClientSegment: made } = (await graphql(`
      mutation {
        createClientSegment(input: { name: "Key", filter: { field: "key_account", is: [true] } }) {
          id
          entity
          size {
            records
            more
          }
        }
      }
    `)) as { createClientSegment: { id: string } };
    expect(made).toMatchObject({ entity: 'client', size: { records: 1, more: false } });
    expect(
      await graphql(`{ clients(filter: { inSegment: "${made.id}" }) { nodes { name } } }`),
    ).toEqual({ clients: { nodes: [{ name: 'Alpha' }] } });
    expect(
      await graphql(
        `mutation { editClientSegment(id: "${made.id}", version: 1, input: { name: "Keys" }) { name } }`,
      ),
    ).toEqual({ editClientSegment: { name: 'Keys' } });
    expect(await graphql(`mutation { deleteClientSegment(id: "${made.id}") }`)).toEqual({
      deleteClientSegment: true,
    });
  });
});
