import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';

interface RatePage {
  readonly items: { base: string; quote: string; day: string; rate: string }[];
  readonly next: string | null;
  readonly code?: string;
  readonly field?: string;
}
interface Sum {
  readonly currency: string;
  readonly amount: number;
  readonly missing: string[];
}

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak?.close());

const setRates = (key: string, ...rates: object[]) =>
  mak.call<RatePage>('/v1/exchange-rates', { key, method: 'PUT', body: { rates } });
const list = async (key: string, query = '') =>
  (await mak.call<RatePage>(`/v1/exchange-rates${query}`, { key })).body;
const ask = async <Data>(key: string, query: string) =>
  (await mak.call<{ data: Data; errors?: object[] }>('/graphql', { key, body: { query } })).body;

describe('the table of rates', () => {
  it('keeps exact numbers, newest day first, page by page', async () => {
    const { apiKey } = await mak.createTenant();
    const set = await setRates(
      apiKey,
      { base: 'USD', day: '2026-01-02', rate: '0.923456789012' },
      { base: 'UAH', day: '2026-01-02', rate: '0.020' },
      { base: 'USD', quote: 'UAH', day: '2026-01-03', rate: '41' },
    );
    expect(set).toMatchObject({ status: 200, body: { items: [{ quote: 'EUR' }, {}, {}] } });
    const first = await list(apiKey, '?limit=2');
    const rest = await list(apiKey, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual([
      { base: 'USD', quote: 'UAH', day: '2026-01-03', rate: '41' },
      { base: 'USD', quote: 'EUR', day: '2026-01-02', rate: '0.923456789012' },
      { base: 'UAH', quote: 'EUR', day: '2026-01-02', rate: '0.02' },
    ]);
    expect(rest.next).toBeNull();
    expect((await list(apiKey, '?currency=UAH')).items).toHaveLength(2);
  });

  it('replaces a rate of the same pair and day, and deletes one', async () => {
    const { apiKey: key } = await mak.createTenant();
    await setRates(key, { base: 'USD', day: '2026-01-02', rate: '0.9' });
    await setRates(key, { base: 'USD', day: '2026-01-02', rate: '0.8' });
    expect((await list(key)).items).toMatchObject([{ rate: '0.8' }]);
    const path = '/v1/exchange-rates/USD/EUR/2026-01-02';
    expect((await mak.call(path, { key, method: 'DELETE' })).status).toBe(204);
    expect((await mak.call(path, { key, method: 'DELETE' })).status).toBe(404);
    expect((await list(key)).items).toEqual([]);
    const audit = await mak.call<{ items: { action: string }[] }>(
      '/v1/audit?entity=exchange_rate',
      { key },
    );
    expect(audit.body.items.map(({ action }) => action)).toEqual([
      'exchange_rate.deleted',
      'exchange_rate.set',
      'exchange_rate.set',
    ]);
  });

  it.each([
    ['0', { rate: '0' }, 'invalid_request', 'rates.0.rate'],
    ['a number', { rate: 0.5 }, 'invalid_request', 'rates.0.rate'],
    ['an exponent', { rate: '1e3' }, 'invalid_request', 'rates.0.rate'],
    ['no day', { day: '2026-02-30' }, 'invalid_request', 'rates.0.day'],
    ['no currency', { base: 'usd' }, 'invalid_request', 'rates.0.base'],
    ['itself', { base: 'EUR' }, 'same_currency', 'rates.0'],
    ['something unknown', { note: 'x' }, 'invalid_request', 'rates.0.note'],
  ])('refuses %s and changes nothing', async (_case, wrong, code, field) => {
    const { apiKey } = await mak.createTenant();
    const rate = { base: 'USD', day: '2026-01-02', rate: '0.9' };
    const answer = await setRates(apiKey, { ...rate, ...wrong }, { ...rate, day: '2026-01-01' });
    expect(answer).toMatchObject({ status: 422, body: { code, field } });
    expect((await list(apiKey)).items).toEqual([]);
  });

  it('refuses the same rate twice in one request, and strange cursors', async () => {
    const { apiKey } = await mak.createTenant();
    const rate = { base: 'USD', day: '2026-01-02', rate: '0.9' };
    expect((await setRates(apiKey, rate, { ...rate, quote: 'EUR' })).body.code).toBe(
      'duplicate_rate',
    );
    expect((await list(apiKey, '?cursor=bm90aGluZw')).code).toBe('invalid_cursor');
  });

  it('is read by whoever reads deals and changed by whoever manages the tenant', async () => {
    const { apiKey } = await mak.createTenant();
    const { body } = await mak.call<{ secret: string }>('/v1/api-clients', {
      key: apiKey,
      body: { name: 'reader', scopes: ['deals:read'] },
    });
    expect((await list(body.secret)).items).toEqual([]);
    expect((await setRates(body.secret)).status).toBe(403);
  });

  it('is there over GraphQL', async () => {
    const { apiKey } = await mak.createTenant();
    const set = await ask(
      apiKey,
      'mutation { setExchangeRates(rates: [{ base: "USD", day: "2026-01-02", rate: "0.9" }]) { base quote rate } }',
    );
    expect(set.data).toEqual({ setExchangeRates: [{ base: 'USD', quote: 'EUR', rate: '0.9' }] });
    const read = await ask(
      apiKey,
      '{ exchangeRates(currency: "USD") { items { day rate } next } }',
    );
    expect(read.data).toEqual({
      exchangeRates: { items: [{ day: '2026-01-02', rate: '0.9' }], next: null },
    });
    const deletion =
      'mutation { deleteExchangeRate(base: "USD", quote: "EUR", day: "2026-01-02") }';
    expect((await ask(apiKey, deletion)).data).toEqual({ deleteExchangeRate: true });
    expect((await ask(apiKey, deletion)).errors).toMatchObject([
      { extensions: { code: 'not_found' } },
    ]);
  });
});

describe('sums of deals', () => {
  interface Board {
    readonly board: { columns: { sum: Sum }[] };
    readonly dealCounts: { sum: Sum }[];
  }
  const SUMS =
    '{ board { columns { sum { currency amount missing } } } dealCounts { sum { currency amount missing } } }';

  /** The one sum of a tenant whose deals are all in the first stage. */
  async function sumOf(key: string): Promise<Sum | undefined> {
    const { data, errors } = await ask<Board>(key, SUMS);
    expect(errors).toBeUndefined();
    const [column] = data.board.columns;
    expect(data.dealCounts[0]?.sum).toEqual(column?.sum);
    const { body } = await mak.call<{ items: { sum: Sum }[] }>('/v1/deals/counts', { key });
    expect(body.items[0]?.sum).toEqual(column?.sum);
    return column?.sum;
  }

  it("are shown in the tenant's currency at the last rates of its present day", async () => {
    const { apiKey: key, id } = await mak.createTenant({ time_zone: 'Asia/Tokyo' });
    await mak.call('/v1/pipelines', { key, body: { preset: 'adtech', publish: true } });
    for (const [amount, currency] of [
      [1_000, 'EUR'],
      [1_000, 'USD'],
      [500, 'JPY'],
      [7, 'XAU'],
    ]) {
      await mak.call('/v1/deals', { key, body: { name: 'A deal', amount, currency } });
    }
    expect(await sumOf(key)).toEqual({
      currency: 'EUR',
      amount: 1_000,
      missing: ['JPY', 'USD', 'XAU'],
    });
    await setRates(
      key,
      { base: 'USD', day: '2020-01-01', rate: '0.8' },
      { base: 'USD', day: '2020-06-01', rate: '0.9' },
      { base: 'USD', day: '2999-01-01', rate: '5' },
      { base: 'EUR', quote: 'JPY', day: '2020-01-01', rate: '160' },
    );
    // 1000 + 1000 × 0.9 + 500 ÷ 160 × 100 = 2212.5, half to even
    expect(await sumOf(key)).toEqual({ currency: 'EUR', amount: 2_212, missing: ['XAU'] });
    const freeze = (at: string) =>
      mak.database.query('UPDATE tenant SET clock_frozen_at = $2 WHERE id = $1', [id, at]);
    await freeze('2020-05-31T14:59:59Z');
    expect((await sumOf(key))?.amount).toBe(2_112);
    // Midnight in Tokyo.
    await freeze('2020-05-31T15:00:00Z');
    expect((await sumOf(key))?.amount).toBe(2_212);
    await mak.call('/v1/tenant', { key, method: 'PATCH', body: { version: 1, currency: 'USD' } });
    expect(await sumOf(key)).toMatchObject({ currency: 'USD', missing: ['JPY', 'XAU'] });
  });
});
