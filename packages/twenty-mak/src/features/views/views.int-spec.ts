import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { MOST_OWN } from './views.dto.ts';

interface View {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly editable: boolean;
  readonly version: number;
  readonly code?: string;
  readonly field?: string;
}

let mak: TestApp;
let tenant: TestTenant;
let seller: string;
let partner: string;
let people = 0;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak?.close());
beforeEach(async () => {
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
  seller = await person('employee');
  partner = await person('partner');
});

async function person(role: string): Promise<string> {
  people += 1;
  const email = `person-${people}@example.com`;
  const { body } = await mak.call<{ invitation: { token: string } }>('/v1/accounts', {
    key: tenant.apiKey,
    body: { email, name: role, role },
  });
  await mak.call('/v1/invitations/accept', {
    body: { token: body.invitation.token, password: PASSWORD },
  });
  return (await signIn(mak, email)).token;
}

const DEFINITION = {
  filter: { owner: 'me', sla: 'open', amountFrom: 100, run: { status: 'breached' } },
  sort: '-amount',
  groupBy: 'business',
  columns: [
    { key: 'name', width: 240, visible: true },
    { key: 'amount', visible: false },
  ],
};

const save = (key: string, view: object = {}) =>
  mak.call<View>('/v1/views', {
    key,
    body: { kind: 'board', name: 'A view', definition: DEFINITION, ...view },
  });
const edit = (key: string, id: string, body: object) =>
  mak.call<View>(`/v1/views/${id}`, { key, method: 'PATCH', body: { version: 1, ...body } });
const remove = (key: string, id: string) => mak.call(`/v1/views/${id}`, { key, method: 'DELETE' });
const names = async (key: string, query = '') =>
  (await mak.call<{ items: View[] }>(`/v1/views${query}`, { key })).body.items.map(
    ({ name }) => name,
  );

describe('a saved view', () => {
  it('is kept as it is, changed by version, and deleted', async () => {
    const { status, body } = await save(seller, { pipeline: 'adtech', position: 3 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'board',
      definition: DEFINITION,
      pipeline: 'adtech',
      position: 3,
      shared: false,
      editable: true,
      version: 1,
    });
    const changed = await edit(seller, body.id, { name: 'Renamed', pipeline: null });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Renamed', pipeline: null, definition: DEFINITION, version: 2 },
    });
    expect(await edit(seller, body.id, { name: 'Late' })).toMatchObject({
      status: 409,
      body: { code: 'stale_version', current: { name: 'Renamed' }, sent: { name: 'Late' } },
    });
    expect((await remove(seller, body.id)).status).toBe(204);
    expect((await remove(seller, body.id)).status).toBe(404);
  });

  it('is listed by kind, position and name', async () => {
    await save(seller, { name: 'b' });
    await save(seller, { name: 'c', position: 1 });
    await save(seller, { name: 'a' });
    await save(seller, { name: 'table', kind: 'table' });
    expect(await names(seller, '?kind=board')).toEqual(['a', 'b', 'c']);
    expect(await names(seller, '?kind=table')).toEqual(['table']);
  });

  it('is opened with the very filter that was saved', async () => {
    const filter = {
      text: 'Deal',
      stages: ['draft'],
      ref: { system: 'crm', id: '1' },
      archived: false,
    };
    const { body } = await save(seller, { definition: { filter } });
    const query = 'query ($filter: DealFilterInput) { board(filter: $filter) { columns { key } } }';
    const [view] = (
      await mak.call<{ items: { id: string; definition: object }[] }>('/v1/views', { key: seller })
    ).body.items;
    expect(view?.id).toBe(body.id);
    const board = await mak.call<{ errors?: object[]; data: unknown }>('/graphql', {
      key: seller,
      body: { query, variables: view?.definition },
    });
    expect(board.body).toEqual({ data: { board: { columns: [{ key: 'draft' }] } } });
  });

  it.each([
    ['a filter that deals do not know', { filter: { colour: 'red' } }, 'definition.filter'],
    ['a filter in the words of REST', { filter: { amount_from: 1 } }, 'definition.filter'],
    [
      'a filter of another type',
      { filter: { amountFrom: 'much' } },
      'definition.filter.amountFrom',
    ],
    ['a text that is too short', { filter: { text: 'a' } }, 'text'],
    ['half a reference', { filter: { ref: { system: 'crm' } } }, 'definition.filter.ref'],
    ['an unknown order', { sort: 'beauty' }, 'definition.sort'],
    ['an unknown grouping', { groupBy: 'owner' }, 'definition.groupBy'],
    [
      'a column twice',
      { columns: [1, 2].map(() => ({ key: 'name', visible: true })) },
      'definition.columns',
    ],
    [
      'a column without end',
      { columns: [{ key: 'name', width: 9e9, visible: true }] },
      'definition.columns.0.width',
    ],
    ['something unknown', { zoom: 2 }, 'definition.zoom'],
    ['too much', { filter: { owner: 'x'.repeat(17_000) } }, 'definition'],
  ])('refuses %s', async (_case, definition, field) => {
    const answer = await save(seller, { definition });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', field } });
    expect(await names(seller)).toEqual([]);
  });

  it('refuses a pipeline that is not there', async () => {
    expect((await save(seller, { pipeline: 'nowhere' })).body.code).toBe('unknown_pipeline');
  });

  it(`is one of at most ${MOST_OWN}, also when many are saved at once`, async () => {
    await mak.database.query(
      `INSERT INTO saved_view (id, tenant_id, kind, name, definition, owner_id)
       SELECT gen_random_uuid(), tenant_id, kind, name, definition, owner_id
       FROM saved_view, generate_series(2, $2) WHERE id = $1`,
      [(await save(seller)).body.id, MOST_OWN - 1],
    );
    const answers = await Promise.all([1, 2, 3].map(() => save(seller)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
    expect(answers.map(({ body }) => body.code)).toContain('too_many_views');
    expect((await save(tenant.apiKey)).status).toBe(201);
  });
});

describe('sharing', () => {
  it('shows a view to all who see all deals, and an own one to nobody else', async () => {
    const colleague = await person('employee');
    await save(seller, { name: 'own' });
    const { body } = await save(seller, { name: 'shared', shared: true });
    expect(await names(colleague)).toEqual(['shared']);
    expect(await names(partner)).toEqual([]);
    const forbidden = { status: 403, body: { code: 'forbidden' } };
    expect(await edit(colleague, body.id, { name: 'Taken' })).toMatchObject(forbidden);
    expect(await remove(colleague, body.id)).toMatchObject(forbidden);
    expect(await edit(seller, body.id, { shared: false })).toMatchObject({ status: 200 });
    expect(await names(colleague)).toEqual([]);
    expect((await remove(colleague, body.id)).status).toBe(404);
  });

  it('lets whoever manages the tenant tidy up, and the audit log says so', async () => {
    const { body } = await save(seller, { shared: true });
    expect(await edit(tenant.apiKey, body.id, { name: 'Tidy' })).toMatchObject({
      body: { name: 'Tidy', editable: true },
    });
    expect((await remove(tenant.apiKey, body.id)).status).toBe(204);
    const audit = await mak.call<{ items: { action: string }[] }>('/v1/audit?entity=view', {
      key: tenant.apiKey,
    });
    expect(audit.body.items.map(({ action }) => action)).toEqual([
      'view.deleted',
      'view.changed',
      'view.created',
    ]);
  });

  it('is not for partners, who keep views of their own', async () => {
    expect((await save(partner, { shared: true })).status).toBe(403);
    const { body } = await save(partner, { name: 'mine' });
    expect((await edit(partner, body.id, { shared: true })).status).toBe(403);
    expect(await names(partner)).toEqual(['mine']);
    expect(await names(seller)).toEqual([]);
  });
});

describe('views over GraphQL', () => {
  it('are saved, listed, changed and deleted', async () => {
    const ask = async (query: string, variables = {}) =>
      (
        await mak.call<{ data: Record<string, unknown>; errors?: object[] }>('/graphql', {
          key: seller,
          body: { query, variables },
        })
      ).body;
    const made = await ask(
      `mutation ($definition: JSON!) { createView(input: { kind: table, name: "All", pipeline: "adtech", definition: $definition })
        { id kind definition pipeline editable version } }`,
      { definition: DEFINITION },
    );
    const view = made.data['createView'] as View;
    expect(view).toMatchObject({ kind: 'table', definition: DEFINITION, pipeline: 'adtech' });
    const change = await ask(
      'mutation ($id: ID!) { updateView(id: $id, input: { version: 1, name: "New", pipeline: null }) { name pipeline version } }',
      { id: view.id },
    );
    expect(change.data).toEqual({ updateView: { name: 'New', pipeline: null, version: 2 } });
    expect((await ask('{ views(kind: table) { id } }')).data).toEqual({ views: [{ id: view.id }] });
    const deletion = 'mutation ($id: ID!) { deleteView(id: $id) }';
    expect((await ask(deletion, { id: view.id })).data).toEqual({ deleteView: true });
    expect((await ask('{ views { id } }')).data).toEqual({ views: [] });
  });
});
