import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import { presentOf } from './index.ts';

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

describe('the settings of a tenant', () => {
  it('change with the current version', async () => {
    const { apiKey } = await mak.createTenant();
    const edited = await mak.call('/v1/tenant', {
      key: apiKey,
      method: 'PATCH',
      body: { version: 1, name: 'New name', currency: 'USD' },
    });
    expect(edited).toMatchObject({
      status: 200,
      body: { name: 'New name', currency: 'USD', time_zone: 'UTC', version: 2 },
    });
  });

  it('stay when the version is an old one, and both values are told', async () => {
    const { apiKey } = await mak.createTenant();
    const edit = (name: string) =>
      mak.call('/v1/tenant', { key: apiKey, method: 'PATCH', body: { version: 1, name } });
    await edit('First');
    expect(await edit('Second')).toMatchObject({
      status: 409,
      body: {
        code: 'stale_version',
        current: { name: 'First', version: 2 },
        sent: { name: 'Second', version: 1 },
      },
    });
    expect(await mak.call('/v1/tenant', { key: apiKey })).toMatchObject({
      body: { name: 'First' },
    });
  });

  it('name the twenty that may embed our pages, by its origin and nothing else', async () => {
    const { apiKey } = await mak.createTenant();
    const edit = (version: number, twenty_url: unknown) =>
      mak.call('/v1/tenant', { key: apiKey, method: 'PATCH', body: { version, twenty_url } });
    const origin = 'https://crm.example.com:8443';
    expect(await edit(1, origin)).toMatchObject({ status: 200, body: { twenty_url: origin } });
    for (const wrong of [
      `${origin}/`,
      `${origin}/path`,
      'https://crm.example.com:443',
      'https://CRM.example.com',
      'https://a.example;script-src *',
      'https://a.example;b',
      'https://me@a.example',
      'javascript:alert(1)',
      '*',
      '',
    ]) {
      expect(await edit(2, wrong), wrong).toMatchObject({
        status: 422,
        body: { field: 'twenty_url' },
      });
    }
    expect(await edit(2, null)).toMatchObject({ status: 200, body: { twenty_url: null } });
  });

  it('cannot freeze the clock or move the tenant to demo', async () => {
    const { apiKey } = await mak.createTenant();
    for (const member of ['clock_frozen_at', 'demo', 'key', 'id']) {
      expect(
        await mak.call('/v1/tenant', {
          key: apiKey,
          method: 'PATCH',
          body: { version: 1, [member]: 'x' },
        }),
      ).toMatchObject({ status: 422, body: { field: member } });
    }
  });
});

describe('the present of a tenant', () => {
  it('is frozen or the time of the database', async () => {
    const database = mak.app.get(Database);
    const frozen = await mak.createTenant({ clock_frozen_at: '2012-03-14T15:04:54.321Z' });
    const running = await mak.createTenant();
    const present = (tenantId: string) =>
      database.within({ tenantId }, (transaction) => presentOf(transaction, tenantId));
    expect(await present(frozen.id)).toBe(Date.UTC(2012, 2, 14, 15, 4, 54, 321));
    expect(Math.abs((await present(running.id)) - Date.now())).toBeLessThan(60_000);
    await expect(
      database.within({ tenantId: running.id }, (transaction) => presentOf(transaction, frozen.id)),
    ).rejects.toThrow('not visible');
  });
});
