import { createClient } from 'graphql-ws';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

interface Started {
  readonly code?: string;
  readonly token: string;
  readonly expires_at: string;
  readonly account: { readonly id: string; readonly version: number };
  readonly tenant: { readonly id: string; readonly key: string };
}

/** An employee of a new tenant, signed in as on the stand-alone page. */
async function employee(email = `e-${randomBytes(4).toString('hex')}@example.com`) {
  const tenant = await mak.createTenant({
    pipelines: ['adtech'],
    accounts: [{ email, name: 'Employee', role: 'employee', password: PASSWORD }],
  });
  const { token } = await signIn(mak, email);
  return { tenant, email, token };
}

const issue = (key: string, headers: Record<string, string> = {}) =>
  mak.call<{ code: string; expires_at: string }>('/v1/embed/codes', { key, body: {}, headers });
const exchange = (code: string) => mak.call<Started>('/v1/embed/sessions', { body: { code } });
const tenantStatus = async (key: string) => (await mak.call('/v1/tenant', { key })).status;

async function embedded(token: string, headers?: Record<string, string>): Promise<Started> {
  const { body } = await exchange((await issue(token, headers)).body.code);
  return body;
}

const REFUSED = { status: 401, body: { code: 'invalid_embed_code', field: 'code' } };

describe('a one-time code', () => {
  it('buys one session, for REST and GraphQL', async () => {
    const { tenant, token, email } = await employee();
    const issued = await issue(token);
    const left = Date.parse(issued.body.expires_at) - Date.now();
    expect(issued.status).toBe(201);
    expect(left).toBeGreaterThan(20_000);
    expect(left).toBeLessThan(31_000);
    const { status, body } = await exchange(issued.body.code);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      tenant: { id: tenant.id, key: tenant.key, twenty_url: null },
      account: { name: 'Employee', role: 'employee', email },
    });
    const hours = (Date.parse(body.expires_at) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(7.9);
    expect(hours).toBeLessThan(8.1);
    expect(await tenantStatus(body.token)).toBe(200);
    const asked = await mak.call('/graphql', {
      key: body.token,
      body: { query: '{ tenant { key twentyUrl } }' },
    });
    expect(asked.body).toMatchObject({ data: { tenant: { key: tenant.key, twentyUrl: null } } });
    expect(await mak.call('/v1/me', { key: body.token })).toMatchObject({
      body: { email, tenants: [{ tenant: tenant.key, account_id: body.account.id }] },
    });
    expect(await exchange(issued.body.code)).toMatchObject(REFUSED);
  });

  it('of which two exchanges come at once gives exactly one', async () => {
    const { token } = await employee();
    for (let round = 0; round < 5; round += 1) {
      const { code } = (await issue(token)).body;
      const answers = await Promise.all(Array.from({ length: 4 }, () => exchange(code)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401, 401]);
    }
  });

  it('is refused in one way when it is wrong, too old, or its account has ended', async () => {
    const { tenant, token } = await employee();
    expect(await exchange('guessed')).toMatchObject(REFUSED);
    const late = (await issue(token)).body.code;
    await mak.database.query(
      "UPDATE embed_code SET expires_at = now() - interval '1 millisecond' WHERE tenant_id = $1",
      [tenant.id],
    );
    const refused = await exchange(late);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.body).toEqual((await exchange('guessed')).body);
    const { code } = (await issue(token)).body;
    await mak.database.query("UPDATE account SET status = 'deactivated' WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(await exchange(code)).toMatchObject(REFUSED);
    expect(await mak.call('/v1/embed/sessions', { body: {} })).toMatchObject({
      status: 422,
      body: { field: 'code' },
    });
  });

  it('is for people who signed in themselves', async () => {
    const { tenant, token } = await employee();
    expect((await issue(tenant.apiKey)).status).toBe(403);
    expect((await issue('guessed')).status).toBe(401);
    const session = await embedded(token);
    expect(await issue(session.token)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('and the tokens it buys are stored as hashes only', async () => {
    const { token } = await employee();
    const { code } = (await issue(token)).body;
    const kept = () => mak.database.query('SELECT * FROM embed_code');
    expect(JSON.stringify(await kept())).not.toContain(code);
    const { body } = await exchange(code);
    const sessions = await mak.database.query('SELECT * FROM embed_session');
    expect(JSON.stringify(sessions)).not.toContain(body.token);
  });
});

describe('an embedded session', () => {
  it('opens its tenant only, also for a person who has several', async () => {
    const { tenant: first, token, email } = await employee();
    const second = await mak.createTenant({
      accounts: [{ email, name: 'The same', role: 'employee', password: PASSWORD }],
    });
    const session = await embedded(token, { 'x-tenant': first.key });
    const own = await mak.call<{ key: string }>('/v1/tenant', {
      key: session.token,
      headers: { 'x-tenant': second.key },
    });
    expect(own.body.key).toBe(first.key);
    expect(await mak.call('/v1/me', { key: session.token })).toMatchObject({
      body: { tenants: [{ tenant: first.key }] },
    });
    const invited = await mak.createTenant();
    const { body } = await mak.call<{ invitation: { token: string } }>('/v1/accounts', {
      key: invited.apiKey,
      body: { email, name: 'Again', role: 'employee' },
    });
    const accept = { token: body.invitation.token };
    expect(
      (await mak.call('/v1/invitations/accept', { key: session.token, body: accept })).status,
    ).toBe(401);
  });

  it('cannot change the password or the second factor', async () => {
    const { token } = await employee();
    const session = await embedded(token);
    for (const [path, body] of [
      ['change-password', { currentPassword: PASSWORD, newPassword: `${PASSWORD} 2` }],
      ['two-factor/enable', { password: PASSWORD }],
    ] as const) {
      expect(await mak.call(`/v1/auth/${path}`, { key: session.token, body })).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      });
    }
  });

  it('ends with signing out, and no other with it', async () => {
    const { token } = await employee();
    const [one, two] = [await embedded(token), await embedded(token)];
    const out = await mak.call('/v1/auth/sign-out', { key: one.token, body: {} });
    expect(out).toMatchObject({ status: 200, body: { success: true } });
    expect(await tenantStatus(one.token)).toBe(401);
    expect(await tenantStatus(two.token)).toBe(200);
    expect(await tenantStatus(token)).toBe(200);
  });

  it('is listed and ended by its person, not by others', async () => {
    const { token } = await employee();
    const session = await embedded(token);
    const stranger = await employee();
    const list = (key: string) =>
      mak.call<{ items: { id: string }[] }>('/v1/embed/sessions', { key });
    const [listed] = (await list(token)).body.items;
    const end = (key: string) =>
      mak.call(`/v1/embed/sessions/${listed?.id}`, { key, method: 'DELETE' });
    expect((await list(stranger.token)).body.items).toEqual([]);
    expect((await end(stranger.token)).status).toBe(404);
    expect(await tenantStatus(session.token)).toBe(200);
    expect((await end(token)).status).toBe(204);
    expect(await tenantStatus(session.token)).toBe(401);
    expect((await list(token)).body.items).toEqual([]);
  });

  it('ends with its time, its account and a new password', async () => {
    const { tenant, token, email } = await employee();
    const late = await embedded(token);
    await mak.database.query('UPDATE embed_session SET expires_at = now() WHERE tenant_id = $1', [
      tenant.id,
    ]);
    expect(await tenantStatus(late.token)).toBe(401);

    const { account, token: old } = await embedded(token);
    const changed = await mak.call('/v1/auth/change-password', {
      key: token,
      body: {
        currentPassword: PASSWORD,
        newPassword: `${PASSWORD} 2`,
        revokeOtherSessions: true,
      },
    });
    expect(changed.status).toBe(200);
    expect(await tenantStatus(old)).toBe(401);

    const again = await embedded((await signIn(mak, email, `${PASSWORD} 2`)).token);
    const edit = (version: number, status: string) =>
      mak.call(`/v1/accounts/${account.id}`, {
        key: tenant.apiKey,
        method: 'PATCH',
        body: { version, status },
      });
    await edit(account.version, 'deactivated');
    await edit(account.version + 1, 'active');
    expect(await tenantStatus(again.token)).toBe(401);
  });

  it('follows events over a socket without any header', async () => {
    const { tenant, token } = await employee();
    const session = await embedded(token);
    const url = `${mak.url.replace('http', 'ws')}/graphql`;
    const client = createClient({
      url,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${session.token}` },
    });
    const [names, problems]: [unknown[], unknown[]] = [[], []];
    client.subscribe(
      { query: 'subscription { masterDealEvents { masterDealId } }' },
      {
        next: ({ data, errors }) => (errors ? problems.push(...errors) : names.push(data)),
        error: (error) => problems.push(error),
        complete: () => undefined,
      },
    );
    await expect
      .poll(async () => {
        await mak.call('/v1/deals', { key: tenant.apiKey, body: { name: 'A deal' } });
        return names.length;
      })
      .toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await mak.call('/v1/auth/sign-out', { key: session.token, body: {} });
    await expect.poll(() => problems.length).toBe(1);
    await client.dispose();
  });

  it('is not begun by a cookie that a page put into the payload', async () => {
    const { email } = await employee();
    const signedIn = await mak.call('/v1/auth/sign-in/email', {
      body: { email, password: PASSWORD },
    });
    const [cookie] = signedIn.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    const origin = 'http://127.0.0.1:3000';
    expect(await firstAnswer({ cookie, origin })).toContain('Sign in');
    expect(await firstAnswer({ headers: { cookie, origin } })).toContain('Sign in');
  });

  it('is asked for in vain by payloads that are none', async () => {
    for (const authorization of [null, 7, {}, [], 'Bearer makp_guessed', 'Bearer x', '\u0000']) {
      const said = JSON.stringify(authorization);
      expect(await firstAnswer({ authorization }), said).toContain('Sign in');
    }
  });
});

/** What a subscription is told first whose socket began with this payload. */
async function firstAnswer(connectionParams: Record<string, unknown>): Promise<string> {
  const url = `${mak.url.replace('http', 'ws')}/graphql`;
  const client = createClient({ url, retryAttempts: 0, connectionParams });
  const answer = await new Promise<string>((resolve) => {
    client.subscribe(
      { query: 'subscription { masterDealEvents { masterDealId } }' },
      {
        next: ({ errors }) => resolve(JSON.stringify(errors)),
        error: (error) => resolve(JSON.stringify(error)),
        complete: () => resolve('complete'),
      },
    );
  });
  await client.dispose();
  return answer;
}
