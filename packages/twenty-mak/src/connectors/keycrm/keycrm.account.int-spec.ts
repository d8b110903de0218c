import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { KeyCrmStage } from '../../../test/support/keycrm-stage.ts';
import { KeyCrmConnector } from './keycrm.connector.ts';
import { KeyCrmSimulator } from './simulator/index.ts';

/*
 * What becomes of orders while somebody changes the account itself, or takes access back, or pauses the first import. Two workers
 * share the work, and KeyCRM enforces its limit, which is some times as fast.
 */
const CALLS = 2_400;
let api: TestApp;
const workers: TestApp[] = [];
let stage: KeyCrmStage;

beforeAll(async () => {
  api = await startApp();
  for (let count = 0; count < 2; count += 1) {
    const env = { MAK_POLL_INTERVAL_MS: '200' };
    workers.push(await startApp({ role: 'worker', database: api.database, env }));
  }
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await api.close();
});
beforeEach(async () => {
  const keycrm = new KeyCrmSimulator({ limit: { calls: CALLS, window: 60_000 } });
  stage = new KeyCrmStage(api, await api.createTenant(), keycrm, await keycrm.listen());
  return () => stage.close();
});

interface Order {
  readonly id: string;
  readonly number: string;
}
interface View {
  readonly state: string;
  readonly reason: string | null;
  readonly version: number;
  readonly resync: { readonly found_all: boolean } | null;
}

/** An order here, with a payment. */
async function create(number: string): Promise<Order> {
  const contact = { name: number, email: `${number}@example.com` };
  const { id } = await stage.call<Order>('POST', '/v1/clients', {
    name: number,
    kind: 'person',
    contacts: [contact],
  });
  return stage.call('POST', '/v1/orders', {
    ...{ number, client_id: id, currency: 'UAH' },
    lines: [{ sku: 'TSH', name: 'T-shirt', quantity: 1, price: 60_000 }],
    payments: [{ amount: 60_000 }],
  });
}
const there = () => stage.keycrm.account.orders.rows.all;
const here = () =>
  stage.rows<Order>('SELECT id, number FROM sales_order WHERE tenant_id = $1 ORDER BY number');
const view = (): Promise<View> => stage.call('GET', '/v1/connectors/keycrm');
const set = async (state: 'pause' | 'resume'): Promise<void> => {
  const { version } = await view();
  await stage.call('POST', `/v1/connectors/keycrm/${state}`, { version });
};
const connect = (more: object = {}, version = 0): Promise<void> =>
  stage.connect({ calls_per_minute: CALLS, ...more }, version);
/** Every order is on both sides, once, and KeyCRM was never asked too often. */
async function expectEqual(count: number): Promise<void> {
  expect(stage.keycrm.limits.rejected).toBe(0);
  const links = await stage.rows<{ local_id: string; remote_id: string }>(
    "SELECT local_id, remote_id FROM sync_link WHERE tenant_id = $1 AND entity = 'order'",
  );
  expect([(await here()).length, there().length, links.length]).toEqual([count, count, count]);
  expect(new Set(links.map(({ remote_id }) => remote_id)).size).toBe(count);
}

describe('a payment method that somebody deletes in KeyCRM', () => {
  it('stops the connector when settings name it; orders wait, and go on with another one', async () => {
    const [other, named] = stage.keycrm.account.settings.paymentMethods.all;
    await connect({ payment_method: named?.id });
    stage.keycrm.account.settings.paymentMethods.remove(named?.id ?? 0);
    // Minutes later: the account is read anew.
    for (const worker of workers)
      worker.app.get(KeyCrmConnector)['prepared'].forget(stage.tenant.id);
    const ours = await create('WEB-1');
    const reason = expect.stringContaining(`no payment method ${named?.id}.`);
    await expect.poll(view).toMatchObject({ state: 'stopped', reason });
    expect(there()).toEqual([]);

    await stage.set({ calls_per_minute: CALLS, payment_method: other?.id }, (await view()).version);
    if ((await view()).state === 'stopped') await set('resume');
    await stage.settled();
    expect(there()).toMatchObject([
      { source_uuid: ours.id, payments: [{ payment_method_id: other?.id, amount: 600 }] },
    ]);
  });
});

describe('a key that is taken back in the middle of an order', () => {
  it('loses nothing and makes nothing twice: it goes on with another key', async () => {
    await connect();
    // The order is made there, and nobody can read what it is called.
    stage.keycrm.disturb = ({ method, path }) => {
      if (there().length > 0) stage.keycrm.apiKey = 'another one';
      return method === 'POST' && path === '/order' ? 'answer lost' : 'arrives';
    };
    const ours = await create('WEB-1');
    await expect.poll(view).toMatchObject({ state: 'stopped' });
    expect(there()).toHaveLength(1);
    stage.keycrm.disturb = () => 'arrives';
    stage.keycrm.apiKey = randomUUID();
    await stage.set({ calls_per_minute: CALLS }, (await view()).version);
    if ((await view()).state === 'stopped') await set('resume');
    await stage.settled();
    expect(there()).toMatchObject([{ source_uuid: ours.id, payments: [{ amount: 600 }] }]);
    await expectEqual(1);
  });
});

describe('a first import', () => {
  const PAGE = 50;
  const ORDERS = 60;

  it('that is paused in the middle keeps what came, and goes on from there', async () => {
    const [source] = stage.keycrm.account.settings.sources.all;
    for (let count = 0; count < ORDERS; count += 1)
      stage.keycrm.account.orders.create({
        source_id: source?.id,
        buyer: { full_name: `Buyer ${count}`, email: `buyer${count}@example.com` },
        products: [{ sku: 'CAP', name: 'Cap', price: 12.5, quantity: 1 }],
      });
    // Nobody answers for the second page until it is paused.
    let isHeld = true;
    stage.keycrm.disturb = ({ method, path }, response) => {
      const { pathname, searchParams } = new URL(path, 'http://keycrm');
      const isList = method === 'GET' && pathname === '/order';
      if (!isHeld || !isList || Number(searchParams.get('page')) < 2) return 'arrives';
      response.writeHead(503).end();
      return 'answered';
    };
    const connecting = connect();
    await expect.poll(async () => (await here()).length).toBe(PAGE);
    await set('pause');
    isHeld = false;
    const before = await here();
    expect(await view()).toMatchObject({ state: 'paused', resync: { found_all: false } });

    await set('resume');
    await connecting;
    await stage.settled();
    expect(await view()).toMatchObject({ state: 'running', resync: { found_all: true } });
    expect(await here()).toEqual(expect.arrayContaining(before));
    await expectEqual(ORDERS);
  });
});

describe('two workers', () => {
  it('bring many orders over both ways, each once, and never ask too often', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => create(`WEB-${index}`)));
    const [source] = stage.keycrm.account.settings.sources.all;
    for (let count = 0; count < 10; count += 1)
      stage.keycrm.account.orders.create({
        source_id: source?.id,
        buyer: { full_name: `Buyer ${count}`, email: `buyer${count}@example.com` },
        products: [{ sku: 'CAP', name: 'Cap', price: 12.5, quantity: 1 }],
      });
    await connect();
    await expectEqual(20);
  });
});
