import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';

interface Created {
  readonly id: string;
  readonly secret: string;
}

let mak: TestApp;
let second: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  second = await startApp({ database: mak.database });
});
beforeEach(async () => {
  tenant = await mak.createTenant();
});
afterAll(async () => {
  await second.close();
  await mak.close();
});

const create = (body: object, key = tenant.apiKey) =>
  mak.call<Created>('/v1/api-clients', { key, body: { name: 'A machine', ...body } });

const revoke = (id: string) =>
  mak.call(`/v1/api-clients/${id}`, { key: tenant.apiKey, method: 'DELETE' });

describe('API keys', () => {
  it('open what their scopes say and nothing else', async () => {
    const { body } = await create({ scopes: ['audit:read', 'tenant:manage', 'audit:read'] });
    expect(body).toMatchObject({ kind: 'api_key', scopes: ['audit:read', 'tenant:manage'] });
    expect((await mak.call('/v1/tenant', { key: body.secret })).status).toBe(200);
    expect(await mak.call('/v1/api-clients', { key: body.secret })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it('are listed without their secrets, newest first, in pages', async () => {
    const made: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      made.unshift((await create({ name, scopes: ['deals:read'] })).body.id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await mak.call<{ items: { id: string }[]; next: string | null }>(
        `/v1/api-clients?limit=2${cursor}`,
        { key: tenant.apiKey },
      );
      expect(JSON.stringify(body)).not.toMatch(/secret|hash/);
      seen.push(...body.items.map((item) => item.id));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen.slice(0, 3)).toEqual(made);
    expect(seen).toHaveLength(4);
  });

  it('are stored as hashes only', async () => {
    const { body } = await create({ scopes: ['deals:read'] });
    const rows = await mak.database.query('SELECT * FROM api_client');
    expect(JSON.stringify(rows)).not.toContain(body.secret);
  });

  it('are refused in every process at once when they are revoked', async () => {
    const { body } = await create({ scopes: ['deals:read'] });
    for (const app of [mak, second]) {
      expect((await app.call('/v1/tenant', { key: body.secret })).status).toBe(200);
    }
    expect((await revoke(body.id)).status).toBe(200);
    expect((await mak.call('/v1/tenant', { key: body.secret })).status).toBe(401);
    // The other process hears of it over Redis, before it would ask again by itself.
    await expect
      .poll(async () => (await second.call('/v1/tenant', { key: body.secret })).status, {
        timeout: 4_000,
        interval: 20,
      })
      .toBe(401);
    expect((await revoke(body.id)).status).toBe(200);
  });

  it('end at the time that was set', async () => {
    const past = await create({ scopes: ['deals:read'], expires_at: '2020-01-01T00:00:00Z' });
    expect((await mak.call('/v1/tenant', { key: past.body.secret })).status).toBe(401);
  });

  it('cannot hand out more than they have', async () => {
    const { body } = await create({ scopes: ['api-clients:manage', 'deals:read'] });
    expect(await create({ scopes: ['deals:write'] }, body.secret)).toMatchObject({
      status: 403,
      body: { code: 'scope_not_held', field: 'scopes' },
    });
    expect((await create({ scopes: ['deals:read'] }, body.secret)).status).toBe(201);
  });

  it('of a tenant are invisible to another', async () => {
    const { body } = await create({ scopes: ['deals:read'] });
    const other = await mak.createTenant();
    expect(
      (await mak.call(`/v1/api-clients/${body.id}`, { key: other.apiKey, method: 'DELETE' }))
        .status,
    ).toBe(404);
    const list = await mak.call<{ items: { id: string }[] }>('/v1/api-clients', {
      key: other.apiKey,
    });
    expect(list.body.items.map((item) => item.id)).not.toContain(body.id);
    expect((await mak.call('/v1/tenant', { key: body.secret })).status).toBe(200);
  });

  it.each([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ scopes: ['deals:read'], kind: 'magic' }, 'kind'],
    [{ scopes: ['deals:read'], tenant_id: 'x' }, 'tenant_id'],
  ])('refuse %j', async (body, field) => {
    expect(await create(body)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', field },
    });
  });
});

describe('OAuth client credentials', () => {
  const form = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${mak.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields), headers });
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });
  const oauthClient = async (scopes: string[]) => (await create({ kind: 'oauth', scopes })).body;

  it('buy a token by form or JSON, by Basic or in the body', async () => {
    const { id, secret } = await oauthClient(['deals:read', 'tenant:manage']);
    const grant = { grant_type: 'client_credentials' };
    const answers = [
      await form(grant, basic(id, secret)),
      await form({ ...grant, client_id: id, client_secret: secret }),
      await fetch(`${mak.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...grant, client_id: id, client_secret: secret }),
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const token = (await answer.json()) as { access_token: string };
      expect(token).toMatchObject({
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'deals:read tenant:manage',
      });
      expect((await mak.call('/v1/tenant', { key: token.access_token })).status).toBe(200);
    }
  });

  it('can ask for fewer scopes, and never get more', async () => {
    const { id, secret } = await oauthClient(['deals:read', 'api-clients:manage']);
    const narrow = await form(
      { grant_type: 'client_credentials', scope: 'deals:read' },
      basic(id, secret),
    );
    const { access_token: token, scope } = (await narrow.json()) as Record<string, string>;
    expect(scope).toBe('deals:read');
    expect((await mak.call('/v1/api-clients', { key: token ?? '' })).status).toBe(403);
    const wide = await form(
      { grant_type: 'client_credentials', scope: 'deals:read audit:read' },
      basic(id, secret),
    );
    expect(wide.status).toBe(400);
    expect(await wide.json()).toMatchObject({ error: 'invalid_scope' });
  });

  it('end with the client, tokens included', async () => {
    const { id, secret } = await oauthClient(['deals:read']);
    const grant = { grant_type: 'client_credentials' };
    const bought = (await (await form(grant, basic(id, secret))).json()) as Record<string, string>;
    const token = bought.access_token ?? '';
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(200);
    await revoke(id);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
    expect((await form(grant, basic(id, secret))).status).toBe(401);
  });

  it('refuse a token that was changed', async () => {
    const { id, secret } = await oauthClient(['deals:read']);
    const answer = await form({ grant_type: 'client_credentials' }, basic(id, secret));
    const { access_token: token = '' } = (await answer.json()) as Record<string, string>;
    const [payload = '', signature = ''] = token.slice(5).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, scopes: ['audit:read'] })).toString(
      'base64url',
    );
    for (const key of [
      `makt_${forged}.${signature}`,
      `makt_${payload}`,
      `makt_${payload}.`,
      'makt_',
      `${token}.x`,
    ]) {
      expect((await mak.call('/v1/tenant', { key })).status).toBe(401);
    }
  });

  it('refuse in the words of RFC 6749', async () => {
    const { id, secret } = await oauthClient(['deals:read']);
    const grant = { grant_type: 'client_credentials' };
    const error = async (answer: Response) => [
      answer.status,
      ((await answer.json()) as { error: string }).error,
    ];
    expect(await error(await form(grant, basic(id, 'wrong')))).toEqual([401, 'invalid_client']);
    expect(await error(await form(grant, basic(tenant.id, secret)))).toEqual([
      401,
      'invalid_client',
    ]);
    expect(await error(await form(grant))).toEqual([401, 'invalid_client']);
    expect(await error(await form({}, basic(id, secret)))).toEqual([400, 'invalid_request']);
    expect(await error(await form({ grant_type: 'password' }, basic(id, secret)))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    expect(
      await error(
        await form({ ...grant, client_id: id, client_secret: secret }, basic(id, secret)),
      ),
    ).toEqual([400, 'invalid_request']);
    const answer = await form(grant, basic(id, 'wrong'));
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
  });

  it('are no bearer credentials themselves, and API keys buy no tokens', async () => {
    const { secret } = await oauthClient(['deals:read']);
    expect((await mak.call('/v1/tenant', { key: secret })).status).toBe(401);
    const key = await create({ scopes: ['deals:read'] });
    expect(
      (await form({ grant_type: 'client_credentials' }, basic(key.body.id, key.body.secret)))
        .status,
    ).toBe(401);
  });
});
