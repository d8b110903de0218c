import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { askedAnew } from '../../../test/support/asked-anew.ts';
import { Database } from '../../platform/database/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { KeyCrmConnector } from './keycrm.connector.ts';
import { KeyCrmRetention } from './keycrm.retention.ts';
import { silenceOf } from './silence.ts';
import { KeyCrmSimulator } from './simulator/index.ts';
import { sumsOf } from './simulator/order-sums.ts';

/* The whole way over HTTP: orders, those who buy and articles, and the real worker brings both sides together. */
let api: TestApp;
let worker: TestApp;
let tenant: TestTenant;
let keycrm: KeyCrmSimulator;
let address: string;

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
  tenant = await api.createTenant();
  keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
  address = await keycrm.listen();
  return async () => {
    await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
    await keycrm.close();
  };
});

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

async function ask<Body>(method: string, path: string, body?: object): Promise<Body> {
  const answer = await api.call<Body>(path, {
    key: tenant.apiKey,
    method,
    headers: { 'idempotency-key': randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** The first source and the first warehouse of the simulated account. */
async function connect(pollSeconds = 5, version = 0): Promise<void> {
  const [source] = keycrm.account.settings.sources.all;
  const [warehouse] = keycrm.account.settings.warehouses.all;
  await ask('PUT', '/v1/connectors/keycrm', {
    version,
    settings: {
      address,
      source: source?.id,
      calls_per_minute: 60_000,
      warehouses: [{ mak: 'main', keycrm: warehouse?.id }],
    },
    secrets: { api_key: keycrm.apiKey, webhook_secret: SECRET },
    poll_seconds: pollSeconds,
  });
}

const SECRET = 'an-address-that-nobody-guesses';
const webhookOf = (secret: string): string =>
  `${api.url}/api/keycrm/webhook/order-updated/${tenant.key}/${secret}`;

interface Order {
  readonly id: string;
  readonly number: string;
  readonly client_id: string;
  readonly status: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

const ANNA = { name: 'Anna Koval', email: 'anna@example.com', phone: '+380671112233' };
async function createOrder(changes: object = {}, contact: object | null = ANNA): Promise<Order> {
  const { id } = await ask<{ id: string }>('POST', '/v1/clients', {
    name: 'Anna',
    kind: 'person',
    ...(contact === null ? {} : { contacts: [contact] }),
  });
  return ask('POST', '/v1/orders', {
    number: `WEB-${randomUUID().slice(0, 8)}`,
    client_id: id,
    currency: 'UAH',
    lines: [{ sku: 'TSH', name: 'T-shirt', quantity: 2, price: 59_900, discount: 900 }],
    discount: 5_000,
    shipping_price: 7_000,
    ...changes,
  });
}
const orderOf = (id: string): Promise<Order> => ask('GET', `/v1/orders/${id}`);
const there = () => keycrm.account.orders.rows.all;

/** Nothing is left to do, and KeyCRM was asked since what changed. */
async function settled(): Promise<void> {
  await askedAnew(rows, 'order');
  await expect
    .poll(() =>
      rows(
        `SELECT key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL AND due_at < 'infinity'
           UNION ALL SELECT 'resync', NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll', NULL FROM sync_connector WHERE tenant_id = $1 AND poll_at <= now()
           UNION ALL SELECT 'stopped', reason FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`,
      ),
    )
    .toEqual([]);
}

describe('orders in MaK and in KeyCRM', () => {
  it('become equal with who buys, payments, tracking and status, and what people edit on either side follows', async () => {
    const ours = await createOrder({
      status: 'approved',
      payments: [{ amount: 60_000 }, { amount: 1_000, state: 'expected' }],
      tracking_code: '20450001',
      comment: 'After 18:00',
    });
    await connect();
    await settled();
    const [row] = there();
    expect(row).toMatchObject({
      source_uuid: ours.id,
      manager_comment: ours.number,
      buyer_comment: 'After 18:00',
      shipping: { tracking_code: '20450001' },
      payments: [
        { amount: 10, status: 'not_paid' },
        { amount: 600, status: 'paid' },
      ],
    });
    const sums = row === undefined ? null : sumsOf(row);
    expect(sums).toMatchObject({ grand_total: Number(ours['total']) / 100 });
    const { settings, buyers, orders } = keycrm.account;
    expect(settings.statuses.get(row?.status_id)).toMatchObject({ group_id: 2 });
    expect(buyers.rows.all).toMatchObject([{ full_name: 'Anna Koval', email: [ANNA.email] }]);

    orders.edit(row?.id, { status_id: 4, buyer_comment: 'Before 12:00' });
    orders.editPayment(row?.id, row?.payments[0]?.id, { status: 'paid' });
    await settled();
    const followed = { status: 'shipped', comment: 'Before 12:00', paid: 61_000 };
    await expect.poll(() => orderOf(ours.id)).toMatchObject(followed);

    const { version } = await orderOf(ours.id);
    await ask('POST', `/v1/orders/${ours.id}/status`, { version, status: 'done' });
    await settled();
    expect(there()[0]).toMatchObject({ status_id: 5 });
    const before = JSON.stringify(there());
    await settled();
    await settled();
    expect(JSON.stringify(there())).toBe(before);
    expect(there()).toHaveLength(1);
  });

  it('that people make in KeyCRM become ours, with who buys as a client', async () => {
    await connect();
    await settled();
    keycrm.account.orders.create({
      source_id: keycrm.account.settings.sources.all[1]?.id,
      buyer: { full_name: 'Petro Savchuk', phone: '+380501112244' },
      products: [{ sku: 'CAP', name: 'Cap', price: 12.5, quantity: 3, discount_percent: 10 }],
      payments: [{ payment_method_id: 1, amount: 20 }],
      shipping_price: 5,
    });
    await settled();
    const { items } = await ask<{ items: Order[] }>('GET', '/v1/orders');
    expect(items).toMatchObject([
      {
        number: `keycrm-${there()[0]?.id}`,
        currency: 'EUR',
        status: 'new',
        lines: [{ sku: 'CAP', quantity: 3, price: 1_250 }],
        total: 3_875,
        paid: 2_000,
        payment_status: 'part_paid',
      },
    ]);
    const client = await ask<{ name: string }>('GET', `/v1/clients/${items[0]?.client_id ?? ''}`);
    expect(client).toMatchObject({ name: 'Petro Savchuk', kind: 'person' });
    expect(there()).toHaveLength(1);
  });

  it('are looked at as soon as KeyCRM tells of them, and the log says what it told', async () => {
    const { orders, webhooks } = keycrm.account;
    webhooks.triggers.push({
      event: 'order.change_order_status',
      url: webhookOf(SECRET),
      method: 'POST',
      statuses: [],
      sources: [],
    });
    await connect(3_600);
    const ours = await createOrder();
    await settled();
    orders.edit(there()[0]?.id, { status_id: 4, manager_comment: 'Says who Anna is' });
    await expect.poll(async () => (await orderOf(ours.id)).status).toBe('shipped');
    await webhooks.settled();
    const bad = '{"event":"task.created","context":{"id":1}}';
    const post = (secret: string, body = bad) =>
      fetch(webhookOf(secret), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await post('a-secret-that-is-wrong')).status).toBe(401);
    expect((await post(SECRET)).status).toBe(200);
    expect((await post(SECRET)).status).toBe(200);
    const log = await ask<{ items: object[] }>('GET', '/api/keycrm/webhook-events');
    expect(log.items).toMatchObject([
      { event_type: 'order-updated', processing_status: 'error', error_message: 'unknown_event' },
      { event_type: 'order.change_order_status', processing_status: 'processed' },
      // Of its making.
      { event_type: 'order.change_order_status', processing_status: 'processed' },
    ]);
    expect(JSON.stringify(log)).not.toContain('Anna');

    // The same is shown as of every connector, and counted.
    interface Shown {
      readonly id: string;
      readonly at: string;
      readonly state: string;
    }
    const shown = async (query = ''): Promise<readonly Shown[]> =>
      (await ask<{ items: Shown[] }>('GET', `/v1/connectors/keycrm/messages${query}`)).items;
    const told = [{ entity: 'order', remote_id: String(there()[0]?.id) }];
    const trigger = { event: 'order.change_order_status', state: 'read', told, untold: [] };
    const unknown = { event: 'order-updated', told: [], untold: ['unknown_event'] };
    const all = await shown();
    expect(all).toMatchObject([{ ...unknown, state: 'not_read' }, trigger, trigger]);
    expect(await shown('?state=not_read')).toEqual(all.slice(0, 1));
    expect(await shown('?state=read')).toEqual(all.slice(1));
    expect(await shown('?state=waiting')).toEqual([]);
    expect(await ask('GET', '/v1/connectors/keycrm')).toMatchObject({
      has_messages: true,
      heard_at: all[0]?.at,
    });
    const stocks = '[{"offer_id":1,"sku":"TSH","in_stock":5,"in_reserve":0}]';
    expect((await post(SECRET, stocks)).status).toBe(200);
    expect(await shown('?state=not_read')).toHaveLength(1);
    const counted = await api.app.get(Metrics).registry.metrics();
    expect(counted).toContain('mak_sync_messages_total{connector="keycrm",outcome="not_read"} 2\n');
  });

  it('that KeyCRM did not tell of let admins know that its triggers are not set up', async () => {
    const silence = () =>
      api.app.get(Database).within({ tenantId: tenant.id }, (tx) => silenceOf(tx, tenant.id, true));
    const journal = (detail: object, minutes: number) =>
      rows(
        `INSERT INTO sync_journal (id, tenant_id, connector, entity, local_id, remote_id, kind, detail, at)
         VALUES (gen_random_uuid(), $1, 'keycrm', 'order', 'o', '7', 'to_mak', '${JSON.stringify(detail)}',
           now() - interval '${minutes} minutes')`,
      );
    // It tells of no order that is made there, and may yet tell of what has just changed.
    await journal({ status: 'new', ordered_at: 0 }, 10);
    await journal({ status: 'shipped' }, 1);
    await journal({ comment: 'Later' }, 10);
    expect(await silence()).toBeNull();
    await journal({ status: 'shipped' }, 10);
    expect(await silence()).toContain('no message came');
    await rows(
      `INSERT INTO keycrm_message (id, tenant_id, key, event_type, payload, processing_status, received_at)
       VALUES (gen_random_uuid(), $1, 'a', 'b', '{}', 'processed', now() - interval '15 minutes')`,
    );
    expect(await silence()).toBeNull();
    await rows(
      `UPDATE keycrm_message SET received_at = now() - interval '2 hours' WHERE tenant_id = $1`,
    );
    expect(await silence()).toContain('no message came');
    // It told of this order, which came over only later, or of another one.
    await rows(
      `UPDATE keycrm_message SET payload = '{"kind":"order","id":"7"}' WHERE tenant_id = $1`,
    );
    expect(await silence()).toBeNull();
    await rows(
      `UPDATE keycrm_message SET payload = '{"kind":"card","id":"7"}' WHERE tenant_id = $1`,
    );
    expect(await silence()).toContain('no message came');
  });

  it('wait while the key is taken back, and go on with another one', async () => {
    const ours = await createOrder();
    await connect();
    await settled();
    keycrm.apiKey = randomUUID();
    const { version } = await orderOf(ours.id);
    await ask('POST', `/v1/orders/${ours.id}/status`, { version, status: 'done' });
    const state = () => ask<{ state: string; version: number }>('GET', '/v1/connectors/keycrm');
    await expect
      .poll(state)
      .toMatchObject({ state: 'stopped', reason: expect.stringContaining('key') });
    const writes = keycrm.calls.filter(({ status }) => status !== 401).length;
    await connect(5, (await state()).version);
    await ask('POST', '/v1/connectors/keycrm/resume', { version: (await state()).version });
    await settled();
    expect(keycrm.calls.filter(({ status }) => status !== 401).length).toBeGreaterThan(writes);
    expect(there()).toMatchObject([{ source_uuid: ours.id, status_id: 5 }]);
  });

  it('are synced at once when somebody asks for it', async () => {
    await connect(3_600);
    const ours = await createOrder();
    await settled();
    keycrm.account.orders.edit(there()[0]?.id, { buyer_comment: 'Changed there' });
    const { items } = await ask<{ items: object[] }>('POST', `/api/keycrm/sync/orders/${ours.id}`);
    const remote_id = String(there()[0]?.id);
    expect(items).toMatchObject([{ local_id: ours.id, remote_id, status: 'pending' }]);
    await expect.poll(async () => (await orderOf(ours.id))['comment']).toBe('Changed there');
    await ask('POST', `/api/keycrm/sync/customers/${ours.client_id}`);
    await settled();
    expect(await ask('GET', '/api/keycrm/sync/status')).toMatchObject({
      state: 'running',
      synced: 2,
      pending: 0,
      errors: 0,
    });
    const unknown = await api.call(`/api/keycrm/sync/articles/${ours.id}`, {
      key: tenant.apiKey,
      body: {},
    });
    expect(unknown.status).toBe(404);

    // Who asks for what is about to be looked at anyway makes nobody wait; each is in the audit log.
    const { version } = await ask<{ version: number }>('GET', '/v1/connectors/keycrm');
    await ask('POST', '/v1/connectors/keycrm/pause', { version });
    const reasons = () => rows('SELECT generation FROM sync_pending WHERE tenant_id = $1');
    const now = `/api/keycrm/sync/orders/${ours.id}`;
    await ask('POST', now);
    const before = await reasons();
    expect(before).toHaveLength(1);
    expect(await ask('POST', now)).toMatchObject({ items: [{ status: 'pending', remote_id }] });
    expect(await reasons()).toEqual(before);
    const asked = `SELECT FROM audit_entry WHERE tenant_id = $1 AND action = 'connector.record_synced' AND entity = 'order'`;
    expect(await rows(asked)).toHaveLength(3);
    // While somebody works on it, it has to be looked at once more.
    await rows(
      `UPDATE sync_pending SET lease = gen_random_uuid(), due_at = now() + interval '1 minute' WHERE tenant_id = $1`,
    );
    await ask('POST', now);
    expect(await reasons()).not.toEqual(before);
  });

  it('are made once when the answer of KeyCRM is lost', async () => {
    keycrm.disturb = ({ method, path }) =>
      method === 'POST' && path === '/order' && there().length === 0 ? 'answer lost' : 'arrives';
    const ours = await createOrder();
    await connect();
    await settled();
    expect(there()).toMatchObject([{ source_uuid: ours.id }]);
  });

  it('keep the status that they have here when the call that tells it is lost, and say so when it is refused', async () => {
    let lost = 0;
    keycrm.disturb = ({ method, path }, response) => {
      if (method !== 'PUT' || !path.startsWith('/order/') || lost > 0) return 'arrives';
      lost += 1;
      response.destroy();
      return 'answered';
    };
    const ours = await createOrder({ status: 'approved' });
    await connect();
    await settled();
    expect(lost).toBe(1);
    expect(await orderOf(ours.id)).toMatchObject({ status: 'approved' });
    expect(there()).toHaveLength(1);
    const [{ status_id: approved } = { status_id: 0 }] = there();
    const [first] = keycrm.account.settings.statuses.all;
    expect(approved).not.toBe(first?.id);

    keycrm.disturb = ({ method, path }, response) => {
      if (method !== 'PUT' || !path.startsWith('/order/')) return 'arrives';
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'Not now.', errors: { status_id: ['Not now.'] } }));
      return 'answered';
    };
    const other = await createOrder({ status: 'approved' });
    await settled();
    expect(await orderOf(other.id)).toMatchObject({ status: 'approved' });
    expect(
      await rows(
        `SELECT local_id AS id, refusal ->> 'field' AS field FROM sync_link WHERE tenant_id = $1 AND status = 'error'`,
      ),
    ).toEqual([{ id: other.id, field: 'status' }]);
    const wrote = await rows<{ has: boolean }>(
      `SELECT detail ? 'status' AS has FROM sync_journal WHERE tenant_id = $1 AND local_id = '${other.id}' AND kind = 'to_remote'`,
    );
    expect(wrote).toEqual([{ has: false }]);
  });

  it('take two people with one number for two buyers, each with an address, also in one batch', async () => {
    const borys = { name: 'Borys Koval', email: 'borys@example.com', phone: ANNA.phone };
    const office = { name: 'Office', kind: 'company', contacts: [ANNA, borys] };
    const { id } = await ask<{ id: string }>('POST', '/v1/clients', office);
    await connect();
    await settled();
    await ask('POST', `/api/keycrm/sync/customers/${id}`);
    await settled();
    const buyers = keycrm.account.buyers.rows.all.map(({ full_name, email }) => [full_name, email]);
    expect(buyers.toSorted()).toEqual([
      ['Anna Koval', [ANNA.email]],
      ['Borys Koval', [borys.email]],
    ]);
  });

  it('do not bring back who was erased, and what KeyCRM still knows is listed', async () => {
    const { client_id: client } = await createOrder();
    await connect();
    await settled();
    await ask('POST', '/v1/persons/erase', { email: ANNA.email });
    await settled();
    const [buyer] = keycrm.account.buyers.rows.all;
    keycrm.account.buyers.edit(buyer?.id, { full_name: 'Anna again' });
    await settled();
    const { items } = await ask<{ items: object[] }>('GET', '/v1/clients');
    expect(items).toMatchObject([{ id: client }]);
    const dead = await rows(
      `SELECT entity, refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL`,
    );
    expect(dead).toEqual([{ entity: 'contact', code: 'person_erased' }]);
  });

  it('keep what a buyer wrote out of the journal, and an erasure empties it on both sides', async () => {
    const ours = await createOrder({
      comment: 'Ring Anna after 18:00',
      payments: [{ amount: 1_000, description: 'From Anna' }],
    });
    await connect();
    await settled();
    expect(there()[0]?.buyer_comment).toBe('Ring Anna after 18:00');
    await ask('POST', '/v1/connectors/keycrm/pause', { version: 1 });
    const { version } = await orderOf(ours.id);
    await ask('PATCH', `/v1/orders/${ours.id}`, { version, comment: 'Anna is away' });
    keycrm.account.orders.edit(there()[0]?.id, { buyer_comment: 'Anna is back' });
    await ask('POST', '/v1/connectors/keycrm/resume', { version: 2 });
    await settled();
    expect((await orderOf(ours.id))['comment']).toBe(there()[0]?.buyer_comment);
    const journal = await rows<{ kind: string; detail: object }>(
      `SELECT kind, detail FROM sync_journal WHERE tenant_id = $1 AND entity = 'order'`,
    );
    expect(journal).toContainEqual({
      kind: 'conflict',
      detail: expect.objectContaining({ field: 'comment', mak: '•••', remote: '•••' }),
    });
    expect(JSON.stringify(journal)).not.toContain('Anna');

    await ask('POST', '/v1/persons/erase', { email: ANNA.email });
    await settled();
    expect(await orderOf(ours.id)).toMatchObject({
      comment: null,
      payments: [{ amount: 1_000, description: null }],
    });
    expect(there()[0]?.buyer_comment).toBeNull();
    const told = await rows(
      `SELECT data -> 'fields' AS fields FROM outbox WHERE tenant_id = $1 AND type = 'order.changed' ORDER BY deal_version DESC LIMIT 1`,
    );
    expect(told).toEqual([{ fields: ['comment', 'payments'] }]);
  });

  it('wait and say why when KeyCRM cannot have them', async () => {
    const foreign = await createOrder({ currency: 'USD' });
    const nobody = await createOrder({}, null);
    await connect();
    await settled();
    const dead = await rows(
      `SELECT local_id AS id, refusal ->> 'code' AS code FROM sync_pending
       WHERE tenant_id = $1 AND dead_at IS NOT NULL ORDER BY code DESC`,
    );
    expect(dead).toEqual([
      { id: foreign.id, code: 'other_currency' },
      { id: nobody.id, code: 'buyer_required' },
    ]);
    expect(there()).toEqual([]);
  });
});

describe('what somebody deletes in KeyCRM', () => {
  /** Minutes later: the account is read anew. */
  const readAnew = (): void => worker.app.get(KeyCrmConnector)['prepared'].forget(tenant.id);
  const state = () => ask<{ state: string; version: number }>('GET', '/v1/connectors/keycrm');

  it('stops the connector when settings name it; nothing is lost when they name what is there', async () => {
    await connect();
    await settled();
    const { sources } = keycrm.account.settings;
    const gone = sources.all.slice(0, 1);
    for (const { id } of gone) sources.remove(id);
    readAnew();
    const ours = await createOrder();
    const reason = expect.stringContaining(`no source ${gone[0]?.id}.`);
    await expect.poll(state).toMatchObject({ state: 'stopped', reason });
    expect(there()).toEqual([]);
    for (const one of gone) sources.put(one);
    await ask('POST', '/v1/connectors/keycrm/resume', { version: (await state()).version });
    await settled();
    expect(there()).toMatchObject([{ source_uuid: ours.id, source_id: gone[0]?.id }]);
  });

  it('is a difference when it was the status of an order, until the order has another one', async () => {
    const ours = await createOrder();
    await connect();
    await settled();
    const [before] = there();
    const { statuses } = keycrm.account.settings;
    for (const { id, group_id } of statuses.all) if (group_id === 4) statuses.remove(id);
    readAnew();
    const move = async (status: string): Promise<void> => {
      const { version } = await orderOf(ours.id);
      await ask('POST', `/v1/orders/${ours.id}/status`, { version, status });
      await settled();
    };
    const differences = () => ask('GET', '/v1/connectors/keycrm/divergences');
    await move('shipped');
    const refusal = { code: 'unknown_status', field: 'status' };
    expect(await differences()).toMatchObject({
      items: [{ entity: 'order', local_id: ours.id, refusal }],
    });
    expect(there()).toMatchObject([{ status_id: before?.status_id }]);
    expect(await orderOf(ours.id)).toMatchObject({ status: 'shipped' });
    await move('done');
    expect(await differences()).toMatchObject({ items: [] });
    expect(there()).toMatchObject([{ status_id: 5 }]);
  });
});

describe('messages of KeyCRM', () => {
  it('that are too long are refused, and nothing of them is kept', async () => {
    await connect();
    const answer = await fetch(webhookOf(SECRET), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"event":"${'a'.repeat(1024 * 1024)}"}`,
    });
    expect(answer.status).toBe(413);
    expect(await rows('SELECT FROM keycrm_message WHERE tenant_id = $1')).toEqual([]);
  });

  it('are kept for 90 days', async () => {
    for (const days of [89, 91])
      await rows(
        `INSERT INTO keycrm_message (id, tenant_id, key, event_type, payload, processing_status, received_at)
         VALUES (gen_random_uuid(), $1, '${days}', 'b', '{}', 'processed', now() - interval '${days} days')`,
      );
    const retention = worker.app.get(KeyCrmRetention);
    expect(await retention.find()).toContainEqual({ tenantId: tenant.id });
    await retention.handle({ tenantId: tenant.id }, new AbortController().signal);
    expect(await rows('SELECT key FROM keycrm_message WHERE tenant_id = $1')).toEqual([
      { key: '89' },
    ]);
  });
});

describe('another account of KeyCRM', () => {
  it('stops the connector before anything is mixed, until somebody says that it is the same one', async () => {
    const ours = await createOrder({ comment: 'Of the first one' });
    await connect();
    await settled();
    const other = new KeyCrmSimulator({
      apiKey: keycrm.apiKey,
      limit: { calls: 100_000, window: 60_000 },
      now: () => Date.now() - 86_400_000,
    });
    const elsewhere = await other.listen();
    const [source] = other.account.settings.sources.all;
    const settings = { address: elsewhere, source: source?.id, calls_per_minute: 60_000 };
    const secrets = { api_key: other.apiKey };
    const state = () => ask<{ state: string; version: number }>('GET', '/v1/connectors/keycrm');
    const stopped = {
      state: 'stopped',
      reason: expect.stringMatching(/^This is another account of KeyCRM/),
      reason_code: 'other_account',
    };
    try {
      const set = { version: 1, settings, secrets, poll_seconds: 5 };
      await ask('PUT', '/v1/connectors/keycrm', set);
      await expect.poll(state).toMatchObject(stopped);
      await ask('POST', '/v1/connectors/keycrm/resume', { version: (await state()).version });
      await expect.poll(state).toMatchObject(stopped);
      expect(other.account.orders.rows.all).toEqual([]);
      expect(other.calls.filter(({ call }) => call.includes('order?'))).toEqual([]);

      const resumed = { version: (await state()).version, same_account: true };
      await ask('POST', '/v1/connectors/keycrm/resume', resumed);
      await expect
        .poll(() => rows('SELECT account FROM sync_connector WHERE tenant_id = $1'), {
          timeout: 30_000,
        })
        .not.toEqual([{ account: null }]);
      expect(await state()).toMatchObject({ state: 'running', reason: null, reason_code: null });
      expect(await orderOf(ours.id)).toMatchObject({ comment: 'Of the first one' });
    } finally {
      await ask('DELETE', '/v1/connectors/keycrm');
      await other.close();
    }
  });
});

describe('articles in MaK and offers in KeyCRM', () => {
  it('become equal in stock and price, those of many in one call each', async () => {
    keycrm.account.catalogue.createProduct({ name: 'Known', sku: 'A-0', price: 1 });
    for (let index = 0; index < 3; index += 1)
      await ask('POST', '/v1/articles', {
        sku: `A-${index}`,
        name: `Article ${index}`,
        price: 10_000 + index,
        currency: 'UAH',
      });
    const count = (quantity: number, warehouse = 'main') =>
      ask('PUT', '/v1/articles/stocks', {
        stocks: [0, 1, 2].map((index) => ({ sku: `A-${index}`, warehouse, quantity })),
      });
    await count(5);
    await count(7, 'elsewhere');
    await connect();
    await settled();
    const offers = () =>
      keycrm.account.catalogue.offers.all.toSorted((one, other) =>
        String(one.sku).localeCompare(String(other.sku)),
      );
    expect(offers().map(({ sku, price }) => [sku, price])).toEqual([
      ['A-0', 100],
      ['A-1', 100.01],
      ['A-2', 100.02],
    ]);
    expect(offers().map(({ stock }) => [...stock])).toEqual([[[1, 5]], [[1, 5]], [[1, 5]]]);

    keycrm.calls.length = 0;
    await count(4);
    await settled();
    expect(offers().map(({ stock }) => stock.get(1))).toEqual([4, 4, 4]);
    const told = keycrm.calls.filter(({ call }) => call === 'PUT /offers/stocks');
    expect(told).toHaveLength(1);
  });

  it('become equal but those that KeyCRM refuses, and each of these says why', async () => {
    const made: { id: string; version: number }[] = [];
    for (const sku of ['B-0', 'B-1', 'B-2', 'B-3', 'B,4'])
      made.push(await ask('POST', '/v1/articles', { sku, name: sku, price: 100, currency: 'UAH' }));
    const count = (quantity: number) =>
      ask('PUT', '/v1/articles/stocks', {
        stocks: [0, 1, 2, 3].map((index) => ({ sku: `B-${index}`, warehouse: 'main', quantity })),
      });
    await count(1);
    await connect();
    await settled();
    await ask('POST', '/v1/connectors/keycrm/pause', { version: 1 });
    keycrm.disturb = ({ method, path, body }, response) => {
      const isPrices = method === 'PUT' && path === '/offers' && body.includes('"B-1"');
      const isStocks = method === 'PUT' && path === '/offers/stocks' && body.includes('"B-3"');
      if (!isPrices && !isStocks) return 'arrives';
      const place = body.split('"sku"').findIndex((part) => part.startsWith(':"B-3"')) - 1;
      const errors = isStocks ? { [`stocks.${place}.quantity`]: ['Too many.'] } : {};
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'Wrong.', errors }));
      return 'answered';
    };
    for (const { id, version } of made.slice(0, 4))
      await ask('PATCH', `/v1/articles/${id}`, { version, price: 200 });
    await count(7);
    await ask('POST', '/v1/connectors/keycrm/resume', { version: 2 });
    await settled();
    const { catalogue } = keycrm.account;
    expect(
      [0, 1, 2, 3].map((index) => {
        const offer = catalogue.bySku(`B-${index}`);
        return [offer?.price, offer?.stock.get(1)];
      }),
    ).toEqual([
      [2, 7],
      [1, 7],
      [2, 7],
      [2, 1],
    ]);
    const told = await rows(
      `SELECT local_id AS id, refusal ->> 'field' AS field, refusal ->> 'reason' AS reason FROM sync_link
       WHERE tenant_id = $1 AND status = 'error' ORDER BY field`,
    );
    expect(told).toEqual([
      { id: made[1]?.id, field: 'price', reason: 'Wrong.' },
      { id: made[3]?.id, field: 'stocks', reason: 'Too many.' },
    ]);
    const dead = await rows(
      `SELECT local_id AS id, refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL`,
    );
    expect(dead).toEqual([{ id: made[4]?.id, code: 'sku_with_comma' }]);
    expect(catalogue.bySku('B,4')).toBeUndefined();
  });

  it('go over also when many of them have long numbers', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `${'Щ'.repeat(97)}${index}`);
    for (const sku of numbers)
      await ask('POST', '/v1/articles', { sku, name: sku, price: 100, currency: 'UAH' });
    await connect();
    await settled();
    const { offers } = keycrm.account.catalogue;
    expect(offers.all.map(({ sku }) => sku).toSorted()).toEqual(numbers.toSorted());
  });
});

describe('what settings may name', () => {
  const options = (more: object) =>
    api.call<{ items: { setting: string; value: string; title: string }[] }>(
      '/v1/connectors/keycrm/options',
      { key: tenant.apiKey, method: 'POST', body: { settings: { address }, ...more } },
    );

  it('is read with a key that is not saved yet', async () => {
    const { sources, statuses, paymentMethods } = keycrm.account.settings;
    const { body } = await options({ secrets: { api_key: keycrm.apiKey } });
    const titles = (setting: string) =>
      body.items.filter((one) => one.setting === setting).map(({ title }) => title);
    expect(titles('source')).toEqual(
      sources.all.map(({ name, ['currency_code']: currency }) => `${name} (${String(currency)})`),
    );
    expect(titles('statuses')).toEqual(statuses.all.map(({ name }) => name));
    expect(titles('payment_method')).toEqual(paymentMethods.all.map(({ name }) => name));
    const refused = await options({ secrets: { api_key: 'wrong' } });
    expect(refused.body).toMatchObject({ code: 'access_refused', field: 'secrets' });
    expect(await rows('SELECT FROM sync_connector WHERE tenant_id = $1')).toEqual([]);
  });
});
