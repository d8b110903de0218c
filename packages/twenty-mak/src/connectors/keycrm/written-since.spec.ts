import { beforeEach, describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import type { RecordSources } from '../../platform/records/index.ts';
import type { RemoteChange, RemoteRecord, WrittenThere } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import { KeyCrmApi } from './api.ts';
import { BuyerRecords } from './buyer-records.ts';
import { KeyCrmClient } from './client.ts';
import { OfferRecords } from './offer-records.ts';
import { OrderRecords } from './order-records.ts';
import { settingsSchema } from './settings.ts';
import { KeyCrmSimulator } from './simulator/index.ts';

/* What a person writes in KeyCRM between a write of ours and the look at what it has become. */
const CONTACT = '5b0c1d8e-0000-4000-8000-000000000001';
const ORDER = '5b0c1d8e-0000-4000-8000-000000000002';
const ANNA = { name: 'Anna Koval', email: 'anna@example.test', phone: '+380671112233' };

let keycrm: KeyCrmSimulator;
let api: KeyCrmApi;
let account: KeyCrmAccount;
/** What somebody does right after a call, by how the call begins. */
let after: Readonly<Record<string, () => unknown>>;

beforeEach(async () => {
  keycrm = new KeyCrmSimulator({ limit: { calls: 1e6, window: 60_000 } });
  after = {};
  const client = new KeyCrmClient(
    {
      ask: async ({ method = 'GET', url, headers, body }) => {
        const path = url.slice(url.indexOf('/v1') + 3);
        const answer = keycrm.answer({ method, path, body }, headers['authorization']);
        const text = JSON.stringify(answer.body);
        for (const [call, act] of Object.entries(after))
          if (`${method} ${path}`.startsWith(call)) act();
        return { kind: 'answered', status: answer.status, body: text, retryAfter: null };
      },
    },
    { take: async () => ({ given: 1, waitMs: 0 }) },
    {
      address: 'https://keycrm.example/v1',
      apiKey: keycrm.apiKey,
      bucket: 'x',
      budget: { burst: 1, perSecond: 1 },
      lane: 'people',
    },
  );
  api = new KeyCrmApi(client);
  const { sources, warehouses } = keycrm.account.settings;
  account = await readAccount(
    api,
    settingsSchema.parse({
      source: sources.all[0]?.id,
      warehouses: [{ mak: 'main', keycrm: warehouses.all[0]?.id }],
    }),
  );
});

const context = {
  tenantId: 'x',
  localIds: async (_entity: string, ids: readonly string[]) =>
    new Map(ids.map((id) => [id, CONTACT])),
  bring: () => Promise.resolve(),
};
const sources: Pick<RecordSources, 'of'> = {
  of: (entity) => ({
    read: async (_tenant, ids) =>
      new Map(
        ids.map((id) => [
          id,
          { values: entity === 'contact' ? ANNA : { number: id, sku: 'CAP' }, version: 1 },
        ]),
      ),
    list: async () => [],
  }),
};

interface Records {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  write(changes: readonly RemoteChange[]): Promise<readonly WrittenThere[]>;
}

/** What the write is said to have left, and what is said to stand there. */
async function written(
  records: Records,
  values: Values,
  remoteId: string | null,
): Promise<{ readonly left: Values; readonly shown: Values }> {
  const version =
    remoteId === null ? null : ((await records.read([remoteId])).get(remoteId)?.version ?? null);
  const [answer] = await records.write([{ remoteId, localId: ORDER, values, version }]);
  if (answer?.kind !== 'written') throw new Error(JSON.stringify(answer));
  return { left: answer.left ?? {}, shown: answer.values };
}

const NEW_ORDER: Values = {
  currency: 'UAH',
  buyer: CONTACT,
  status: 'approved',
  lines: [{ sku: 'CAP', name: 'Cap', quantity: 2, price: 10_000 }],
  discount: 0,
  shipping_price: 0,
  payments: [],
  comment: 'Ring',
};

describe('what somebody writes in KeyCRM right after MaK', () => {
  it('into an order is not taken for what MaK wrote, field by field', async () => {
    const records = new OrderRecords(api, account, context, sources);
    await written(records, NEW_ORDER, null);
    const { orders } = keycrm.account;
    const id = String(orders.rows.all[0]?.id);
    const line = orders.rows.get(id).products[0]?.id;
    const ours = {
      status: 'in_work',
      comment: 'Ring twice',
      lines: [{ sku: 'CAP', name: 'Cap', quantity: 3, price: 10_000 }],
      tracking_code: 'A1',
    };
    after = {
      [`PUT /order/${id}`]: () => {
        const { shipping } = orders.edit(id, {
          status_id: 6,
          buyer_comment: 'Do not ring',
          products: [{ id: line, quantity: 4 }],
        }) as { shipping?: object };
        const row = orders.rows.get(id);
        orders.rows.put({ ...row, shipping: { ...shipping, tracking_code: 'B2' } });
      },
    };
    expect(await written(records, ours, id)).toMatchObject({
      left: ours,
      shown: {
        status: 'cancelled',
        comment: 'Do not ring',
        lines: [{ quantity: 4 }],
        tracking_code: 'B2',
      },
    });

    after = {
      [`PUT /order/${id}`]: () => orders.edit(id, { discount_amount: 7, shipping_price: 8 }),
      [`POST /order/${id}/payment`]: () =>
        orders.addPayment(id, { payment_method_id: 1, amount: 9 }),
    };
    const sums = {
      discount: 100,
      shipping_price: 200,
      payments: [{ amount: 300, state: 'paid' }],
    };
    expect(await written(records, sums, id)).toMatchObject({
      left: sums,
      shown: {
        discount: 700,
        shipping_price: 800,
        payments: [{ amount: 300 }, { amount: 900 }],
      },
    });
  });

  it('into an order that MaK has just made is not taken for what it was made with', async () => {
    const records = new OrderRecords(api, account, context, sources);
    after = {
      'PUT /order/': () => {
        const [row] = keycrm.account.orders.rows.all;
        keycrm.account.orders.edit(row?.id, { status_id: 6, buyer_comment: 'Do not ring' });
      },
    };
    expect(await written(records, NEW_ORDER, null)).toMatchObject({
      left: { status: 'approved', comment: 'Ring' },
      shown: { status: 'cancelled', comment: 'Do not ring' },
    });
  });

  it('is nothing where KeyCRM keeps what stood there: MaK keeps its own', async () => {
    const records = new OrderRecords(api, account, context, sources);
    await written(records, NEW_ORDER, null);
    const [row] = keycrm.account.orders.rows.all;
    const id = String(row?.id);
    after = {
      [`PUT /order/${id}`]: () =>
        keycrm.account.orders.rows.put({ ...keycrm.account.orders.rows.get(id), shipping: null }),
    };
    const { left } = await written(records, { tracking_code: 'A1' }, id);
    expect(left).toEqual({});
  });

  it('to a buyer leaves what MaK wrote, and the next look finds the other', async () => {
    const records = new BuyerRecords(
      api,
      { ...context, localIds: async () => new Map() },
      sources,
      (_values, run) => run(),
    );
    keycrm.account.buyers.create({ full_name: 'Anna', phone: [ANNA.phone], email: [] });
    const id = String(keycrm.account.buyers.rows.all[0]?.id);
    after = {
      [`PUT /buyer/${id}`]: () => keycrm.account.buyers.edit(id, { full_name: 'Anna Savchuk' }),
    };
    const { shown } = await written(records, { name: 'Anna Koval' }, id);
    expect(shown).toMatchObject({ name: 'Anna Koval', phone: ANNA.phone });
    expect((await records.read([id])).get(id)?.values).toMatchObject({ name: 'Anna Savchuk' });
  });

  it('to a stock is not what MaK has counted', async () => {
    const records = new OfferRecords(api, account, context, sources);
    keycrm.account.catalogue.createProduct({ name: 'Cap', sku: 'CAP', price: 100 });
    const id = String(keycrm.account.catalogue.offers.all[0]?.id);
    await written(records, { stocks: [['main', 5]] }, id);
    after = {
      'PUT /offers/stocks': () =>
        keycrm.account.catalogue.moved([{ offerId: Number(id), quantity: 1 }]),
    };
    const counted = {
      stocks: [
        ['elsewhere', 9],
        ['main', 6],
      ],
    };
    expect(await written(records, counted, id)).toEqual({
      left: { stocks: [['main', 6]] },
      shown: expect.objectContaining({ stocks: [['main', 5]] }),
    });
  });
});
