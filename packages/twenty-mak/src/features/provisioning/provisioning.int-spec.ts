import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

const operator = (body?: unknown) => ({
  key: mak.operatorKey,
  ...(body === undefined ? {} : { body }),
});

describe('the operator', () => {
  it('makes a tenant whose first key opens that tenant', async () => {
    const answer = await mak.call<{ tenant: { id: string }; api_key: { secret: string } }>(
      '/v1/tenants',
      operator({
        key: 'acme',
        name: 'Acme',
        currency: 'UAH',
        time_zone: 'Europe/Kyiv',
        locale: 'uk',
      }),
    );
    expect(answer).toMatchObject({
      status: 201,
      body: {
        tenant: {
          key: 'acme',
          currency: 'UAH',
          escalation: true,
          clock_frozen_at: null,
          version: 1,
        },
        api_key: { kind: 'api_key', secret: expect.stringMatching(/^mak_[\w-]{43}$/) },
      },
    });
    const own = await mak.call('/v1/tenant', { key: answer.body.api_key.secret });
    expect(own).toMatchObject({ status: 200, body: { id: answer.body.tenant.id, name: 'Acme' } });
  });

  it('refuses a second tenant with the same key and changes nothing', async () => {
    await mak.call('/v1/tenants', operator({ key: 'twice', name: 'First' }));
    expect(await mak.call('/v1/tenants', operator({ key: 'twice', name: 'Second' }))).toMatchObject(
      {
        status: 409,
        body: { code: 'tenant_exists', field: 'key' },
      },
    );
    expect(await mak.call('/v1/tenants/twice', operator())).toMatchObject({
      body: { name: 'First' },
    });
  });

  it.each([
    ['key', { key: 'No Spaces', name: 'x' }],
    ['name', { key: 'noname', name: ' ' }],
    ['currency', { key: 'c', name: 'x', currency: 'euro' }],
    ['time_zone', { key: 'z', name: 'x', time_zone: 'Moon/Crater' }],
    ['clock_frozen_at', { key: 'f', name: 'x', clock_frozen_at: 'yesterday' }],
    ['colour', { key: 'u', name: 'x', colour: 'red' }],
  ])('names %s as the field at fault', async (field, body) => {
    expect(await mak.call('/v1/tenants', operator(body))).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', field },
    });
  });

  it('refuses a demo tenant outside demo mode', async () => {
    expect(
      await mak.call('/v1/tenants', operator({ key: 'demo', name: 'Demo', demo: true })),
    ).toMatchObject({ status: 422, body: { code: 'demo_mode_only' } });
  });

  it('cannot even start over a database with a demo tenant, outside demo mode', async () => {
    const demo = await startApp({ env: { MAK_MODE: 'demo' } });
    try {
      const { id } = await demo.createTenant({ demo: true });
      expect((await demo.call(`/v1/tenants/${id}`, operator())).body).toMatchObject({ demo: true });
      await expect(
        startApp({ database: demo.database, env: { MAK_MODE: 'production' } }),
      ).rejects.toThrow(/demo tenant/);
    } finally {
      await demo.close();
    }
  });

  it('gives the first admin a password or an invitation', async () => {
    const admin = { email: 'Boss@Example.com', name: 'The boss' };
    const invited = await mak.call('/v1/tenants', operator({ key: 'invites', name: 'x', admin }));
    expect(invited).toMatchObject({
      status: 201,
      body: {
        accounts: [
          {
            account: { email: 'boss@example.com', role: 'admin', status: 'invited' },
            invitation: { token: expect.any(String) },
          },
        ],
      },
    });
    const short = { ...admin, password: 'too short' };
    expect(
      await mak.call('/v1/tenants', operator({ key: 'weak', name: 'x', admin: short })),
    ).toMatchObject({ status: 422, body: { field: 'admin.password' } });
    expect((await mak.call('/v1/tenants/weak', operator())).status).toBe(404);
  });

  it('publishes the presets that were asked for, the first one as the default', async () => {
    const { apiKey } = await mak.createTenant({ pipelines: ['credit', 'adtech'] });
    const { body } = await mak.call<{ items: object[] }>('/v1/pipelines', { key: apiKey });
    expect(body.items).toHaveLength(2);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'credit', is_default: true, current_version: 1 }),
        expect.objectContaining({ key: 'adtech', is_default: false, current_version: 1 }),
      ]),
    );
    expect(
      await mak.call('/v1/tenants', operator({ key: 'unknown', name: 'x', pipelines: ['none'] })),
    ).toMatchObject({ status: 422, body: { field: 'pipelines.0' } });
  });

  it('lists tenants in pages', async () => {
    for (const key of ['page-a', 'page-b', 'page-c']) {
      await mak.call('/v1/tenants', operator({ key, name: key }));
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await mak.call<{ items: { key: string }[]; next: string | null }>(
        `/v1/tenants?limit=2${cursor}`,
        operator(),
      );
      seen.push(...body.items.map((item) => item.key));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen).toEqual(seen.toSorted());
    expect(seen).toEqual(expect.arrayContaining(['page-a', 'page-b', 'page-c']));
  });

  it('freezes the clock and lets it run again', async () => {
    const { id, key } = await mak.createTenant();
    const frozen = await mak.call(
      `/v1/tenants/${key}/clock`,
      operator({ frozen_at: '2012-03-14T15:04:54.321+01:00' }),
    );
    expect(frozen).toMatchObject({
      status: 200,
      body: { clock_frozen_at: '2012-03-14T14:04:54.321Z' },
    });
    expect(await mak.call(`/v1/tenants/${id}/clock`, operator({ frozen_at: null }))).toMatchObject({
      status: 200,
      body: { clock_frozen_at: null },
    });
  });

  it('deletes a tenant only with its name, and then its key is worth nothing', async () => {
    const { key, apiKey } = await mak.createTenant({ name: 'Gone soon' });
    expect(
      await mak.call(`/v1/tenants/${key}?confirm=Other`, { ...operator(), method: 'DELETE' }),
    ).toMatchObject({ status: 422, body: { code: 'not_confirmed' } });
    expect((await mak.call('/v1/tenant', { key: apiKey })).status).toBe(200);
    const gone = await mak.call(`/v1/tenants/${key}?confirm=Gone%20soon`, {
      ...operator(),
      method: 'DELETE',
    });
    expect(gone.status).toBe(204);
    expect((await mak.call('/v1/tenant', { key: apiKey })).status).toBe(401);
    expect((await mak.call(`/v1/tenants/${key}`, operator())).status).toBe(404);
  });

  it('is the only one who may call these routes', async () => {
    const { key, apiKey } = await mak.createTenant();
    for (const credential of [apiKey, 'wrong', undefined]) {
      const status = credential === apiKey ? 403 : 401;
      const as = credential === undefined ? {} : { key: credential };
      expect((await mak.call('/v1/tenants', as)).status).toBe(status);
      expect((await mak.call('/v1/tenants', { ...as, body: { key: 'x', name: 'x' } })).status).toBe(
        status,
      );
      expect((await mak.call(`/v1/tenants/${key}`, as)).status).toBe(status);
    }
    expect((await mak.call('/v1/tenant', operator())).status).toBe(403);
  });
});
