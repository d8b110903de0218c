import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { keyWith, member } from '../../../test/support/leads.ts';
import { OuterSystem, outerConnector } from '../../../test/support/outer-system.ts';
import { ConnectorRegistry, ConnectorSettings, RemoteFailure } from './index.ts';

let mak: TestApp;
let tenant: TestTenant;
const outer = new OuterSystem();

beforeAll(async () => {
  mak = await startApp();
  mak.app.get(ConnectorRegistry).add(outerConnector(() => outer));
});
afterAll(() => mak.close());
beforeEach(async () => {
  tenant = await mak.createTenant({ pipelines: ['credit'] });
});

interface View {
  readonly key: string;
  readonly state: string;
  readonly version: number;
  readonly settings: unknown;
  readonly resync: { readonly listed: boolean } | null;
  readonly budget: object;
  readonly health: {
    readonly pending: number;
    readonly dead_letters: number;
    readonly hours: readonly object[];
  };
  readonly entities: readonly {
    readonly name: string;
    readonly enabled: boolean;
    readonly fields: readonly {
      readonly field: string;
      readonly direction: string;
      readonly priority: string;
    }[];
  }[];
  readonly code: string;
  readonly field: string;
}

const call = (path: string, method = 'GET', body?: object) =>
  mak.call<View>(`/v1/connectors${path}`, {
    key: tenant.apiKey,
    method,
    ...(body === undefined ? {} : { body }),
  });

const SETTINGS = { settings: { address: 'https://outer.example' }, secrets: { key: 'hidden one' } };
const put = (body: object) => call('/outer', 'PUT', { version: 0, ...SETTINGS, ...body });

const rows = (sql: string) => mak.database.query(sql, [tenant.id]);

async function makeDead(...keys: readonly string[]): Promise<void> {
  for (const key of keys)
    await mak.database.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at, remote_touched,
         due_at, since, dead_at, refusal)
       VALUES ($1, 'outer', 'deal', $2, $2, 0, '{}', '{}', false, now(), now(), now(), '{"code":"no","reason":"No.","field":null}')`,
      [tenant.id, key],
    );
}

describe('setting up', () => {
  it('shows what there is, then what was set, and never a secret', async () => {
    const { body: before } = await mak.call<{ items: View[] }>('/v1/connectors', {
      key: tenant.apiKey,
    });
    const outer = before.items.filter(({ key }) => key === 'outer');
    expect(outer).toMatchObject([{ key: 'outer', state: 'off', version: 0 }]);
    expect((await call('/outer')).status).toBe(404);
    expect((await call('/nothing', 'PUT', { version: 0, settings: {} })).status).toBe(404);

    const { status, body } = await put({});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'running',
      version: 1,
      has_secrets: true,
      resync: { listed: false },
      budget: { burst: 100, per_second: 100 },
    });
    expect(JSON.stringify((await call('/outer')).body)).not.toContain('hidden one');
    const found = await mak.app.get(ConnectorSettings).find(tenant.id, 'outer');
    expect(found?.secrets).toEqual({ key: 'hidden one' });
    expect(
      JSON.stringify(await rows('SELECT * FROM sync_connector WHERE tenant_id = $1')),
    ).not.toContain('hidden');
    expect(
      await rows("SELECT action FROM audit_entry WHERE tenant_id = $1 AND entity = 'connector'"),
    ).toEqual([{ action: 'connector.set' }]);
  });

  it('keeps secrets that are not sent, and changes the rules of fields', async () => {
    await put({});
    const rule = { field: 'name', direction: 'out', priority: 'mak', critical: false };
    const { body } = await put({
      version: 1,
      secrets: undefined,
      entities: ['deal'],
      matrix: { deal: [rule] },
      budget: { burst: 10, per_second: 0.5 },
    });
    expect(body).toMatchObject({ version: 2, budget: { burst: 10, per_second: 0.5 } });
    expect(body.entities.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['pipeline', false],
      ['deal', true],
    ]);
    expect(body.entities[1]?.fields).toMatchObject([
      { field: 'name', direction: 'out', priority: 'mak', default: { direction: 'both' } },
      { field: 'amount', direction: 'both', priority: 'mak' },
      { field: 'stage', direction: 'out' },
      { field: 'status', direction: 'out' },
    ]);
    const found = await mak.app.get(ConnectorSettings).find(tenant.id, 'outer');
    expect(found?.secrets).toEqual({ key: 'hidden one' });
  });

  it('gives kept secrets to no other address, also not to ask it for its statuses', async () => {
    await put({});
    const elsewhere = { settings: { address: 'https://elsewhere.example' }, secrets: undefined };
    // Whoever asked it would hear this.
    outer.failure = new RemoteFailure('unavailable', 'It was asked.');
    for (const more of [{}, { stage_tables: [{ pipeline: 'any', status_of: {} }] }]) {
      const { status, body } = await put({ version: 1, ...elsewhere, ...more });
      expect([status, body]).toMatchObject([422, { code: 'secrets_required', field: 'secrets' }]);
    }
    outer.failure = null;
    expect((await call('/outer')).body).toMatchObject({ version: 1, settings: SETTINGS.settings });
    const { body } = await put({ version: 1, ...elsewhere, secrets: { key: 'another one' } });
    expect(body).toMatchObject({ version: 2, settings: elsewhere.settings });
  });

  it('gives the rules of all fields as a table', async () => {
    const rule = { field: 'name', direction: 'in', priority: 'remote', critical: true };
    await put({ matrix: { deal: [rule] } });
    const answer = await fetch(`${mak.url}/v1/connectors/outer/matrix`, {
      headers: { authorization: `Bearer ${tenant.apiKey}` },
    });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toBe('kind,field,direction,priority,critical,default');
    expect(lines).toContain('deal,name,in,remote,true,false');
    expect(lines).toContain('deal,stage,out,mak,false,true');
    expect((await call('/nothing/matrix')).status).toBe(404);
  });

  it.each([
    [{ settings: {} }, 'invalid_request', 'settings.address'],
    [{ secrets: undefined }, 'secrets_required', 'secrets'],
    [{ secrets: { key: '' } }, 'invalid_request', 'secrets.key'],
    [{ entities: ['lead'] }, 'unknown_entity', 'entities'],
    [{ budget: { burst: 101, per_second: 1 } }, 'budget_too_high', 'budget'],
    [
      { matrix: { deal: [{ field: 'stage', direction: 'in', priority: 'remote' }] } },
      'direction_not_possible',
      'matrix.deal.0.direction',
    ],
    [{ version: 3 }, 'stale_version', 'version'],
  ])('refuses %j', async (change, code, field) => {
    const { body } = await put(change);
    expect(body).toMatchObject({ code, field });
    expect(await rows('SELECT FROM sync_connector WHERE tenant_id = $1')).toEqual([]);
  });

  it('is not for people who manage no settings', async () => {
    const { body } = await mak.call<{ secret: string }>('/v1/api-clients', {
      key: tenant.apiKey,
      body: { name: 'Reader', scopes: ['deals:read'] },
    });
    expect((await mak.call('/v1/connectors', { key: body.secret })).status).toBe(403);
  });
});

describe('a connector that is set up', () => {
  beforeEach(() => put({}));

  it('rests and goes on, also after it was stopped; a late editor is told', async () => {
    expect((await call('/outer/pause', 'POST', { version: 1 })).body).toMatchObject({
      state: 'paused',
      version: 2,
    });
    expect((await call('/outer/pause', 'POST', { version: 1 })).body).toMatchObject({
      code: 'stale_version',
    });
    await rows(
      "UPDATE sync_connector SET state = 'stopped', reason = 'no key' WHERE tenant_id = $1",
    );
    expect((await call('/outer')).body).toMatchObject({ state: 'stopped', reason: 'no key' });
    expect((await call('/outer/resume', 'POST', { version: 2 })).body).toMatchObject({
      state: 'running',
      reason: null,
      version: 3,
    });
  });

  it('is compared anew from the beginning', async () => {
    await rows('UPDATE sync_connector SET resync = NULL WHERE tenant_id = $1');
    await rows(
      "INSERT INTO sync_cursor (tenant_id, connector, entity, cursor) VALUES ($1, 'outer', 'deal', '7')",
    );
    expect((await call('/outer/resync', 'POST', {})).body.resync).toMatchObject({
      listed: false,
      marked: 0,
    });
    expect(await rows('SELECT FROM sync_cursor WHERE tenant_id = $1')).toEqual([]);
  });

  it('lists dead letters page by page, tries them again and drops them', async () => {
    await makeDead('a', 'b', 'c');
    const first = await mak.call<{ items: { key: string; refusal: object }[]; next: string }>(
      '/v1/connectors/outer/dead-letters?limit=2',
      { key: tenant.apiKey },
    );
    expect(first.body.items).toMatchObject([{ key: 'a', refusal: { code: 'no' } }, { key: 'b' }]);
    const rest = await mak.call<{ items: { key: string }[]; next: null }>(
      `/v1/connectors/outer/dead-letters?limit=2&cursor=${first.body.next}`,
      { key: tenant.apiKey },
    );
    expect(rest.body).toMatchObject({ items: [{ key: 'c' }], next: null });
    expect((await call('/outer')).body.health).toMatchObject({ dead_letters: 3, pending: 0 });

    const chosen = {
      records: [
        { entity: 'deal', key: 'a' },
        { entity: 'deal', key: 'nothing' },
      ],
    };
    expect((await call('/outer/dead-letters/replay', 'POST', chosen)).body).toEqual({ records: 1 });
    expect((await call('/outer')).body.health).toMatchObject({ dead_letters: 2, pending: 1 });
    expect((await call('/outer/dead-letters/drop', 'POST', {})).body).toEqual({ records: 2 });
    expect(await rows('SELECT key, remote_touched FROM sync_pending WHERE tenant_id = $1')).toEqual(
      [{ key: 'a', remote_touched: true }],
    );
  });

  it('tells the journal of a record, newest first, and what differs', async () => {
    for (const [kind, local] of [
      ['to_mak', 'a'],
      ['refused', 'a'],
      ['to_remote', 'b'],
    ] as const)
      await mak.database.query(
        `INSERT INTO sync_journal (id, tenant_id, connector, entity, local_id, kind, detail)
         VALUES (gen_random_uuid(), $1, 'outer', 'deal', $2, $3, '{}')`,
        [tenant.id, local, kind],
      );
    const { body } = await mak.call<{ items: { kind: string; local_id: string }[] }>(
      '/v1/connectors/outer/journal?entity=deal&local_id=a&kind=refused',
      { key: tenant.apiKey },
    );
    expect(body.items).toMatchObject([{ kind: 'refused', local_id: 'a' }]);
    expect((await call('/outer')).body.health).toMatchObject({
      written_day: 2,
      refused_day: 1,
      success_rate: 2 / 3,
    });
    expect((await call('/outer')).body.health.hours).toMatchObject([{ written: 2, refused: 1 }]);
    await rows(
      `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status, refusal)
       VALUES ($1, 'outer', 'deal', 'a', 'r', '{}', 'error', '{"code":"no","reason":"No.","field":"name"}')`,
    );
    const differing = await mak.call('/v1/connectors/outer/divergences', { key: tenant.apiKey });
    expect(differing.body).toMatchObject({
      items: [{ local_id: 'a', refusal: { field: 'name' } }],
      next: null,
    });
  });

  it('says to those who work with the catalogue how its records are, and to nobody else', async () => {
    const [same, waits, differs, dead, apart] = Array.from({ length: 5 }, () => randomUUID());
    await rows("UPDATE sync_connector SET entities = '{order}' WHERE tenant_id = $1");
    await mak.database.query(
      `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status, refusal, last_synced_at)
       SELECT $1, 'outer', 'order', id, 'there ' || id, '{}', status, refusal::jsonb, '2026-03-01T00:00:00Z'
       FROM (VALUES ($2, 'synced', NULL), ($3, 'synced', NULL), ($4, 'error', '{"code":"fixed_there"}'))
         AS l (id, status, refusal)`,
      [tenant.id, same, waits, differs],
    );
    await mak.database.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at,
         remote_touched, due_at, since, dead_at, refusal)
       SELECT $1, 'outer', 'order', id, id, 0, '{}', '{}', false, now(), now(), dead_at, refusal::jsonb
       FROM (VALUES ($2, NULL, NULL), ($3, now(), '{"code":"buyer_required"}')) AS p (id, dead_at, refusal)`,
      [tenant.id, waits, dead],
    );
    const ids = [same, waits, differs, dead, apart];
    const query = `query ($ids: [ID!]!) { catalogueSync(kind: order, ids: $ids) { id title remoteId state error lastSyncedAt } }`;
    const answerTo = (key: string) =>
      mak.call<{ data: unknown; errors?: readonly { extensions: { code: string } }[] }>(
        '/graphql',
        { key, body: { query, variables: { ids } } },
      );
    const at = '2026-03-01T00:00:00.000Z';
    const none = { remoteId: null, lastSyncedAt: null, error: null };
    const linked = (id = '') => ({ remoteId: `there ${id}`, lastSyncedAt: at, error: null });
    const reader = await keyWith(mak, tenant, ['catalogue:read']);
    expect((await answerTo(reader)).body.data).toEqual({
      catalogueSync: [
        { id: same, ...linked(same), state: 'synced' },
        { id: waits, ...linked(waits), state: 'pending' },
        { id: differs, ...linked(differs), state: 'error', error: 'fixed_there' },
        { id: dead, ...none, state: 'error', error: 'buyer_required' },
        { id: apart, ...none, state: 'apart' },
      ].map((line) => ({ ...line, title: expect.any(String) as string })),
    });
    const other = await keyWith(mak, tenant, ['leads:read']);
    expect((await answerTo(other)).body.errors?.[0]?.extensions.code).toBe('forbidden');
  });

  it('says how clients are by their companies and contacts: the one that needs a look first, and nothing to companies', async () => {
    await rows("UPDATE sync_connector SET entities = '{company,contact}' WHERE tenant_id = $1");
    const api = async <Body>(path: string, body: object): Promise<Body> =>
      (await mak.call<Body>(path, { key: tenant.apiKey, body })).body;
    const client = async (name: string, ...contacts: readonly object[]) =>
      api<{ id: string; contacts: { id: string }[] }>('/v1/clients', { name, contacts });
    const there = await client('There', { name: 'Anna' }, { name: 'Olha' });
    const waits = await client('Waits', { name: 'Ivan' }, { name: 'Petro' });
    const apart = await client('Apart');
    const contactsOf = async ({ id }: { id: string }) =>
      rows(
        `SELECT id FROM client_contact WHERE tenant_id = $1 AND client_id = '${id}' ORDER BY seq`,
      ) as Promise<{ id: string }[]>;
    const [anna, olha] = await contactsOf(there);
    const [ivan, petro] = await contactsOf(waits);
    await mak.database.query(
      `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status, refusal, last_synced_at)
       SELECT $1, 'outer', entity, id, remote, '{}', status, refusal::jsonb, at::timestamptz
       FROM (VALUES ('company', $2, 'c1', 'synced', NULL, '2026-03-01T00:00:00Z'),
           ('contact', $3, 'p1', 'synced', NULL, '2026-03-02T00:00:00Z'),
           ('contact', $4, 'p2', 'error', '{"code":"refused_there"}', NULL),
           ('contact', $5, 'p3', 'synced', NULL, NULL))
         AS l (entity, id, remote, status, refusal, at)`,
      [tenant.id, there.id, anna?.id, olha?.id, ivan?.id],
    );
    await mak.database.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at,
         remote_touched, due_at, since)
       VALUES ($1, 'outer', 'contact', $2, $2, 0, '{}', '{}', false, now(), now())`,
      [tenant.id, petro?.id],
    );
    const ids = [there.id, waits.id, apart.id];
    const query = `query ($ids: [ID!]!) { clientSync(ids: $ids) { id entity recordId remoteId state error lastSyncedAt } }`;
    const ask = async (key: string) => {
      const { body } = await mak.call<{
        data: { clientSync: unknown } | null;
        errors?: readonly { extensions: { code: string } }[];
      }>('/graphql', { key, body: { query, variables: { ids } } });
      return body.errors?.[0]?.extensions.code ?? body.data?.clientSync;
    };
    const line = (id: string, recordId: string | undefined, entity: string) => ({
      ...{ id, entity, recordId, remoteId: null, state: 'apart', error: null, lastSyncedAt: null },
    });
    expect(await ask(await keyWith(mak, tenant, ['deals:read']))).toEqual([
      {
        ...line(there.id, olha?.id, 'contact'),
        ...{ remoteId: 'c1, p1, p2', state: 'error', error: 'refused_there' },
        lastSyncedAt: '2026-03-02T00:00:00.000Z',
      },
      { ...line(waits.id, petro?.id, 'contact'), remoteId: 'p3', state: 'pending' },
      line(apart.id, apart.id, 'company'),
    ]);
    expect(await ask(await keyWith(mak, tenant, ['catalogue:read']))).toBe('forbidden');
    const { token } = await member(mak, tenant, 'partner', 'outside');
    expect(await ask(token)).toEqual([]);
  });

  it('is forgotten with all that waits, and can be set up again', async () => {
    await makeDead('a');
    expect((await call('/outer', 'DELETE')).status).toBe(204);
    expect((await call('/outer')).status).toBe(404);
    expect(await rows('SELECT FROM sync_pending WHERE tenant_id = $1')).toEqual([]);
    expect((await put({})).body).toMatchObject({ version: 1, state: 'running' });
  });

  it('is the same by GraphQL', async () => {
    await makeDead('a', 'b');
    const ask = async (query: string): Promise<Record<string, unknown>> => {
      const { body } = await mak.call<{ data: Record<string, unknown> }>('/graphql', {
        key: tenant.apiKey,
        body: { query },
      });
      return body.data;
    };
    expect(
      await ask(`mutation { setConnector(key: "outer", input: { version: 1, settings: { address: "b" }, secrets: { key: "b" }, pollSeconds: 30,
        rules: [{ entity: "deal", field: "name", direction: in, priority: remote }] }) { version pollSeconds hasSecrets } }`),
    ).toEqual({ setConnector: { version: 2, pollSeconds: 30, hasSecrets: true } });
    expect(
      await ask(
        '{ connector(key: "outer") { settings entities { name fields { field direction } } health { deadLetters successRate } resync { left } } }',
      ),
    ).toMatchObject({
      connector: {
        settings: { address: 'b' },
        health: { deadLetters: 2, successRate: null },
        resync: { left: 0 },
      },
    });
    expect(
      await ask(
        '{ connectorDeadLetters(key: "outer", limit: 1) { items { key refusal { code } } } }',
      ),
    ).toEqual({
      connectorDeadLetters: { items: [{ key: 'a', refusal: { code: 'no' } }] },
    });
    expect(
      await ask(
        'mutation { replayConnectorDeadLetters(key: "outer", records: [{ entity: "deal", key: "a" }]) }',
      ),
    ).toEqual({ replayConnectorDeadLetters: 1 });
    expect(await ask('mutation { dropConnectorDeadLetters(key: "outer") }')).toEqual({
      dropConnectorDeadLetters: 1,
    });
    expect(await ask('mutation { pauseConnector(key: "outer", version: 2) { state } }')).toEqual({
      pauseConnector: { state: 'paused' },
    });
    expect(
      await ask('{ connectors { key state } connectorJournal(key: "outer") { next } }'),
    ).toEqual({
      connectors: expect.arrayContaining([{ key: 'outer', state: 'paused' }]) as object,
      connectorJournal: { next: null },
    });
  });
});

describe('what settings may name', () => {
  const options = (body: object = {}) => call('/outer/options', 'POST', body);
  const anna = (key: string) => ({
    items: [{ setting: 'owner', value: 'anna@outer.example', title: `Anna of ${key}` }],
    next: null,
  });

  it('is asked for before anything is saved, and afterwards without a secret', async () => {
    expect((await options()).status).toBe(404);
    const { settings } = SETTINGS;
    expect((await options({ settings })).body).toMatchObject({ code: 'secrets_required' });
    expect((await options({ settings, secrets: { key: 'a try' } })).body).toEqual(anna('a try'));
    expect(await rows('SELECT FROM sync_connector WHERE tenant_id = $1')).toEqual([]);
    await put({});
    expect((await options()).body).toEqual(anna('hidden one'));
    expect((await options({ settings })).body).toEqual(anna('hidden one'));
  });

  it('is asked of no other address with the secret that is stored', async () => {
    await put({});
    const settings = { address: 'https://elsewhere.example' };
    expect((await options({ settings })).body).toMatchObject({
      code: 'secrets_required',
      field: 'secrets',
    });
    expect((await options({ settings, secrets: { key: 'new' } })).body).toEqual(anna('new'));
  });

  it.each([
    ['blocked', 'access_refused', 'secrets'],
    ['unavailable', 'not_answered', 'settings.address'],
  ] as const)('is not known when it is %s', async (kind, code, field) => {
    await put({});
    outer.failure = new RemoteFailure(kind, 'Not now.');
    const { status, body } = await options();
    outer.failure = null;
    expect([status, body]).toMatchObject([422, { code, field, title: 'Not now.' }]);
    expect((await options({ settings: {} })).body).toMatchObject({ field: 'settings.address' });
  });
});
