import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { adminOf, PASSWORD, signIn } from '../../../test/support/people.ts';
import { startTwenty } from '../../../test/support/twenty.ts';
import type { TestTwenty } from '../../../test/support/twenty.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';

let mak: TestApp;
let twenty: TestTwenty;

beforeAll(async () => {
  mak = await startApp();
  twenty = await startTwenty();
});
afterEach(() => {
  twenty.disturb = undefined;
});
/** All requests come from one address, which may not come as often as these tests do. */
beforeEach(async () => {
  const limiter = mak.app.get(RateLimiter) as unknown as { redis: { flushall(): Promise<void> } };
  await limiter.redis.flushall();
});
afterAll(async () => {
  await mak.close();
  await twenty.close();
});

interface Problem {
  readonly code: string;
  readonly title: string;
}
interface Started extends Problem {
  readonly expires_in: number;
  readonly embed_url: string;
}
interface Session {
  readonly token: string;
  readonly account: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: string;
    readonly locale: string;
    readonly version: number;
  };
}

const someEmail = () => `p-${randomBytes(5).toString('hex')}@example.com`;

const set = (tenant: TestTenant, change: object = {}) =>
  mak.call<Record<string, unknown> & Problem>('/v1/twenty/workspace', {
    key: tenant.apiKey,
    method: 'PUT',
    body: {
      version: 0,
      address: twenty.address,
      workspace_id: twenty.workspaceId,
      application_id: twenty.applicationId,
      newcomer_role: 'employee',
      enabled: true,
      ...change,
    },
  });

/** A tenant whose people sign in from the one twenty; the tenant before gives it free. */
let current: TestTenant | undefined;
async function tenantOfTwenty(settings: object = {}, change: object = {}): Promise<TestTenant> {
  if (current !== undefined) {
    const { version } = (
      await mak.call<{ version: number }>('/v1/twenty/workspace', { key: current.apiKey })
    ).body;
    await set(current, { version, enabled: false });
  }
  current = await mak.createTenant({ ...settings });
  expect((await set(current, change)).status).toBe(200);
  return current;
}

const come = (tenant: Pick<TestTenant, 'key'>, token: string) =>
  mak.call<Started>(`/v1/twenty/${tenant.key}/session`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin: 'null' },
  });
const exchange = (code: string) =>
  mak.call<Session & Problem>('/v1/embed/sessions', { body: { code } });

async function embedded(tenant: TestTenant, user: { id: string }): Promise<Session> {
  const { status, body } = await come(tenant, twenty.token(user));
  expect(body).toMatchObject({ expires_in: 30 });
  expect(status).toBe(200);
  return (await exchange(body.code)).body;
}

/** What the audit log says of signing in from twenty, oldest first. */
async function audited(tenant: TestTenant): Promise<unknown[]> {
  const { body } = await mak.call<{
    items: { action: string; entity_id: string; detail: Record<string, unknown> }[];
  }>('/v1/audit', { key: tenant.apiKey });
  return body.items
    .filter(({ action }) => action.startsWith('account.twenty_'))
    .map(({ action, entity_id, detail }) => [action, entity_id, detail.found ?? detail.code])
    .toReversed();
}

describe('a user of the workspace', () => {
  it('comes in without a password, the first time and later, with the role for newcomers', async () => {
    const tenant = await tenantOfTwenty({}, { newcomer_role: 'partner' });
    const user = twenty.identity.addUser(twenty.workspaceId, { locale: 'uk-UA' });
    const started = await come(tenant, twenty.token(user));
    expect(started.status).toBe(200);
    expect(started.headers.get('cache-control')).toBe('no-store');
    expect(started.headers.get('access-control-allow-origin')).toBe('*');
    const { code } = started.body;
    expect(started.body).toEqual({
      code,
      expires_in: 30,
      embed_url: `http://127.0.0.1:3000/embed?tenant=${tenant.key}#code=${code}`,
    });

    const { status, body: first } = await exchange(code);
    expect(status).toBe(201);
    expect(first.account).toMatchObject({
      email: user.email,
      name: 'Ada Byron',
      role: 'partner',
      locale: 'uk',
    });
    const me = await mak.call('/v1/me', { key: first.token });
    expect(me).toMatchObject({
      status: 200,
      body: {
        id: first.account.id,
        email: user.email,
        name: 'Ada Byron',
        totp: false,
        tenants: [{ tenant: tenant.key, role: 'partner', totp_required: false }],
      },
    });
    expect((await mak.call('/v1/deals', { key: first.token })).status).toBe(200);

    const second = await embedded(tenant, user);
    expect(second.account.id).toBe(first.account.id);
    expect(await audited(tenant)).toEqual([
      ['account.twenty_signed_in', first.account.id, 'created'],
      ['account.twenty_signed_in', first.account.id, 'bound'],
    ]);
  });

  it('gets the account with the same e-mail address the first time, in whatever letters', async () => {
    const email = someEmail();
    const tenant = await tenantOfTwenty({
      accounts: [{ email, name: 'Known', role: 'franchisee', password: PASSWORD }],
    });
    const user = twenty.identity.addUser(twenty.workspaceId, { email: email.toUpperCase() });
    const { account } = await embedded(tenant, user);
    expect(account).toMatchObject({ email, name: 'Known', role: 'franchisee' });
    expect(await audited(tenant)).toEqual([['account.twenty_signed_in', account.id, 'by_address']]);
  });

  it('keeps the account when the e-mail address changes, and whoever has the address gets no other', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const first = await embedded(tenant, user);
    const { email } = user;
    user.email = someEmail();
    expect((await embedded(tenant, user)).account).toMatchObject({ id: first.account.id, email });

    const heir = twenty.identity.addUser(twenty.workspaceId, { email });
    expect(await come(tenant, twenty.token(heir))).toMatchObject({
      status: 403,
      body: { code: 'twenty_account_bound' },
    });
    expect(await audited(tenant)).toContainEqual([
      'account.twenty_refused',
      first.account.id,
      'twenty_account_bound',
    ]);

    // Released, the account goes to the one who has the address now.
    const release = `/v1/twenty/users/${first.account.id}`;
    const options = { key: tenant.apiKey, method: 'DELETE' };
    expect((await mak.call(release, options)).status).toBe(204);
    expect((await mak.call(release, options)).status).toBe(404);
    expect((await mak.call('/v1/tenant', { key: first.token })).status).toBe(401);
    expect((await embedded(tenant, heir)).account.id).toBe(first.account.id);
    expect((await embedded(tenant, user)).account.id).not.toBe(first.account.id);
  });

  it('gets one account when two pages open at once', async () => {
    const tenant = await tenantOfTwenty();
    for (let round = 0; round < 3; round += 1) {
      const user = twenty.identity.addUser(twenty.workspaceId);
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => come(tenant, twenty.token(user))),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const sessions = await Promise.all(answers.map(({ body }) => exchange(body.code)));
      expect(new Set(sessions.map(({ body }) => body.account.id)).size).toBe(1);
    }
  });

  it('who was invited is in, with the role of the invitation, which ends', async () => {
    const tenant = await tenantOfTwenty();
    const email = someEmail();
    const invited = await mak.call<{ invitation: { token: string } }>('/v1/accounts', {
      key: tenant.apiKey,
      body: { email, name: 'Invited', role: 'guest' },
    });
    const { account } = await embedded(
      tenant,
      twenty.identity.addUser(twenty.workspaceId, { email }),
    );
    expect(account).toMatchObject({ name: 'Invited', role: 'guest', status: 'active' });
    const accept = { token: invited.body.invitation.token, password: PASSWORD };
    expect((await mak.call('/v1/invitations/accept', { body: accept })).status).toBe(404);
  });

  it('can be given a password by an invitation later; pages that were open end', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId, { email: someEmail() });
    const { account, token } = await embedded(tenant, user);
    const { body } = await mak.call<{ invitation: { token: string } }>(
      `/v1/accounts/${account.id}/invitation`,
      { key: tenant.apiKey, body: {} },
    );
    const accept = { token: body.invitation.token, password: PASSWORD };
    expect((await mak.call('/v1/invitations/accept', { body: accept })).status).toBe(200);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
    const own = await signIn(mak, user.email);
    expect((await mak.call('/v1/tenant', { key: own.token })).status).toBe(200);
    expect((await embedded(tenant, user)).account.id).toBe(account.id);
  });
});

describe('an account', () => {
  it('that is deactivated stays outside, and comes back when it is active again', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const { account, token } = await embedded(tenant, user);
    const edit = (status: string, version: number) =>
      mak.call<{ status: string }>(`/v1/accounts/${account.id}`, {
        key: tenant.apiKey,
        method: 'PATCH',
        body: { version, status },
      });
    await edit('deactivated', account.version);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
    expect(await come(tenant, twenty.token(user))).toMatchObject({
      status: 403,
      body: { code: 'account_deactivated' },
    });
    expect(await audited(tenant)).toContainEqual([
      'account.twenty_refused',
      account.id,
      'account_deactivated',
    ]);
    expect((await edit('active', account.version + 1)).body.status).toBe('invited');
    expect((await embedded(tenant, user)).account).toMatchObject({
      id: account.id,
      status: 'active',
    });
  });

  it('of an admin is opened only when a second factor is set up', async () => {
    const email = someEmail();
    const tenant = await tenantOfTwenty({
      accounts: [{ email, name: 'Boss', role: 'admin', password: PASSWORD }],
    });
    const user = twenty.identity.addUser(twenty.workspaceId, { email });
    const refused = { status: 403, body: { code: 'twenty_admin_needs_totp' } };
    expect(await come(tenant, twenty.token(user))).toMatchObject(refused);
    expect(await audited(tenant)).toMatchObject([
      ['account.twenty_refused', expect.any(String), 'twenty_admin_needs_totp'],
    ]);
    await adminOf(mak, email);
    expect((await embedded(tenant, user)).account).toMatchObject({ role: 'admin' });

    // Nor that of an admin who has no password here at all.
    const promoted = await embedded(tenant, twenty.identity.addUser(twenty.workspaceId));
    const { id, version, email: address } = promoted.account;
    await mak.call(`/v1/accounts/${id}`, {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version, role: 'admin' },
    });
    expect(await mak.call('/v1/tenant', { key: promoted.token })).toMatchObject({
      status: 403,
      body: { code: 'totp_required' },
    });
    const [row] = await mak.database.query<{ twenty_user_id: string }>(
      'SELECT twenty_user_id FROM twenty_user JOIN account ON account.id = account_id WHERE email = $1',
      [address],
    );
    expect(await come(tenant, twenty.token({ id: row?.twenty_user_id ?? '' }))).toMatchObject(
      refused,
    );
  });

  it('without a password does not count as the admin that a tenant must keep', async () => {
    const email = someEmail();
    const tenant = await tenantOfTwenty({
      accounts: [{ email, name: 'Boss', role: 'admin', password: PASSWORD }],
    });
    const { account } = await embedded(tenant, twenty.identity.addUser(twenty.workspaceId));
    const edit = (id: string, version: number, role: string) =>
      mak.call(`/v1/accounts/${id}`, {
        key: tenant.apiKey,
        method: 'PATCH',
        body: { version, role },
      });
    expect((await edit(account.id, account.version, 'admin')).status).toBe(200);
    const { items } = (
      await mak.call<{ items: { id: string; name: string }[] }>('/v1/accounts', {
        key: tenant.apiKey,
      })
    ).body;
    const boss = items.find(({ name }) => name === 'Boss')?.id ?? '';
    expect(await edit(boss, 1, 'employee')).toMatchObject({ body: { code: 'last_admin' } });
  });
});

describe('a code', () => {
  it('works once, for thirty seconds', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const { body } = await come(tenant, twenty.token(user));
    expect((await exchange(body.code)).status).toBe(201);
    expect(await exchange(body.code)).toMatchObject({
      status: 401,
      body: { code: 'invalid_embed_code' },
    });
    const late = await come(tenant, twenty.token(user));
    const [left] = await mak.database.query<{ seconds: number }>(
      'SELECT extract(epoch FROM expires_at - now())::float8 AS seconds FROM embed_code WHERE tenant_id = $1',
      [tenant.id],
    );
    expect(left?.seconds).toBeGreaterThan(25);
    expect(left?.seconds).toBeLessThanOrEqual(30);
    await mak.database.query(
      "UPDATE embed_code SET expires_at = expires_at - interval '30 seconds' WHERE tenant_id = $1",
      [tenant.id],
    );
    expect((await exchange(late.body.code)).status).toBe(401);
  });
});

describe('a token', () => {
  const NOBODY = 'SELECT count(*)::int AS count FROM account WHERE tenant_id = $1';

  it('of another kind, workspace, application, time, key or person is refused, and makes no account', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const removed = twenty.identity.addUser(twenty.workspaceId);
    removed.workspaces.clear();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { workspaceId, applicationId } = twenty;
    const where = { workspaceId, applicationId, now: Date.now() };
    const other = randomUUID();
    const swapped = twenty
      .token(user)
      .replace(/\.[^.]+\./, `.${twenty.token(removed).split('.')[1]}.`);
    const [past] = [Math.floor(Date.now() / 1_000) - 1];
    for (const [what, token, status, code] of [
      ['of a person', twenty.token(user, { type: 'ACCESS' }), 401, 'twenty_token_refused'],
      ['of an API key', twenty.token(user, { type: 'API_KEY' }), 401, 'twenty_token_refused'],
      ['workspace', twenty.token(user, { workspaceId: other }), 403, 'twenty_other_workspace'],
      [
        'application',
        twenty.token(user, { sub: other, applicationId: other }),
        403,
        'twenty_other_application',
      ],
      ['two applications', twenty.token(user, { sub: other }), 401, 'twenty_token_refused'],
      ['expired', twenty.token(user, { exp: past }), 401, 'twenty_token_refused'],
      ['forged', twenty.identity.token(user, where, {}, privateKey), 401, 'twenty_token_refused'],
      ['other claims', swapped, 401, 'twenty_token_refused'],
      ['removed person', twenty.token(removed), 401, 'twenty_token_refused'],
      ['unknown person', twenty.token({ id: other }), 401, 'twenty_token_refused'],
      ['no token', 'guessed', 401, 'twenty_token_refused'],
      ['huge', `a.${'b'.repeat(9_000)}.c`, 401, 'twenty_token_refused'],
    ] as const) {
      const { status: got, body, headers } = await come(tenant, token);
      expect([what, got, body.code]).toEqual([what, status, code]);
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
    const none = await mak.call<Problem>(`/v1/twenty/${tenant.key}/session`, { method: 'POST' });
    expect(none).toMatchObject({ status: 401, body: { code: 'twenty_token_missing' } });
    expect(await mak.database.query(NOBODY, [tenant.id])).toEqual([{ count: 0 }]);
  });

  it('is not sent to a twenty that it is not for', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const before = twenty.asked;
    const other = randomUUID();
    await come(tenant, twenty.token(user, { workspaceId: other }));
    await come(tenant, twenty.token(user, { sub: other, applicationId: other }));
    await come({ key: 'nobody' }, twenty.token(user));
    expect(twenty.asked).toBe(before);
  });

  it('is accepted only as long as the settings of its tenant say so', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const { token } = await embedded(tenant, user);
    const off = { status: 403, body: { code: 'twenty_sign_in_off' } };
    for (const key of ['unknown', 'A%27', (await mak.createTenant()).key])
      expect(await come({ key }, twenty.token(user)), key).toMatchObject(off);

    // Turned off while twenty is being asked by a newcomer.
    const newcomer = twenty.identity.addUser(twenty.workspaceId);
    twenty.disturb = (response) => {
      twenty.disturb = undefined;
      void set(tenant, { version: 1, enabled: false }).then(() =>
        response.end(
          JSON.stringify(twenty.identity.whoIs(`Bearer ${twenty.token(newcomer)}`, Date.now())),
        ),
      );
    };
    expect(await come(tenant, twenty.token(newcomer))).toMatchObject({
      status: 409,
      body: { code: 'twenty_settings_changed' },
    });
    expect(await come(tenant, twenty.token(user))).toMatchObject(off);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
  });

  it('is not asked about without end', async () => {
    const tenant = await tenantOfTwenty();
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => come(tenant, 'guessed').then(({ status }) => status)),
    );
    expect(new Set(answers)).toEqual(new Set([401, 429]));
  });
});

describe('a twenty', () => {
  it('that does not answer as one is told as such', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const word = JSON.stringify(twenty.identity.whoIs(`Bearer ${twenty.token(user)}`, Date.now()));
    const disturbances: [string, TestTwenty['disturb']][] = [
      ['breaks', (response) => void response.destroy()],
      ['fails', (response) => void response.writeHead(500).end()],
      ['is no twenty', (response) => void response.end('<!doctype html>')],
      ['says too little', (response) => void response.end('{"data":{"currentUser":null}}')],
      ['says too much', (response) => void response.end(word + ' '.repeat(20_000))],
      [
        'redirects',
        (response) =>
          void response.writeHead(307, { location: `${twenty.address}/metadata` }).end(word),
      ],
      ['is slow', () => undefined],
    ];
    for (const [what, disturb] of disturbances) {
      twenty.disturb = disturb;
      const { status, body } = await come(tenant, twenty.token(user));
      expect([what, status, body.code]).toEqual([what, 502, 'twenty_unreachable']);
    }
    twenty.disturb = undefined;
    expect((await come(tenant, twenty.token(user))).status).toBe(200);
  }, 20_000);

  it('that answers about somebody or somewhere else is not believed', async () => {
    const tenant = await tenantOfTwenty();
    const user = twenty.identity.addUser(twenty.workspaceId);
    const boss = twenty.identity.addUser(twenty.workspaceId);
    twenty.disturb = (response) =>
      response.end(
        JSON.stringify(twenty.identity.whoIs(`Bearer ${twenty.token(boss)}`, Date.now())),
      );
    expect(await come(tenant, twenty.token(user))).toMatchObject({
      status: 401,
      body: { code: 'twenty_token_refused' },
    });
    const elsewhere = randomUUID();
    twenty.disturb = (response) =>
      response.end(
        JSON.stringify({
          data: { currentUser: { ...user, workspaces: null }, currentWorkspace: { id: elsewhere } },
        }),
      );
    expect(await come(tenant, twenty.token(user))).toMatchObject({
      status: 403,
      body: { code: 'twenty_other_workspace' },
    });
  });

  it('of a hostile tenant that names the workspace of another opens nothing of that other', async () => {
    const email = someEmail();
    const victim = await tenantOfTwenty({
      accounts: [{ email, name: 'Victim', role: 'employee', password: PASSWORD }],
    });
    const { workspaceId, applicationId } = twenty;
    const evil = await startTwenty({ workspaceId, applicationId });
    try {
      const attacker = await mak.createTenant();
      expect((await set(attacker, { address: evil.address })).status).toBe(200);
      const puppet = evil.identity.addUser(workspaceId, { email });
      expect(await come(victim, evil.token(puppet))).toMatchObject({
        status: 401,
        body: { code: 'twenty_token_refused' },
      });
      expect(evil.asked).toBe(0);
      // Its own accounts it may open as it likes; the person with this address stays who it is, elsewhere.
      const { body } = await come(attacker, evil.token(puppet));
      const session = (await exchange(body.code)).body;
      expect(await mak.call('/v1/me', { key: session.token })).toMatchObject({
        body: { name: 'Ada Byron', tenants: [{ tenant: attacker.key }] },
      });
      const own = await signIn(mak, email);
      expect(await mak.call('/v1/me', { key: own.token })).toMatchObject({
        body: { name: 'Victim', tenants: [{ tenant: victim.key }] },
      });
      expect((await mak.call('/v1/tenant', { key: own.token })).status).toBe(200);
    } finally {
      await evil.close();
    }
  });
});

describe('the settings', () => {
  it('are set, read, changed by version, turned off, and written down', async () => {
    const tenant = await mak.createTenant();
    const read = () => mak.call('/v1/twenty/workspace', { key: tenant.apiKey });
    expect(await read()).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const settings = { workspace_id: randomUUID(), address: 'https://crm.example.com' };
    const first = await set(tenant, { ...settings, enabled: false });
    expect(first).toMatchObject({ status: 200, body: { ...settings, version: 1 } });
    expect((await read()).body).toEqual(first.body);
    expect(await set(tenant, settings)).toMatchObject({
      status: 409,
      body: { code: 'stale_version', current: { version: 1 }, sent: { version: 0 } },
    });
    expect(await set(tenant, { ...settings, version: 1, newcomer_role: 'guest' })).toMatchObject({
      status: 200,
      body: { newcomer_role: 'guest', enabled: true, version: 2 },
    });
    expect(await set(tenant, { ...settings, version: 1 })).toMatchObject({ status: 409 });
    const { body } = await mak.call<{ items: { action: string; detail: object }[] }>('/v1/audit', {
      key: tenant.apiKey,
    });
    expect(body.items.filter(({ action }) => action === 'twenty.set')).toMatchObject([
      { detail: { address: settings.address, newcomer_role: 'guest', enabled: true } },
      { detail: { enabled: false } },
    ]);
  });

  it('refuse what is no address, no id, or makes admins', async () => {
    const tenant = await mak.createTenant();
    for (const [change, field] of [
      [{ address: 'https://crm.example.com/' }, 'address'],
      [{ address: 'https://user:pass@crm.example.com' }, 'address'],
      [{ address: "https://a.example; script-src 'unsafe-inline'" }, 'address'],
      [{ address: 'ftp://crm.example.com' }, 'address'],
      [{ workspace_id: 'acme' }, 'workspace_id'],
      [{ application_id: '' }, 'application_id'],
      [{ newcomer_role: 'admin' }, 'newcomer_role'],
      [{ version: -1 }, 'version'],
      [{ surprise: 1 }, 'surprise'],
    ] as const) {
      expect(await set(tenant, change), field).toMatchObject({
        status: 422,
        body: { code: 'invalid_request', field },
      });
    }
  });

  it('belong to one tenant for each workspace, as long as it is used', async () => {
    const [one, two] = [await mak.createTenant(), await mak.createTenant()];
    const workspace = { workspace_id: randomUUID() };
    expect((await set(one, workspace)).status).toBe(200);
    expect(await set(two, workspace)).toMatchObject({
      status: 409,
      body: { code: 'twenty_workspace_taken', field: 'workspace_id' },
    });
    expect((await set(two, { ...workspace, enabled: false })).status).toBe(200);
    await set(one, { ...workspace, version: 1, enabled: false });
    expect((await set(two, { ...workspace, version: 1 })).status).toBe(200);
    expect(await set(one, { ...workspace, version: 2 })).toMatchObject({ status: 409 });
  });

  it('take all that an admin may, as they decide who is believed to be whom', async () => {
    const email = someEmail();
    const tenant = await mak.createTenant({
      accounts: [
        { email, name: 'Deputy', role: 'employee', password: PASSWORD },
        { email: someEmail(), name: 'Boss', role: 'admin', password: PASSWORD },
      ],
    });
    const deputy = await signIn(mak, email);
    expect((await set({ ...tenant, apiKey: deputy.token })).status).toBe(403);
    await mak.call('/v1/roles/employee', {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version: 1, permissions: ['deals:read', 'tenant:manage'] },
    });
    expect(await set({ ...tenant, apiKey: deputy.token })).toMatchObject({
      status: 403,
      body: { code: 'scope_not_held' },
    });
  });

  it('are read and set over GraphQL, with those who came', async () => {
    const tenant = await tenantOfTwenty();
    const ask = async (query: string) =>
      (await mak.call<{ data: unknown }>('/graphql', { key: tenant.apiKey, body: { query } })).body;
    const { workspaceId, applicationId, address } = twenty;
    expect(
      await ask(`mutation { setTwentyWorkspace(input: { version: 1, address: "${address}", workspaceId: "${workspaceId}",
        applicationId: "${applicationId}", newcomerRole: guest, enabled: true }) { newcomerRole version } }`),
    ).toEqual({ data: { setTwentyWorkspace: { newcomerRole: 'guest', version: 2 } } });
    expect(await ask('{ twentyWorkspace { address workspaceId applicationId enabled } }')).toEqual({
      data: { twentyWorkspace: { address, workspaceId, applicationId, enabled: true } },
    });
    const user = twenty.identity.addUser(workspaceId);
    const { account } = await embedded(tenant, user);
    await embedded(tenant, twenty.identity.addUser(workspaceId, { firstName: 'Zoe' }));
    const page = { items: [{ accountId: account.id, name: 'Ada Byron', role: 'guest' }] };
    expect(await ask('{ twentyUsers(limit: 1) { items { accountId name role } } }')).toEqual({
      data: { twentyUsers: page },
    });
    const listed = await mak.call<{ items: { name: string }[]; next: string }>(
      '/v1/twenty/users?limit=1',
      { key: tenant.apiKey },
    );
    const rest = await mak.call<{ items: { name: string }[]; next: null }>(
      `/v1/twenty/users?limit=1&cursor=${listed.body.next}`,
      { key: tenant.apiKey },
    );
    expect(rest.body).toMatchObject({ items: [{ name: 'Zoe Byron' }], next: null });
    expect(await ask(`mutation { releaseTwentyUser(accountId: "${account.id}") }`)).toEqual({
      data: { releaseTwentyUser: true },
    });
  });
});
