import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { keyWith } from '../../../test/support/leads.ts';
import type { ArticleAnswer, ArticleDetailAnswer, StockAnswer } from './articles.dto.ts';

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
});
afterAll(() => mak.close());

interface Problem {
  readonly code: string;
  readonly field?: string;
}
type Page = { readonly items: readonly ArticleAnswer[]; readonly next: string | null };

const call = <Body = ArticleAnswer>(
  path: string,
  body?: object,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Answer<Body>> =>
  mak.call<Body>(`/v1/articles${path}`, {
    key: tenant.apiKey,
    method,
    ...(body === undefined ? {} : { body }),
  });

const numbered = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

async function make(changes: object = {}): Promise<ArticleAnswer> {
  const { status, body } = await call('', { sku: numbered('CAP'), name: 'Cap', ...changes });
  expect(status).toBe(201);
  return body;
}
async function read(id: string): Promise<ArticleDetailAnswer> {
  return (await call<ArticleDetailAnswer>(`/${id}`)).body;
}
const count = (stocks: readonly object[]): Promise<Answer<{ changed: number } & Problem>> =>
  call('/stocks', { stocks }, 'PUT');
const quantities = (stocks: readonly StockAnswer[]) =>
  stocks.map(({ warehouse, quantity, reserved }) => [warehouse, quantity, reserved]);

/** What left of an article, in its order. */
const told = (id: string) =>
  mak.database.query<{ type: string; deal_version: number; data: object }>(
    'SELECT type, deal_version, data FROM outbox WHERE deal_id = $1 ORDER BY deal_version',
    [id],
  );

describe('an article', () => {
  it('is made with all that is known of it, and read again', async () => {
    const fields = {
      sku: numbered('TSH'),
      name: 'T-shirt',
      description: 'Cotton.\nWash cold.',
      barcode: '4006381333931',
      unit: 'kg',
      product: 'T-shirt',
      properties: [{ name: 'Colour', value: 'чорний' }],
      price: 59_900,
      purchase_price: 25_050,
      currency: 'UAH',
    };
    const made = await make(fields);
    expect(made).toMatchObject({ ...fields, archived: false, version: 1 });
    expect(await read(made.id)).toEqual({ ...made, stocks: [] });
  });

  it('is edited in what is named alone, and tells of it', async () => {
    const made = await make({ price: 100, currency: 'EUR' });
    const edit = { version: 1, price: 90, description: 'New.' };
    const { body } = await call(`/${made.id}`, edit, 'PATCH');
    expect(body).toMatchObject({ ...edit, sku: made.sku, version: 2 });
    const again = { version: 2, price: 90 };
    expect((await call(`/${made.id}`, again, 'PATCH')).body.version).toBe(2);
    expect(await told(made.id)).toEqual([
      { type: 'article.created', deal_version: 1, data: { sku: made.sku } },
      {
        type: 'article.changed',
        deal_version: 2,
        data: { sku: made.sku, fields: ['description', 'price'] },
      },
    ]);
  });

  it('is not edited on an old version, which is shown as it is now', async () => {
    const { id } = await make();
    await call(`/${id}`, { version: 1, name: 'First' }, 'PATCH');
    const { status, body } = await call<Problem>(`/${id}`, { version: 1, name: 'Late' }, 'PATCH');
    expect([status, body.code]).toEqual([409, 'stale_version']);
    expect((await read(id)).name).toBe('First');
  });

  it('has a number that no other one has, also when two want it at once', async () => {
    const [one, other] = [await make(), await make()];
    const taken = { status: 409, body: { code: 'sku_taken', field: 'sku' } };
    expect(await call('', { sku: one.sku, name: 'Copy' })).toMatchObject(taken);
    const edit = { version: 1, sku: one.sku };
    expect(await call(`/${other.id}`, edit, 'PATCH')).toMatchObject(taken);
    const sku = numbered('WANTED');
    const answers = await Promise.all([
      call('', { sku, name: 'A' }),
      call(`/${other.id}`, { version: 1, sku }, 'PATCH'),
      call('', { sku, name: 'B' }),
    ]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    expect((await call<Page>(`?text=${sku}`)).body.items).toHaveLength(1);
  });

  it.each([
    ['a price without a currency', { price: 1 }, 'price_without_currency'],
    ['a currency without a price', { currency: 'EUR' }, 'currency_without_price'],
    [
      'a property twice',
      { properties: ['a', 'b'].map((value) => ({ name: 'Size', value })) },
      'repeated_property',
    ],
    ['a price with parts of a minor unit', { price: 0.5, currency: 'EUR' }, 'invalid_request'],
    ['no name', { name: ' ' }, 'invalid_request'],
  ])('has not %s', async (_title, changes, code) => {
    const sku = numbered('NO');
    const { status, body } = await call<Problem>('', { sku, name: 'No', ...changes });
    expect([status, body.code]).toEqual([422, code]);
    expect((await call<Page>(`?text=${sku}`)).body.items).toEqual([]);
  });

  it('is archived and restored, and is listed apart meanwhile', async () => {
    const { id, sku } = await make();
    await call(`/${id}/archive`, { version: 1 });
    expect((await call<Page>(`?text=${sku}`)).body.items).toEqual([]);
    expect((await call<Page>(`?text=${sku}&archived=true`)).body.items).toMatchObject([{ id }]);
    expect((await call(`/${id}/restore`, { version: 2 })).body).toMatchObject({ archived: false });
  });

  it('is found page by page by name, number and product, each once', async () => {
    const product = numbered('Product');
    for (const name of ['Mug b', 'Mug a', 'Mug c', 'mug %_\\'])
      await make({ name, product, sku: numbered('MUG') });
    const pages: string[] = [];
    let cursor = '';
    do {
      const { body } = await call<Page>(`?product=${product}&sort=-name&limit=3${cursor}`);
      pages.push(...body.items.map(({ name }) => name));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(pages).toHaveLength(4);
    expect(new Set(pages).size).toBe(4);
    const found = async (text: string) =>
      (await call<Page>(`?product=${product}&text=${encodeURIComponent(text)}`)).body.items.length;
    expect([await found('ug '), await found('MUG-'), await found('%_\\')]).toEqual([4, 4, 1]);
  });
});

describe('a stocktaking', () => {
  it('says how many there are now, and a repeat changes nothing', async () => {
    const { id, sku } = await make();
    const stocks = [
      { sku, warehouse: 'main', quantity: 12.345, reserved: 2 },
      { sku, warehouse: 'shop', quantity: -1 },
    ];
    expect((await count(stocks)).body).toEqual({ changed: 2 });
    expect((await count(stocks)).body).toEqual({ changed: 0 });
    expect((await count([{ sku, warehouse: 'shop', quantity: 4 }])).body).toEqual({ changed: 1 });
    const after = await read(id);
    expect(quantities(after.stocks)).toEqual([
      ['main', 12.345, 2],
      ['shop', 4, 0],
    ]);
    expect(after.version).toBe(1);
  });

  it('tells of each warehouse in the order of the article', async () => {
    const { id, sku } = await make();
    await count([
      { sku, warehouse: 'main', quantity: 5 },
      { sku, warehouse: 'shop', quantity: 6 },
    ]);
    await call(`/${id}`, { version: 1, name: 'Renamed' }, 'PATCH');
    const stock = (deal_version: number, warehouse: string, quantity: number) => ({
      type: 'article.stock.changed',
      deal_version,
      data: { warehouse, quantity, reserved: 0 },
    });
    expect((await told(id)).slice(1)).toEqual([
      stock(2, 'main', 5),
      stock(3, 'shop', 6),
      { type: 'article.changed', deal_version: 4, data: { sku, fields: ['name'] } },
    ]);
  });

  it('is taken over as a whole or not at all', async () => {
    const { id, sku } = await make();
    const line = { sku, warehouse: 'main', quantity: 5 };
    expect(await count([line, { ...line, sku: numbered('NEVER') }])).toMatchObject({
      status: 422,
      body: { code: 'unknown_article', field: 'stocks.1.sku' },
    });
    expect(await count([line, { ...line, quantity: 6 }])).toMatchObject({
      status: 422,
      body: { code: 'repeated_stock', field: 'stocks.1' },
    });
    expect((await count([{ ...line, quantity: 0.0001 }])).status).toBe(422);
    expect((await read(id)).stocks).toEqual([]);
    expect(await told(id)).toHaveLength(1);
  });

  it('of many at once by several systems loses nothing, and events keep their order', async () => {
    const articles = [await make(), await make(), await make()];
    await Promise.all(
      Array.from({ length: 12 }, (_, round) =>
        count(
          (round % 2 === 0 ? articles : articles.toReversed()).map(({ sku }) => ({
            sku,
            warehouse: `w${round}`,
            quantity: round,
          })),
        ),
      ),
    );
    for (const { id } of articles) {
      expect((await read(id)).stocks).toHaveLength(12);
      const versions = (await told(id)).map(({ deal_version }) => deal_version);
      expect(versions).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    }
  });
});

describe('the catalogue', () => {
  it('is the same by GraphQL', async () => {
    const ask = async (query: string) =>
      (
        await mak.call<{ data: Record<string, unknown> }>('/graphql', {
          key: tenant.apiKey,
          body: { query },
        })
      ).body.data;
    const sku = numbered('GQL');
    const made = await ask(
      `mutation { createArticle(input: { sku: "${sku}", name: "By GraphQL", price: 4294967296, currency: "UAH" }) { id version } }`,
    );
    const { id } = made['createArticle'] as { id: string };
    await ask(
      `mutation { countStocks(stocks: [{ sku: "${sku}", warehouse: "main", quantity: 1.5 }]) }`,
    );
    await ask(
      `mutation { editArticle(id: "${id}", input: { version: 1, price: null, currency: null }) { id } }`,
    );
    await ask(`mutation { archiveArticle(id: "${id}", version: 2) { id } }`);
    const article = { id, price: null, archived: true, stocks: [{ quantity: 1.5, reserved: 0 }] };
    expect(
      await ask(
        `{ articles(text: "${sku}", archived: true) { nodes { id price archived stocks { quantity reserved } } } }`,
      ),
    ).toEqual({ articles: { nodes: [article] } });
    expect(await ask(`{ article(id: "${id}") { name } }`)).toEqual({
      article: { name: 'By GraphQL' },
    });
  });

  it('is read and written with permissions of its own', async () => {
    const reader = await keyWith(mak, tenant, ['catalogue:read']);
    const other = await keyWith(mak, tenant, ['deals:read', 'deals:write']);
    const body = { sku: numbered('NO'), name: 'No' };
    expect((await mak.call('/v1/articles', { key: reader })).status).toBe(200);
    expect((await mak.call('/v1/articles', { key: reader, body })).status).toBe(403);
    expect((await mak.call('/v1/articles', { key: other })).status).toBe(403);
  });

  it('of another tenant has its own numbers and stays unseen', async () => {
    const stranger = await mak.createTenant();
    const made = await make();
    const key = stranger.apiKey;
    expect((await mak.call(`/v1/articles/${made.id}`, { key })).status).toBe(404);
    const stocks = [{ sku: made.sku, warehouse: 'main', quantity: 1 }];
    expect(
      await mak.call('/v1/articles/stocks', { key, method: 'PUT', body: { stocks } }),
    ).toMatchObject({ status: 422, body: { code: 'unknown_article' } });
    const copy = { sku: made.sku, name: 'Own' };
    expect((await mak.call('/v1/articles', { key, body: copy })).status).toBe(201);
  });
});
