import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openKeyCrmStage } from '../../../test/support/keycrm-stage.ts';
import type { KeyCrmStage } from '../../../test/support/keycrm-stage.ts';

let api: TestApp;
let worker: TestApp;
let stage: KeyCrmStage;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openKeyCrmStage(api);
  return () => stage.close();
});

interface Contact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}
interface Client {
  readonly id: string;
  readonly version: number;
  readonly contacts: readonly Contact[];
  readonly segments: readonly string[];
}

const ANNA = { name: 'Anna Koval', email: 'anna@example.com', phone: '+380671112233' };
async function makeClient(contact: object = ANNA, more: object = {}): Promise<Client> {
  const body = { name: 'Anna', kind: 'person', contacts: [contact], ...more };
  const { id } = await stage.call<Client>('POST', '/v1/clients', body);
  return clientOf(id);
}
const clientOf = (id: string): Promise<Client> => stage.call('GET', `/v1/clients/${id}`);
const edit = async (id: string, changes: object): Promise<Client> => {
  const { version } = await clientOf(id);
  return stage.call('PATCH', `/v1/clients/${id}`, { version, ...changes });
};
const buyers = () => stage.keycrm.account.buyers.rows.all;
const names = () => buyers().map(({ full_name }) => full_name);

interface Order {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly paid: number;
}
const makeOrder = (client: Client, number = 'WEB-1'): Promise<Order> =>
  stage.call('POST', '/v1/orders', {
    ...{ number, client_id: client.id, currency: 'UAH' },
    lines: [{ name: 'T-shirt', quantity: 1, price: 60_000 }],
  });
const orderOf = (id: string): Promise<Order> => stage.call('GET', `/v1/orders/${id}`);

describe('clients in MaK and buyers in KeyCRM', () => {
  it('follow each other in name, address and number', async () => {
    const client = await makeClient();
    await makeOrder(client);
    await stage.connect();
    expect(buyers()).toMatchObject([
      { full_name: ANNA.name, email: [ANNA.email], phone: [ANNA.phone] },
    ]);

    const there = { full_name: 'Anna Bondar', email: ['anna@b.example'], phone: ['+380501'] };
    const heard = await stage.listen();
    stage.keycrm.account.buyers.edit(buyers()[0]?.id, there);
    await stage.settled();
    const told = await heard('BuyerUpdated');
    expect(told).toContain(`"client_id":"${client.id}"`);
    expect(told).toContain(`"fields":["name","email","phone"],"system":"keycrm"`);
    expect(told).not.toContain('Bondar');
    const { contacts } = await clientOf(client.id);
    expect(contacts).toMatchObject([
      { name: 'Anna Bondar', email: 'anna@b.example', phone: '+380501' },
    ]);

    const [{ id } = { id: '' }] = contacts;
    const here = { id, name: 'Anna Sych', email: 'anna@s.example', phone: '+380502' };
    await edit(client.id, { contacts: [here] });
    await stage.settled();
    expect(buyers()).toMatchObject([
      { full_name: 'Anna Sych', email: ['anna@s.example'], phone: ['+380502'] },
    ]);
  });

  it('go over without an order only where all are to, also those that were there before', async () => {
    await makeClient();
    await stage.connect();
    expect(names()).toEqual([]);
    await stage.connect({ all_customers: true }, 1);
    expect(names()).toEqual([ANNA.name]);
    const ivan = { name: 'Ivan Sych', email: 'ivan@example.com' };
    await makeClient(ivan);
    await stage.settled();
    expect(names().toSorted()).toEqual([ANNA.name, ivan.name]);
    await stage.call('POST', '/v1/connectors/keycrm/pause', { version: 2 });
    const { id } = await makeClient({ name: 'Gone at once' });
    await edit(id, { contacts: [] });
    await stage.call('POST', '/v1/connectors/keycrm/resume', { version: 3 });
    await stage.settled();
    await stage.connect({ all_customers: false }, 4);
    await makeClient({ name: 'Olha Bilyk', email: 'olha@example.com' });
    await stage.settled();
    expect(names().toSorted()).toEqual([ANNA.name, ivan.name]);
    expect(await stage.rows('SELECT FROM sync_pending WHERE tenant_id = $1')).toEqual([]);
  });

  it('show the segments in the field that the settings name, and what is changed there is put right', async () => {
    const client = await makeClient(ANNA, { segments: ['b', 'A'] });
    await makeOrder(client);
    await stage.connect();
    expect(buyers()[0]?.fields).toEqual({});
    const IVAN = { name: 'Ivan Sych', email: 'ivan@example.com' };
    const ivan = await makeClient(IVAN);
    await makeOrder(ivan, 'WEB-2');
    await stage.settled();
    stage.keycrm.account.buyers.edit(buyers()[1]?.id, {
      full_name: IVAN.name,
      custom_fields: [{ uuid: 'CT_1001', value: ['C'] }],
    });
    await stage.connect({ segment_field: 'CT_1001' }, 1);
    // The simulated field takes one of A, B and C. Where the client has none, what people entered before stays.
    expect(buyers().map(({ fields }) => fields)).toEqual([{ CT_1001: ['B'] }, { CT_1001: ['C'] }]);
    await edit(ivan.id, { segments: ['a'] });
    await stage.settled();
    expect(buyers()[1]?.fields).toEqual({ CT_1001: ['A'] });
    await edit(ivan.id, { segments: [] });
    await stage.settled();
    expect(buyers()[1]?.fields).toEqual({ CT_1001: [] });

    await edit(client.id, { segments: ['c', 'nowhere'] });
    await stage.settled();
    expect(buyers()[0]?.fields).toEqual({ CT_1001: ['C'] });
    stage.keycrm.account.buyers.edit(buyers()[0]?.id, {
      full_name: 'Anna Bondar',
      custom_fields: [{ uuid: 'CT_1001', value: ['A'] }],
    });
    await stage.settled();
    expect(buyers()[0]).toMatchObject({ full_name: 'Anna Bondar', fields: { CT_1001: ['C'] } });
    expect(await clientOf(client.id)).toMatchObject({
      segments: ['c', 'nowhere'],
      contacts: [{ name: 'Anna Bondar' }],
    });

    // A field that is not there keeps nobody from going on, and people see why segments do not.
    const told = () =>
      stage.rows(
        `SELECT refusal ->> 'field' AS field, refusal ->> 'reason' AS reason FROM sync_link
         WHERE tenant_id = $1 AND status = 'error'`,
      );
    await stage.connect({ segment_field: 'CT_9' }, 2);
    expect(await told()).toEqual([
      { field: 'segments', reason: expect.stringContaining('no field CT_9') },
    ]);
    const [anna] = (await clientOf(client.id)).contacts;
    await edit(client.id, { contacts: [{ ...ANNA, id: anna?.id, name: 'Anna Melnyk' }] });
    await stage.settled();
    expect(names()).toContain('Anna Melnyk');
    expect(await stage.call('GET', '/v1/connectors/keycrm')).toMatchObject({ state: 'running' });

    // Of another field nothing is agreed on yet.
    stage.keycrm.account.buyers.edit(buyers()[1]?.id, {
      full_name: IVAN.name,
      custom_fields: [{ uuid: 'CT_1001', value: ['B'] }],
    });
    await stage.connect({ segment_field: 'CT_1001' }, 3);
    expect(await told()).toEqual([]);
    expect(buyers().map(({ fields }) => fields)).toEqual([{ CT_1001: ['C'] }, { CT_1001: ['B'] }]);
  });

  it('keep what people entered in another field that is chosen while a batch is under way', async () => {
    stage.keycrm.account.settings.addField('client', 'CT_1002', 'Level', 'text');
    const client = await makeClient();
    await makeOrder(client);
    await stage.connect({ segment_field: 'CT_1001' });
    stage.keycrm.account.buyers.edit(buyers()[0]?.id, {
      full_name: ANNA.name,
      custom_fields: [{ uuid: 'CT_1002', value: 'Gold' }],
    });
    await stage.settled();

    let isChosen = false;
    stage.keycrm.disturb = async ({ method, path }) => {
      if (method === 'PUT' && path.startsWith('/buyer/') && !isChosen) {
        isChosen = true;
        await stage.set({ segment_field: 'CT_1002' }, 1);
      }
      return 'arrives' as const;
    };
    const [anna] = client.contacts;
    await edit(client.id, { contacts: [{ ...ANNA, id: anna?.id, name: 'Anna Bondar' }] });
    await stage.settled();
    expect(isChosen).toBe(true);
    expect(buyers()).toMatchObject([{ full_name: 'Anna Bondar', fields: { CT_1002: 'Gold' } }]);
    await edit(client.id, { segments: ['Silver'] });
    await stage.settled();
    expect(buyers()[0]?.fields).toMatchObject({ CT_1002: 'Silver' });
  });
});

describe('messages of KeyCRM', () => {
  it('of payments and of all other names bring over what is new, without asking for what changed', async () => {
    const { id } = await makeOrder(await makeClient());
    await stage.connect();
    const { orders } = stage.keycrm.account;
    const [order] = orders.rows.all;
    const message = (event: string) => ({ event, context: { id: order?.id, status_id: 4 } });
    orders.addPayment(order?.id, { payment_method_id: 1, amount: 600, status: 'paid' });
    const paid = message('order.change_payment_status');
    expect(await stage.tell('payment-updated', paid)).toBe(200);
    await expect.poll(() => orderOf(id)).toMatchObject({ paid: 60_000, payment_status: 'paid' });

    orders.edit(order?.id, { status_id: 4 });
    const moved = message('order.change_order_status');
    expect(await stage.tell('order-created', moved)).toBe(200);
    await expect.poll(() => orderOf(id)).toMatchObject({ status: 'shipped' });
    expect(await stage.tell('buyer-updated', moved)).toBe(200);
    expect(await stage.call('GET', '/api/keycrm/webhook-events')).toMatchObject({
      items: [
        { event_type: 'order.change_order_status', processing_status: 'processed' },
        { event_type: 'order.change_payment_status', processing_status: 'processed' },
      ],
    });
  });

  it('are only kept where nothing is to be looked at as soon as they come', async () => {
    const { id } = await makeOrder(await makeClient());
    await stage.connect({ real_time: false });
    const [order] = stage.keycrm.account.orders.rows.all;
    stage.keycrm.account.orders.edit(order?.id, { status_id: 4 });
    const context = { id: order?.id, status_id: 4 };
    const moved = { event: 'order.change_order_status', context };
    expect(await stage.tell('order-updated', moved)).toBe(200);
    expect(await stage.rows('SELECT FROM sync_pending WHERE tenant_id = $1')).toEqual([]);
    expect(await orderOf(id)).toMatchObject({ status: 'new' });
    await stage.settled();
    expect(await orderOf(id)).toMatchObject({ status: 'shipped' });
  });
});

describe('what people and stock systems ask of the sync', () => {
  it('looks at an article now, and at everything anew', async () => {
    const article = { sku: 'TSH', name: 'T-shirt', price: 100, currency: 'UAH' };
    const { id } = await stage.call<{ id: string }>('POST', '/v1/articles', article);
    await stage.connect();
    const [offer] = stage.keycrm.account.catalogue.offers.all;
    expect(offer).toMatchObject({ sku: 'TSH', price: 1 });
    stage.keycrm.account.catalogue.editOffers({ offers: [{ sku: 'TSH', price: 7 }] });
    const now = await stage.call('POST', `/api/keycrm/sync/articles/${id}`);
    expect(now).toMatchObject({ items: [{ remote_id: String(offer?.id), status: 'pending' }] });
    const price = () => stage.keycrm.account.catalogue.bySku('TSH')?.price;
    await expect.poll(price).toBe(1);

    stage.keycrm.account.catalogue.editOffers({ offers: [{ sku: 'TSH', price: 8 }] });
    const all = await stage.call('POST', '/api/keycrm/sync/full-resync');
    expect(all).toMatchObject({ state: 'running', errors: 0 });
    await expect.poll(price).toBe(1);
  });

  it('goes over fifty at a time: of 51 stocks in two calls', async () => {
    const skus = Array.from({ length: 51 }, (_, index) => `S-${index}`);
    for (const sku of skus) {
      stage.keycrm.account.catalogue.createProduct({ name: sku, sku, price: 1 });
      await stage.call('POST', '/v1/articles', { sku, name: sku, price: 100, currency: 'UAH' });
    }
    await stage.connect();
    stage.keycrm.calls.length = 0;
    const stocks = skus.map((sku) => ({ sku, warehouse: 'main', quantity: 7 }));
    await stage.call('PUT', '/v1/articles/stocks', { stocks });
    await stage.settled();
    const told = stage.keycrm.calls.filter(({ call }) => call === 'PUT /offers/stocks');
    expect(told).toHaveLength(2);
    const { offers } = stage.keycrm.account.catalogue;
    expect(new Set(offers.all.map(({ stock }) => stock.get(1)))).toEqual(new Set([7]));
  });

  it('waits while KeyCRM is away, work goes on here, and goes over afterwards', async () => {
    const client = await makeClient();
    await stage.connect();
    let refused = 0;
    stage.keycrm.disturb = (_call, response) => {
      refused += 1;
      response.writeHead(503).end();
      return 'answered';
    };
    const first = await makeOrder(client);
    await expect.poll(() => refused).toBeGreaterThan(0);
    const { version } = await orderOf(first.id);
    await stage.call('POST', `/v1/orders/${first.id}/status`, { version, status: 'shipped' });
    await makeOrder(client, 'WEB-2');
    expect(await stage.call('GET', '/api/keycrm/sync/status')).toMatchObject({ state: 'running' });
    expect(stage.keycrm.account.orders.rows.all).toEqual([]);

    stage.keycrm.disturb = () => 'arrives';
    const there = () =>
      stage.keycrm.account.orders.rows.all.map(({ manager_comment }) => manager_comment);
    await expect.poll(there, { timeout: 30_000 }).toHaveLength(2);
    await stage.settled();
    expect(there().toSorted()).toEqual(['WEB-1', 'WEB-2']);
    expect(names()).toEqual([ANNA.name]);
  });
});
