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

  it('have languages and a working calendar', async () => {
    const { apiKey } = await mak.createTenant();
    const edit = (version: number, change: object) =>
      mak.call('/v1/tenant', { key: apiKey, method: 'PATCH', body: { version, ...change } });
    expect((await mak.call('/v1/tenant', { key: apiKey })).body).toMatchObject({
      locale: 'en',
      languages: ['en', 'ru', 'uk'],
      working_calendar: null,
    });
    expect(await edit(1, { languages: ['uk', 'ru', 'uk'], locale: 'uk' })).toMatchObject({
      status: 200,
      body: { languages: ['ru', 'uk'], locale: 'uk' },
    });
    for (const change of [{ languages: ['ru'] }, { locale: 'en' }]) {
      expect(await edit(2, change)).toMatchObject({
        status: 422,
        body: { code: 'language_not_offered', field: 'languages' },
      });
    }
    const calendar = {
      kind: 'working',
      timeZone: 'Europe/Kyiv',
      week: { 1: [{ from: '09:00', to: '18:00' }] },
      holidays: ['2026-01-01'],
    };
    const named = { name: 'office', calendar };
    expect(await edit(2, { working_calendar: named })).toMatchObject({
      status: 200,
      body: { working_calendar: named },
    });
    for (const [wrong, code, field] of [
      [
        { ...calendar, timeZone: 'Mars' },
        'time_zone_unknown',
        'working_calendar.calendar.timeZone',
      ],
      [{ ...calendar, week: {} }, 'no_working_time', 'working_calendar.calendar.week'],
      [{ kind: 'lunar' }, 'calendar_kind_unknown', 'working_calendar.calendar.kind'],
    ]) {
      expect(
        await edit(3, { working_calendar: { name: 'office', calendar: wrong } }),
      ).toMatchObject({
        status: 422,
        body: { code, field },
      });
    }
    expect(await edit(3, { working_calendar: { name: 'Our Office', calendar } })).toMatchObject({
      status: 422,
      body: { field: 'working_calendar.name' },
    });
    expect(await edit(3, { working_calendar: null })).toMatchObject({
      status: 200,
      body: { working_calendar: null, version: 4 },
    });
  });

  it('are read and changed over GraphQL', async () => {
    const { apiKey } = await mak.createTenant();
    const ask = async (query: string) =>
      (await mak.call<{ data: unknown }>('/graphql', { key: apiKey, body: { query } })).body;
    const calendar = '{ kind: "always" }';
    expect(
      await ask(`mutation { updateTenant(input: { version: 1, languages: ["en", "uk"], timeZone: null,
        workingCalendar: { name: "always", calendar: ${calendar} } }) { languages timeZone workingCalendar } }`),
    ).toEqual({
      data: {
        updateTenant: {
          languages: ['en', 'uk'],
          timeZone: 'UTC',
          workingCalendar: { name: 'always', calendar: { kind: 'always' } },
        },
      },
    });
    await ask('mutation { updateTenant(input: { version: 2, workingCalendar: null }) { id } }');
    expect(await ask('{ tenant { workingCalendar version } }')).toEqual({
      data: { tenant: { workingCalendar: null, version: 3 } },
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
