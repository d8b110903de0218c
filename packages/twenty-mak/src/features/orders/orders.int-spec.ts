import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { keyWith } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { isWritable, RecordSources } from '../../platform/records/index.ts';
import type { MakChange } from '../../platform/records/index.ts';
import type { OrderAnswer } from './orders.dto.ts';

let mak: TestApp;
let tenant: TestTenant;
let client: string;

interface Problem {
  readonly code: string;
  readonly field?: string;
}

const ask = <Body>(path: string, body?: object, method?: string): Promise<Answer<Body>> =>
  mak.call<Body>(path, {
    key: tenant.apiKey,
    ...(method === undefined ? {} : { method }),
    ...(body === undefined ? {} : { body }),
  });
const numbered = (): string => `WEB-${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
  client = await makeClient('Olena');
});
afterAll(() => mak.close());

async function makeClient(name: string, ref?: string): Promise<string> {
  const external_refs = ref === undefined ? [] : [{ system: 'stock', id: ref }];
  return (await ask<{ id: string }>('/v1/clients', { name, external_refs })).body.id;
}

const DRAFT = {
  currency: 'UAH',
  lines: [{ sku: 'TSH', name: 'T-shirt', quantity: 2, price: 59_900 }],
  discount: 5_000,
  shipping_price: 7_000,
};
async function make(changes: object = {}): Promise<OrderAnswer> {
  const body = { ...DRAFT, number: numbered(), client_id: client, ...changes };
  const answer = await ask<OrderAnswer>('/v1/orders', body);
  expect(answer.status).toBe(201);
  return answer.body;
}
const read = async (id: string): Promise<OrderAnswer> =>
  (await ask<OrderAnswer>(`/v1/orders/${id}`)).body;

/** What left of an order, in its order. */
const told = (id: string) =>
  mak.database.query<{ type: string; deal_version: number; data: Record<string, unknown> }>(
    'SELECT type, deal_version, data FROM outbox WHERE deal_id = $1 ORDER BY deal_version',
    [id],
  );

describe('an order', () => {
  it('is made with its sums, and read again', async () => {
    const made = await make({
      comment: 'After 18:00',
      payments: [{ amount: 60_000, method: 'card', at: '2026-03-14T09:00:00Z' }],
      ordered_at: '2026-03-14T08:12:44Z',
    });
    expect(made).toMatchObject({
      client_id: client,
      status: 'new',
      total: 121_800,
      paid: 60_000,
      payment_status: 'part_paid',
      payments: [{ amount: 60_000, state: 'paid', method: 'card', at: '2026-03-14T09:00:00.000Z' }],
      ordered_at: '2026-03-14T08:12:44.000Z',
      closed_at: null,
      version: 1,
    });
    expect(await read(made.id)).toEqual(made);
  });

  it('goes its way, and tells of each step in its order', async () => {
    const { id, number } = await make();
    await ask(`/v1/orders/${id}`, { version: 1, tracking_code: '2045', carrier: 'NP' }, 'PATCH');
    await ask(`/v1/orders/${id}/status`, { version: 2, status: 'shipped' });
    const paid = await ask<OrderAnswer>(`/v1/orders/${id}/payments`, {
      version: 3,
      amount: 121_800,
    });
    expect([paid.status, paid.body.payment_status]).toEqual([201, 'paid']);
    const done = await ask<OrderAnswer>(`/v1/orders/${id}/status`, { version: 4, status: 'done' });
    expect(done.body).toMatchObject({ status: 'done', tracking_code: '2045', version: 5 });
    expect(done.body.closed_at).not.toBeNull();
    const payment = { payment_id: paid.body.payments[0]?.id, payment_status: 'paid' };
    expect(await told(id)).toMatchObject([
      { type: 'order.created', deal_version: 1, data: { number, total: 121_800 } },
      { type: 'order.changed', deal_version: 2, data: { fields: ['carrier', 'tracking_code'] } },
      { type: 'order.status.changed', deal_version: 3, data: { from: 'new', to: 'shipped' } },
      { type: 'order.payment.changed', deal_version: 4, data: payment },
      { type: 'order.status.changed', deal_version: 5, data: { from: 'shipped', to: 'done' } },
    ]);
  });

  it('changes nothing and tells nothing when it is so already', async () => {
    const { id, lines } = await make();
    const edit = { version: 1, lines, comment: null, client_id: client };
    expect((await ask<OrderAnswer>(`/v1/orders/${id}`, edit, 'PATCH')).body.version).toBe(1);
    await ask(`/v1/orders/${id}/status`, { version: 1, status: 'new' });
    expect(await told(id)).toHaveLength(1);
  });

  it('opens again when it is moved back, and sums up anew when its lines change', async () => {
    const { id } = await make({ status: 'cancelled' });
    expect((await read(id)).closed_at).not.toBeNull();
    const lines = [{ name: 'Cap', quantity: 0.5, price: 35_001, discount: 1 }];
    await ask(`/v1/orders/${id}/status`, { version: 1, status: 'approved' });
    await ask(`/v1/orders/${id}`, { version: 2, lines }, 'PATCH');
    expect(await read(id)).toMatchObject({ closed_at: null, total: 19_500 });
  });

  it('is not changed on an old version, by any of its calls', async () => {
    const { id } = await make({ payments: [{ amount: 1 }] });
    await ask(`/v1/orders/${id}`, { version: 1, comment: 'First' }, 'PATCH');
    const [payment] = (await read(id)).payments;
    const late = [
      await ask<Problem>(`/v1/orders/${id}`, { version: 1, comment: 'Late' }, 'PATCH'),
      await ask<Problem>(`/v1/orders/${id}/status`, { version: 1, status: 'done' }),
      await ask<Problem>(`/v1/orders/${id}/payments`, { version: 1, amount: 5 }),
      await ask<Problem>(
        `/v1/orders/${id}/payments/${payment?.id}`,
        { version: 1, state: 'cancelled' },
        'PATCH',
      ),
    ];
    expect(late.map(({ status, body }) => [status, body.code])).toEqual(
      late.map(() => [409, 'stale_version']),
    );
    expect(await read(id)).toMatchObject({ comment: 'First', version: 2, paid: 1 });
  });

  it.each([
    ['nobody who buys', { client_id: 'nobody' }, 'unknown_client', 'client_id'],
    ['more off than it costs', { discount: 119_801 }, 'discount_too_large', 'discount'],
    [
      'a sum beyond what can be kept',
      { lines: [{ name: 'x', quantity: 2, price: Number.MAX_SAFE_INTEGER }], discount: 0 },
      'order_too_large',
      'lines',
    ],
    [
      'money with parts of a minor unit',
      { shipping_price: 0.5 },
      'invalid_request',
      'shipping_price',
    ],
  ])('has not %s', async (_title, changes, code, field) => {
    const number = numbered();
    const body = { ...DRAFT, number, client_id: client, ...changes };
    expect(await ask('/v1/orders', body)).toMatchObject({ status: 422, body: { code, field } });
    const found = await ask<{ items: object[] }>(`/v1/orders?text=${number}`);
    expect(found.body.items).toEqual([]);
  });

  it('has a number that no other one has, also when it is sent twice at once', async () => {
    const body = { ...DRAFT, number: numbered(), client_id: client };
    const answers = await Promise.all([1, 2, 3].map(() => ask<Problem>('/v1/orders', body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('number_taken');
  });

  it('names its client also after that became one with another', async () => {
    const [goes, stays] = [await makeClient('Goes', 'c-77'), await makeClient('Stays')];
    const { id } = await make({ client_id: 'stock:c-77' });
    expect((await read(id)).client_id).toBe(goes);
    await ask(`/v1/clients/${goes}/merge`, { version: 1, into: { id: stays, version: 1 } });
    expect((await read(id)).client_id).toBe(stays);
    for (const key of [goes, stays, 'stock:c-77']) {
      const found = await ask<{ items: OrderAnswer[] }>(`/v1/orders?client=${key}`);
      expect(found.body.items.map((one) => one.id)).toEqual([id]);
    }
  });

  it('is listed page by page, the newest first, each once', async () => {
    const buyer = await makeClient('Pages');
    const at = '2026-03-14T08:00:00Z';
    for (const ordered_at of [at, at, '2026-03-15T08:00:00Z', '2026-03-13T08:00:00Z'])
      await make({ client_id: buyer, ordered_at });
    const seen: OrderAnswer[] = [];
    let cursor = '';
    do {
      const { body } = await ask<{ items: OrderAnswer[]; next: string | null }>(
        `/v1/orders?client=${buyer}&status=new&payment_status=not_paid&limit=2${cursor}`,
      );
      seen.push(...body.items);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen.map(({ ordered_at }) => ordered_at.slice(8, 10))).toEqual(['15', '14', '14', '13']);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(4);
  });
});

describe('a payment', () => {
  it('that was expected comes, and what was cancelled stays so', async () => {
    const { id, payments } = await make({ payments: [{ amount: 121_800, state: 'expected' }] });
    const move = (version: number, state: string) =>
      ask<OrderAnswer & Problem>(
        `/v1/orders/${id}/payments/${payments[0]?.id}`,
        { version, state },
        'PATCH',
      );
    expect((await move(1, 'paid')).body).toMatchObject({ payment_status: 'paid', version: 2 });
    expect((await move(2, 'cancelled')).body).toMatchObject({
      payment_status: 'not_paid',
      paid: 0,
    });
    expect((await move(3, 'paid')).body).toMatchObject({ code: 'payment_cancelled' });
    expect((await move(3, 'cancelled')).body.version).toBe(3);
    const other = `/v1/orders/${id}/payments/${randomUUID()}`;
    expect(await ask(other, { version: 3, state: 'paid' }, 'PATCH')).toMatchObject({
      status: 422,
      body: { code: 'unknown_payment' },
    });
    expect(await told(id)).toHaveLength(3);
  });
});

describe('what happens with orders', () => {
  it('is told live and by name, and whoever comes back misses nothing', async () => {
    const listen = async (after?: string) => {
      const gone = new AbortController();
      const answer = await fetch(`${mak.url}/hubs/keycrm`, {
        headers: {
          authorization: `Bearer ${tenant.apiKey}`,
          ...(after === undefined ? {} : { 'last-event-id': after }),
        },
        signal: gone.signal,
      });
      expect(answer.headers.get('content-type')).toContain('text/event-stream');
      const text = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      let heard = '';
      return {
        until: async (word: string): Promise<string> => {
          while (!heard.includes(word)) heard += (await text?.read())?.value ?? '';
          return heard;
        },
        leave: () => gone.abort(),
      };
    };
    const first = await listen();
    const { id } = await make();
    const created = await first.until('"type":"order.created"');
    first.leave();
    expect(created).toContain('event: OrderUpdated\n');
    expect(created).toContain(`"order_id":"${id}"`);
    const [, position] = /\nid: (.+)\n/.exec(created) ?? [];
    await ask(`/v1/orders/${id}/payments`, { version: 1, amount: 100 });
    const again = await listen(position);
    const paid = await again.until('PaymentUpdated');
    again.leave();
    expect(paid).not.toContain('order.created');
    expect(paid).toContain('"payment_status":"part_paid"');
  });
});

describe('orders', () => {
  it('are the same by GraphQL', async () => {
    const query = async (text: string) =>
      (
        await mak.call<{ data: Record<string, { id: string; version: number }> }>('/graphql', {
          key: tenant.apiKey,
          body: { query: text },
        })
      ).body.data;
    const number = numbered();
    const made =
      await query(`mutation { createOrder(input: { number: "${number}", clientId: "${client}",
      currency: "EUR", lines: [{ name: "Mug", quantity: 1, price: 4294967296 }] }) { id } }`);
    const id = made['createOrder']?.id;
    await query(
      `mutation { editOrder(id: "${id}", input: { version: 1, trackingCode: "7" }) { id } }`,
    );
    await query(`mutation { moveOrder(id: "${id}", version: 2, status: in_work) { id } }`);
    await query(
      `mutation { addOrderPayment(id: "${id}", version: 3, payment: { amount: 1, at: "2026-03-14T09:00:00Z" }) { id } }`,
    );
    const paymentId = (await read(id ?? '')).payments[0]?.id;
    await query(
      `mutation { moveOrderPayment(id: "${id}", paymentId: "${paymentId}", version: 4, state: cancelled) { id } }`,
    );
    expect(
      await query(
        `{ orders(text: "${number}") { nodes { id status trackingCode total paymentStatus payments { state at } } } }`,
      ),
    ).toEqual({
      orders: {
        nodes: [
          {
            id,
            status: 'in_work',
            trackingCode: '7',
            total: 4_294_967_296,
            paymentStatus: 'not_paid',
            payments: [{ state: 'cancelled', at: '2026-03-14T09:00:00.000Z' }],
          },
        ],
      },
    });
    expect(await query(`{ order(id: "${id}") { version } }`)).toEqual({ order: { version: 5 } });
  });

  it('are read and written with the permissions of the catalogue', async () => {
    const reader = await keyWith(mak, tenant, ['catalogue:read']);
    const { id } = await make();
    expect((await mak.call(`/v1/orders/${id}`, { key: reader })).status).toBe(200);
    const body = { version: 1, status: 'done' };
    expect((await mak.call(`/v1/orders/${id}/status`, { key: reader, body })).status).toBe(403);
    expect((await read(id)).status).toBe('new');
  });

  it('name their client to those who see clients', async () => {
    const { id } = await make();
    const query = `{ order(id: "${id}") { client { id name } } }`;
    const clientFor = async (key: string) =>
      (await mak.call('/graphql', { key, body: { query } })).body;
    const named = { data: { order: { client: { id: client, name: 'Olena' } } } };
    expect(await clientFor(tenant.apiKey)).toEqual(named);
    const reader = await keyWith(mak, tenant, ['catalogue:read']);
    expect(await clientFor(reader)).toEqual({ data: { order: { client: null } } });
  });
});

describe('what a buyer wrote', () => {
  /** As another system tells it. */
  async function hear(change: Pick<MakChange, 'localId' | 'version' | 'values'>) {
    const sources = mak.app.get(RecordSources);
    const orders = sources.of('order');
    if (!isWritable(orders)) throw new Error('Orders can be written.');
    const remoteId = change.localId ?? randomUUID();
    const [answer] = await mak.app.get(Database).together({ tenantId: tenant.id }, async (tx) => {
      await sources.takeTurns(tx, tenant.id, 'order');
      return orders.write(tenant.id, 'shop', [{ ...change, remoteId }]);
    });
    return answer;
  }

  it('does not come back from another system once the buyer was erased', async () => {
    const email = `${randomUUID()}@orders.example`;
    const made = await ask<{ id: string }>('/v1/clients', {
      ...{ name: 'Iryna', kind: 'person', contacts: [{ email }] },
    });
    const { body } = await ask<{ contacts: { id: string }[] }>(`/v1/clients/${made.body.id}`);
    const buyer = body.contacts[0]?.id ?? '';
    const { id, version } = await make({ client_id: made.body.id });
    const change = (comment: string, at: number) =>
      hear({ localId: id, version: at, values: { comment } });
    expect(await change('Ring Iryna', version)).toMatchObject({
      ...{ kind: 'written', values: { comment: 'Ring Iryna' } },
    });
    expect((await ask('/v1/persons/erase', { email })).status).toBe(200);
    const { version: erased } = await read(id);
    const empty = { kind: 'written', values: { comment: null } };
    expect(await change('Ring Iryna', erased)).toMatchObject(empty);
    const values = { buyer, currency: 'UAH', comment: 'Iryna again' };
    const later = await hear({ localId: null, version: null, values });
    expect(later).toMatchObject({ kind: 'written', values: { buyer, comment: null } });
  });
});
