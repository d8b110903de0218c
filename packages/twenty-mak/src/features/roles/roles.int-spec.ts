import { randomBytes } from 'node:crypto';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { adminOf, PASSWORD, signIn } from '../../../test/support/people.ts';
import { ROLE_SCOPES } from '../../platform/auth/index.ts';
import type { Role, Scope } from '../../platform/auth/index.ts';

interface RoleAnswer {
  readonly role: Role;
  readonly version: number;
  readonly code?: string;
  readonly permissions: { key: Scope; allowed: boolean; locked: boolean; default: boolean }[];
}
interface Made {
  readonly api_key: { readonly secret: string };
  readonly accounts: readonly { readonly account: { readonly id: string } }[];
}

let mak: TestApp;
/** A second process on the same database. */
let other: TestApp;
const clients: Client[] = [];

beforeAll(async () => {
  mak = await startApp();
  other = await startApp({ database: mak.database });
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await other?.close();
  await mak?.close();
});

async function tenantWith(...roles: Role[]) {
  const name = randomBytes(5).toString('hex');
  const accounts = roles.map((role) => ({
    email: `${role}-${name}@example.com`,
    name: role,
    role,
    password: PASSWORD,
  }));
  const { body } = await mak.call<Made>('/v1/tenants', {
    key: mak.operatorKey,
    body: { key: `t-${name}`, name, pipelines: ['adtech'], accounts },
  });
  const tokens: string[] = [];
  for (const { role, email } of accounts)
    tokens.push((role === 'admin' ? await adminOf(mak, email) : await signIn(mak, email)).token);
  return {
    apiKey: body.api_key.secret,
    tokens,
    ids: body.accounts.map(({ account }) => account.id),
  };
}

const without = (role: Role, ...scopes: Scope[]) =>
  [...ROLE_SCOPES[role]].filter((scope) => !scopes.includes(scope));

const change = (key: string, role: Role, version: number, permissions: readonly Scope[]) =>
  mak.call<RoleAnswer>(`/v1/roles/${role}`, {
    key,
    method: 'PATCH',
    body: { version, permissions },
  });

describe('the permission matrix', () => {
  it('begins as we ship it', async () => {
    const { apiKey } = await tenantWith();
    const { body } = await mak.call<{ items: RoleAnswer[] }>('/v1/roles', { key: apiKey });
    expect(body.items.map(({ role }) => role)).toEqual(Object.keys(ROLE_SCOPES));
    for (const { role, version, permissions } of body.items) {
      expect(version).toBe(1);
      for (const one of permissions) {
        expect(one.allowed).toBe(one.default);
        expect(one.default).toBe(ROLE_SCOPES[role].has(one.key));
      }
    }
  });

  it('holds at once and in every process, also for people who are signed in', async () => {
    const { tokens, apiKey } = await tenantWith('employee');
    const [employee] = tokens as [string];
    const create = (app: TestApp) =>
      app.call('/v1/deals', { key: employee, body: { name: 'Mine', pipeline: 'adtech' } });
    expect((await create(other)).status).toBe(201);
    const taken = await change(apiKey, 'employee', 1, without('employee', 'deals:write'));
    expect(taken).toMatchObject({ status: 200, body: { version: 2 } });
    for (const app of [mak, other]) {
      expect(await create(app)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    const given = [...ROLE_SCOPES.employee, 'audit:read'] as const;
    expect((await change(apiKey, 'employee', 2, given)).status).toBe(200);
    expect((await create(other)).status).toBe(201);
    const audit = await other.call<{ items: object[] }>('/v1/audit?entity=role', { key: employee });
    expect(audit.body.items).toMatchObject([
      {
        action: 'role.changed',
        entity_id: 'employee',
        detail: { granted: ['deals:write', 'audit:read'] },
      },
      { action: 'role.changed', detail: { granted: [], revoked: ['deals:write'] } },
    ]);
    // A key keeps what it was given.
    expect((await mak.call('/v1/deals', { key: apiKey })).status).toBe(200);
  });

  it('ends a subscription of another process whose role may no longer read deals', async () => {
    const { tokens, apiKey } = await tenantWith('employee');
    const [employee] = tokens as [string];
    const client = createClient({
      url: `${other.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${employee}` },
      retryAttempts: 0,
    });
    clients.push(client);
    const subscription = client.iterate({ query: 'subscription { masterDealEvents { type } }' });
    const next = subscription.next();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await change(apiKey, 'employee', 1, without('employee', 'deals:read'));
    const ended = await Promise.race([
      next.then(
        ({ value, done }) => JSON.stringify({ value: value as unknown, done }),
        (error: unknown) => `error ${JSON.stringify(error)}`,
      ),
      new Promise<string>((resolve) => setTimeout(resolve, 5_000, 'still open')),
    ]);
    expect(ended).toContain('unauthenticated');
  });

  it('never takes the accounts from admins and never gives the restricted more than their own', async () => {
    const { tokens } = await tenantWith('admin');
    const [admin] = tokens as [string];
    const refused = { status: 422, body: { code: 'permission_locked', field: 'permissions' } };
    expect(await change(admin, 'admin', 1, without('admin', 'accounts:manage'))).toMatchObject(
      refused,
    );
    for (const role of ['partner', 'franchisee', 'guest'] as const) {
      const more = [...ROLE_SCOPES[role], 'api-clients:manage'] as const;
      expect(await change(admin, role, 1, more)).toMatchObject(refused);
    }
    const { body } = await mak.call<{ items: RoleAnswer[] }>('/v1/roles', { key: admin });
    const [first] = body.items;
    expect(first?.permissions.filter(({ locked }) => locked).map(({ key }) => key)).toEqual([
      'accounts:manage',
    ]);
    // What an admin takes from the own role an admin can give back.
    expect((await change(admin, 'admin', 1, ['accounts:manage'])).status).toBe(200);
    expect((await mak.call('/v1/deals', { key: admin })).status).toBe(403);
    expect((await change(admin, 'admin', 2, without('admin'))).status).toBe(200);
    expect((await mak.call('/v1/deals', { key: admin })).status).toBe(200);
  });

  it('is edited by one at a time', async () => {
    const { apiKey } = await tenantWith();
    const both = await Promise.all([
      change(apiKey, 'guest', 1, ['deals:read']),
      change(apiKey, 'guest', 1, ['pipelines:read']),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await change(apiKey, 'guest', 1, [])).body.code).toBe('stale_version');
    expect((await change(apiKey, 'guest', 7, [])).body.code).toBe('stale_version');
  });

  it('refuses roles and permissions that do not exist, and callers who may not', async () => {
    const { tokens, apiKey } = await tenantWith('employee');
    const [employee] = tokens as [string];
    const wrong = (path: string, body: object, key = apiKey) =>
      mak.call<{ code: string }>(path, { key, method: 'PATCH', body });
    const body = { version: 1, permissions: ['everything'] };
    expect((await wrong('/v1/roles/guest', body)).body.code).toBe('invalid_request');
    expect((await wrong('/v1/roles/emperor', { version: 1, permissions: [] })).status).toBe(422);
    expect((await change(employee, 'guest', 1, [])).status).toBe(403);
  });
});

describe('the permission to manage accounts', () => {
  it('is not all permissions: nobody makes anybody mightier than oneself', async () => {
    const { apiKey, tokens, ids } = await tenantWith('employee', 'guest');
    const [employee] = tokens as [string];
    const [employeeId = '', guestId = ''] = ids;
    const boss = await mak.call<{ account: { id: string } }>('/v1/accounts', {
      key: apiKey,
      body: { email: `${randomBytes(4).toString('hex')}@example.com`, name: 'Boss', role: 'admin' },
    });
    await change(apiKey, 'employee', 1, [...ROLE_SCOPES.employee, 'accounts:manage']);
    const refused = { status: 403, body: { code: 'scope_not_held' } };
    const edit = (id: string, body: object) =>
      mak.call(`/v1/accounts/${id}`, {
        key: employee,
        method: 'PATCH',
        body: { version: 1, ...body },
      });
    expect(await edit(employeeId, { role: 'admin' })).toMatchObject(refused);
    expect(await edit(boss.body.account.id, { status: 'deactivated' })).toMatchObject(refused);
    expect(await edit(guestId, { role: 'employee' })).toMatchObject({ status: 200 });
    const invite = (role: string) =>
      mak.call('/v1/accounts', {
        key: employee,
        body: { email: `${role}-${randomBytes(4).toString('hex')}@example.com`, name: 'New', role },
      });
    expect(await invite('admin')).toMatchObject(refused);
    // They bid and run their companies, which nobody of the office does.
    expect(await invite('partner')).toMatchObject({ status: 201 });
    expect(await invite('franchisee')).toMatchObject({ status: 201 });
    const more = [...ROLE_SCOPES.employee, 'accounts:manage', 'audit:read'] as const;
    expect(await change(employee, 'employee', 2, more)).toMatchObject(refused);
  });
});

describe('the matrix over GraphQL', () => {
  it('is read and changed', async () => {
    const { apiKey } = await tenantWith();
    const ask = async (query: string) =>
      (
        await mak.call<{ data: unknown; errors?: object[] }>('/graphql', {
          key: apiKey,
          body: { query },
        })
      ).body;
    const { data } = await ask(
      '{ roles { role version permissions { key allowed locked default } } }',
    );
    expect(data).toMatchObject({
      roles: [{ role: 'admin' }, {}, {}, {}, { role: 'guest', version: 1 }],
    });
    const changed = await ask(
      'mutation { updateRole(role: guest, permissions: ["pipelines:read"], version: 1) { version permissions { key allowed } } }',
    );
    expect(changed.data).toMatchObject({
      updateRole: {
        version: 2,
        permissions: expect.arrayContaining([{ key: 'pipelines:read', allowed: true }]) as object,
      },
    });
  });
});
