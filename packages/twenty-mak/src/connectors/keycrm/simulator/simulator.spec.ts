import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../../../test/support/receiver.ts';
import type { Receiver } from '../../../../test/support/receiver.ts';
import { addExamples, editorOf, KeyCrmSimulator } from './index.ts';
import type { SimulatorOptions } from './index.ts';

const WEBHOOKS = { attempts: 3, pause: 1, patience: 2_000 };
const WIDE = { calls: 100_000, window: 60_000 };

let simulator: KeyCrmSimulator;
let address: string;
let receiver: Receiver;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = new KeyCrmSimulator({ limit: WIDE, webhooks: WEBHOOKS, ...options });
  simulator.pages = editorOf(simulator);
  address = await simulator.listen();
}

beforeEach(async () => {
  await start();
  receiver = await startReceiver(() => 200);
});
afterEach(async () => {
  await simulator.close();
  await receiver.close();
});

async function call(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = { accept: 'application/json' },
) {
  const answer = await fetch(`${address}${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${simulator.apiKey}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return {
    status: answer.status,
    headers: answer.headers,
    body: (isJson ? JSON.parse(text) : text) as Record<string, unknown>,
  };
}

/** Sends a form of the pages. */
async function post(path: string, fields: Record<string, string>, origin?: string) {
  return fetch(`${new URL(address).origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    ...(origin === undefined ? {} : { headers: { origin } }),
  });
}
async function page(path: string): Promise<string> {
  return (await fetch(`${new URL(address).origin}${path}`)).text();
}

const ORDER = {
  source_id: 7,
  source_uuid: 'WEB-1',
  buyer: { full_name: 'Olena Koval', phone: '+380671112233' },
  discount_amount: 50,
  shipping_price: 70,
  ordered_at: '2026-03-14 08:12:44',
  shipping: { shipping_date: '2026-03-15' },
  products: [{ sku: 'TSH-BLK-M', name: 'T-shirt', price: 599, quantity: 2 }],
};
async function makeOrder(changes: object = {}): Promise<number> {
  return Number((await call('POST', '/order', { ...ORDER, ...changes })).body['id']);
}

describe('the limit of the simulated KeyCRM', () => {
  it('is 60 calls in a minute: one too many is answered with 429 and how long to wait', async () => {
    await simulator.close();
    let now = Date.UTC(2026, 2, 14);
    await start({ now: () => now, limit: { calls: 60, window: 60_000 } });
    const statuses: number[] = [];
    for (let made = 0; made < 60; made += 1)
      statuses.push((await call('GET', '/order/status')).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    now += 45_000;
    const refused = await call('GET', '/order/status');
    expect(refused).toMatchObject({ status: 429, body: { message: 'Too Many Attempts.' } });
    expect(refused.headers.get('retry-after')).toBe('15');
    now += 15_000;
    const next = await call('GET', '/order/status');
    expect(next.headers.get('x-ratelimit-remaining')).toBe('59');
  });
});

describe('answers of the simulated KeyCRM', () => {
  it('have two forms of instants', async () => {
    const id = await makeOrder();
    const { body } = await call('GET', `/order/${id}?include=shipping`);
    expect(body['ordered_at']).toBe('2026-03-14 08:12:44');
    expect(body['shipping']).toMatchObject({
      shipping_date_actual: '2026-03-15T00:00:00.000000Z',
    });
  });

  it('say with 201 that something was made and with 202 that it was changed', async () => {
    expect((await call('POST', '/order', ORDER)).status).toBe(201);
    expect((await call('PUT', '/order/23196', { status_id: 2 })).status).toBe(202);
    expect((await call('POST', '/order/23196/tag/4')).body).toEqual({ status: true });
    expect((await call('DELETE', '/order/23196/tag/4')).status).toBe(204);
  });

  it('sum an order up as the document does', async () => {
    const id = await makeOrder();
    expect((await call('GET', `/order/${id}`)).body).toMatchObject({
      grand_total: 1_218,
      total_discount: 50,
      payment_status: 'not_paid',
    });
  });

  it('name each field that is wrong', async () => {
    const { status, body } = await call('POST', '/order', { buyer: {} });
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject({ source_id: ['The source id field is required.'] });
  });

  it('are pages for who does not ask for JSON', async () => {
    const { status, headers } = await call('POST', '/order', {}, { accept: '*/*' });
    expect([status, headers.get('content-type')]).toEqual([302, 'text/html']);
  });

  it.each([
    ['/order?limit=51', 422],
    ['/order?include=secrets', 400],
    ['/order?filter[created_at_from]=2026-01-01', 400],
    ['/order?sort=name', 400],
    ['/warehouse', 404],
    ['/order/1', 404],
  ])('refuse %s with %i', async (path, status) => {
    expect((await call('GET', path)).status).toBe(status);
  });

  it('come 15 in a page unless told, the newest first, with links that forget what was asked', async () => {
    for (let made = 0; made < 16; made += 1) await makeOrder();
    const { body } = await call('GET', '/order?filter[source_id]=7');
    expect(body).toMatchObject({
      total: 16,
      per_page: 15,
      last_page: 2,
      next_page_url: `${address}/order?page=2`,
    });
    const ids = (body['data'] as { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((left, right) => right - left));
  });

  it('filter orders by when they were ordered where the filter says created', async () => {
    await makeOrder();
    const of = async (day: string) =>
      (await call('GET', `/order?filter[created_between]=${day},${day}`)).body['total'];
    expect([await of('2026-03-14'), await of('2026-03-15')]).toEqual([1, 0]);
  });

  it('are refusals where an account has no funnels', async () => {
    simulator.account.cards.areEnabled = false;
    const message = 'Leads are not enabled';
    expect(await call('GET', '/pipelines')).toMatchObject({ status: 400, body: { message } });
    const contact = { phone: '1' };
    expect((await call('POST', '/pipelines/cards', { contact })).status).toBe(403);
  });

  it('add products to a card and never change them, and may put a card in a page', async () => {
    await simulator.close();
    await start({ quirks: { card: 'in a page' } });
    const products = [{ sku: 'CAP', quantity: 1 }];
    const { body } = await call('POST', '/pipelines/cards', { contact: { phone: '1' }, products });
    const to = `/pipelines/cards/${Number(body['id'])}`;
    expect(await call('PUT', to, { products })).toMatchObject({ body: { status: true } });
    const read = await call('GET', `${to}?include=products`);
    expect(read.body['data']).toMatchObject({ products: [...products, ...products] });
  });
});

describe('messages of the simulated KeyCRM', () => {
  const listen = (changes: object = {}): void => {
    for (const event of ['order.change_order_status', 'order.change_payment_status'] as const)
      simulator.account.webhooks.triggers.push({
        ...{ event, url: receiver.url, method: 'POST', statuses: [], sources: [] },
        ...changes,
      });
  };
  const told = async () => {
    await simulator.account.webhooks.settled();
    return receiver.received.map(
      ({ text }) => JSON.parse(text) as { event: string; context: Record<string, unknown> },
    );
  };

  it('tell of the first status, of the next and of payments, flat and without a signature', async () => {
    listen();
    const id = await makeOrder();
    await told();
    await call('PUT', `/order/${id}`, { status_id: 4 });
    await told();
    await call('POST', `/order/${id}/payment`, { amount: 1_218, payment_method_id: 2 });
    const messages = await told();
    expect(messages.map(({ event, context }) => [event, context['status_id']])).toEqual([
      ['order.change_order_status', 1],
      ['order.change_order_status', 4],
      ['order.change_payment_status', 4],
    ]);
    const context = messages[1]?.context ?? {};
    expect(context).toMatchObject({ id, shipping_price: '70.00', client_comment: null });
    expect(context['status_changed_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/);
    expect(Object.keys(context)).not.toContain('products');
    const headers = Object.keys(receiver.received[0]?.headers ?? {});
    expect(headers.filter((name) => /sign|hmac|token|secret|authorization/.test(name))).toEqual([]);
  });

  it('tell nothing of what changes no status', async () => {
    const id = await makeOrder();
    listen();
    await call('PUT', `/order/${id}`, { manager_comment: 'checked', status_id: 1 });
    expect(await told()).toEqual([]);
  });

  it('come for the statuses and sources only that the trigger names', async () => {
    listen({ statuses: [4], sources: [7] });
    const [seven, eight] = [await makeOrder(), await makeOrder({ source_id: 8 })];
    for (const id of [seven, eight]) await call('PUT', `/order/${id}`, { status_id: 4 });
    expect((await told()).map(({ context }) => context['id'])).toEqual([seven]);
  });

  it('are tried three times until they are answered with 200', async () => {
    const statuses = [500, 202, 200];
    receiver.react = () => statuses.shift() ?? 200;
    listen();
    await makeOrder();
    expect(await told()).toHaveLength(3);
    receiver.react = () => 500;
    await makeOrder();
    expect(await told()).toHaveLength(6);
    expect(simulator.account.webhooks.deliveries.map(({ state }) => state)).toEqual([
      'given up',
      'delivered',
    ]);
  });

  it('get lost and come twice when told so', async () => {
    listen();
    simulator.account.webhooks.fate = () => 'lost';
    await makeOrder();
    expect(await told()).toHaveLength(0);
    simulator.account.webhooks.fate = () => 'repeated';
    await makeOrder();
    expect(await told()).toHaveLength(2);
  });

  it('of stocks are a bare list, with what orders hold', async () => {
    await call('POST', '/products', { name: 'Cap', sku: 'CAP', price: 10 });
    simulator.account.webhooks.stockHooks.push({ url: receiver.url, warehouses: [] });
    await call('PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'CAP', quantity: 9 }] });
    await told();
    const id = await makeOrder({ products: [{ sku: 'CAP', quantity: 2 }] });
    await told();
    await call('PUT', `/order/${id}`, { status_id: 5 });
    const line = { offer_id: 501, sku: 'CAP' };
    expect(await told()).toEqual([
      [{ ...line, in_stock: 9, in_reserve: 0 }],
      [{ ...line, in_stock: 9, in_reserve: 2 }],
      [{ ...line, in_stock: 7, in_reserve: 0 }],
    ]);
  });
});

describe('pages of the simulated KeyCRM', () => {
  it('show every kind of record', async () => {
    addExamples(simulator.account);
    expect(await page('/')).toContain('Olena Koval');
    expect(await page('/orders/23196')).toContain('TSH-BLK-M');
    expect(await page('/buyers')).toContain('+380671112233');
    expect(await page('/buyers/23043')).toContain('Olena Koval');
    expect(await page('/goods')).toContain('CAP-BLU');
    expect(await page('/cards')).toContain('Question of Taras Melnyk');
    expect(await page('/style.css')).toContain('color-scheme');
  });

  it('let a person do what programs do, and tell of it', async () => {
    addExamples(simulator.account);
    await post('/messages', { event: 'order.change_order_status', url: receiver.url });
    expect((await post('/orders/23196', { status_id: '4' })).status).toBe(303);
    await post('/orders/23196', { tracking_code: '2045' });
    await post('/orders/23196/payments', { amount: '100', payment_method_id: '1' });
    await simulator.account.webhooks.settled();
    expect(receiver.received).toHaveLength(1);
    const { body } = await call('GET', '/order/23196?include=shipping');
    expect(body).toMatchObject({
      status_id: 4,
      payment_status: 'part_paid',
      shipping: { tracking_code: '2045' },
    });
    expect(await page('/messages')).toContain('delivered: 200');
    expect(await page('/calls')).toContain('GET /order/23196?include=shipping');
    await post('/messages/trigger-0', {});
    expect(simulator.account.webhooks.triggers).toEqual([]);
  });

  it('edit goods, buyers and cards, and make new ones', async () => {
    addExamples(simulator.account);
    await post('/goods', { sku: 'MUG', name: 'Mug', price: '99.5' });
    await post('/goods/505', { warehouse_id: '2', quantity: '12' });
    await post('/goods/505', { price: '80' });
    const stocks = await call('GET', '/offers/stocks?filter[offers_sku]=MUG');
    expect(stocks.body['data']).toMatchObject([{ price: 80, quantity: 12 }]);
    await post('/buyers', { full_name: 'New', phone: '+1, +2', email: '' });
    const buyers = await call('GET', '/buyer?filter[buyer_phone]=%2B2');
    expect(buyers.body['data']).toMatchObject([{ full_name: 'New', phone: ['+1', '+2'] }]);
    await post('/cards', { title: 'Call', pipeline_id: '2', full_name: 'Somebody' });
    await post('/cards/13901', { status_id: '1006' });
    expect((await call('GET', '/pipelines/cards/13901')).body).toMatchObject({ status_id: 1_006 });
    await post('/orders', { source_id: '7', full_name: 'By hand', sku: 'MUG', quantity: '3' });
    expect((await call('GET', '/order?limit=1')).body['data']).toMatchObject([
      { grand_total: 240 },
    ]);
  });

  it('say what was refused, and keep markup as text', async () => {
    addExamples(simulator.account);
    await post('/orders/23196', { tracking_code: '2045' });
    const refused = await post('/orders/23196', { tracking_code: '2046' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('The tracking code is already set.');
    await post('/buyers', { full_name: '<script>alert(1)</script>' });
    expect(await page('/buyers')).toContain('&#60;script&#62;');
    expect(await page('/buyers')).not.toContain('<script>');
  });

  it('take no form of another page', async () => {
    addExamples(simulator.account);
    const foreign = await post('/orders/23196', { status_id: '4' }, 'https://evil.example');
    expect(foreign.status).toBe(403);
    expect((await call('GET', '/order/23196')).body).toMatchObject({ status_id: 1 });
  });
});
