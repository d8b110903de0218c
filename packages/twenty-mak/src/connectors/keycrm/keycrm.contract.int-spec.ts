import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, places } from '../../../test/keycrm-contract/target.ts';
import type { Target } from '../../../test/keycrm-contract/target.ts';
import type { KeyCrmOrder } from './answers.ts';
import type { Taken } from './api.ts';

/** Tells what this run has made from what others have. */
const RUN = `mak-${randomBytes(4).toString('hex')}`;
/** A telephone number that no other run has. */
const PHONE = `+38067${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`;
/** Milliseconds; clocks may differ by so much. */
const MINUTE = 60_000;

/** What was taken; fails with what KeyCRM said instead. */
function taken<T>(answer: Taken<T>): T {
  if (answer.kind === 'taken') return answer.value;
  throw new Error(JSON.stringify(answer));
}

describe.each(places())('KeyCRM as we rely on it: $name', (place) => {
  let target: Target;
  let sourceId = '';
  let numbered = 0;
  beforeAll(async () => {
    target = await openTarget(place);
    const [source] = await target.api.list('sources');
    sourceId = source?.id ?? '';
  });
  afterAll(() => target.close());

  const draft = (changes: object = {}) => ({
    source_id: Number(sourceId),
    source_uuid: `${RUN}-${(numbered += 1)}`,
    buyer: { full_name: `Buyer ${RUN}`, phone: PHONE, email: `${RUN}@example.test` },
    products: [{ sku: `${RUN}-unknown`, name: 'Something', price: 599.5, quantity: 2 }],
    ...changes,
  });
  const order = async (changes: object = {}): Promise<KeyCrmOrder> =>
    taken(await target.api.createOrder(draft(changes)));
  const read = async (id: string): Promise<KeyCrmOrder> => {
    const found = await target.api.order(id);
    if (found === null) throw new Error(`There is no order ${id}.`);
    return found;
  };

  describe('settings', () => {
    it('are read as lists', async () => {
      const { api } = target;
      const statuses = await api.list('statuses');
      expect(new Set(statuses.map(({ group_id }) => group_id)).has('1')).toBe(true);
      expect((await api.list('paymentMethods')).length).toBeGreaterThan(0);
      expect((await api.list('users')).some(({ email }) => (email ?? '').includes('@'))).toBe(true);
      const [pipeline] = await api.list('pipelines');
      const steps = await api.pipelineStatuses(pipeline?.id ?? '');
      expect(steps.every(({ pipeline_id }) => pipeline_id === pipeline?.id)).toBe(true);
      expect(await api.list('tags')).toBeInstanceOf(Array);
      expect(await api.list('deliveryServices')).toBeInstanceOf(Array);
      expect(await api.customFields()).toBeInstanceOf(Array);
    });

    it('take no other key', async () => {
      const wrong = target.open({ apiKey: 'wrong' });
      await expect(wrong.ask({ method: 'GET', path: '/order/status' })).rejects.toMatchObject({
        kind: 'blocked',
      });
    });

    it('give at most 50 records in a page', async () => {
      const query = { limit: 51 };
      const answer = await target.client.ask({ method: 'GET', path: '/order', query });
      const size = answer.kind === 'data' ? (answer.data as { per_page: number }).per_page : 0;
      expect(size).toBeLessThanOrEqual(50);
    });
  });

  describe('orders', () => {
    it('begin in a status of the first group, unpaid, with a buyer of their own', async () => {
      const { id } = await order({ buyer_comment: 'after 18:00', shipping_price: 70 });
      const found = await read(id);
      expect(found).toMatchObject({
        source_id: sourceId,
        status_group_id: '1',
        payment_status: 'not_paid',
        grand_total: 1_269,
        buyer_comment: 'after 18:00',
        buyer: { full_name: `Buyer ${RUN}` },
      });
      expect(found.products).toMatchObject([{ price: 599.5, quantity: 2 }]);
      expect(await target.api.buyer(found.buyer?.id ?? '')).toMatchObject({
        phone: [PHONE],
      });
    });

    it('are found by the number that they were given, also when they were sent twice', async () => {
      const body = draft();
      const first = taken(await target.api.createOrder(body));
      await target.api.createOrder(body);
      const numbers = [body.source_uuid, `${RUN}-never`];
      const found = await target.api.ordersNumbered(sourceId, numbers);
      expect([...found.keys()]).toEqual([body.source_uuid]);
      expect(found.get(body.source_uuid)?.id).toBe(first.id);
    });

    it('are refused without a known source, and without anybody who buys', async () => {
      const unknown = await target.api.createOrder(draft({ source_id: 999_999_999 }));
      expect(unknown).toMatchObject({ kind: 'refused' });
      expect(await target.api.createOrder(draft({ buyer: {} }))).toMatchObject({ kind: 'refused' });
    });

    it('move, are commented and get a tracking code once', async () => {
      const { id, status_id } = await order();
      const statuses = await target.api.list('statuses');
      const next = statuses.find((status) => status.id !== status_id && status.group_id !== '6');
      const moved = taken(
        await target.api.editOrder(id, {
          status_id: Number(next?.id),
          manager_comment: 'checked',
          buyer_comment: 'after 18:00',
          shipping_price: 70,
          shipping: { tracking_code: '20450644192161' },
        }),
      );
      // What it answers is what the call has left, also while somebody else writes.
      expect(moved).toMatchObject({
        status_id: next?.id,
        status_group_id: next?.group_id,
        manager_comment: 'checked',
        buyer_comment: 'after 18:00',
        grand_total: 1_269,
        shipping_price: 70,
      });
      expect((await read(id)).shipping?.tracking_code).toBe('20450644192161');
      const again = await target.api.editOrder(id, { shipping: { tracking_code: '2045' } });
      expect(again).toMatchObject({ kind: 'refused' });
      expect((await read(id)).shipping?.tracking_code).toBe('20450644192161');
    });

    it('have lines that are changed and not added', async () => {
      const { id } = await order();
      const [line] = (await read(id)).products ?? [];
      taken(await target.api.editOrder(id, { products: [{ id: Number(line?.id), quantity: 3 }] }));
      await target.api.editOrder(id, { products: [{ sku: `${RUN}-other`, quantity: 1 }] });
      expect((await read(id)).products).toMatchObject([{ id: line?.id, quantity: 3 }]);
    });

    it('are paid in parts, and payments are cancelled', async () => {
      const { id } = await order();
      const [method] = await target.api.list('paymentMethods');
      const pay = async (amount: number) =>
        taken(await target.api.addPayment(id, { amount, payment_method_id: Number(method?.id) }));
      const first = await pay(600);
      expect(first).toMatchObject({ amount: 600, status: 'paid' });
      expect((await read(id)).payment_status).toBe('part_paid');
      await pay(599);
      expect((await read(id)).payment_status).toBe('paid');
      await pay(1);
      expect((await read(id)).payment_status).toBe('overpaid');
      const cancelled = await target.api.editPayment(id, first.id, { status: 'canceled' });
      expect(taken(cancelled)).toMatchObject({ id: first.id, amount: 600, status: 'canceled' });
      const left = await read(id);
      expect(left.payment_status).toBe('part_paid');
      expect(left.payments?.find((payment) => payment.id === first.id)).toMatchObject({
        amount: 600,
        status: 'canceled',
      });
    });

    it('are listed by the instant of their last change, page by page', async () => {
      const { id, updated_at } = await order();
      const around = await target.api.ordersChanged(updated_at - MINUTE, updated_at + MINUTE, 1);
      expect(around.rows.map((row) => row.id)).toContain(id);
      const before = await target.api.ordersChanged(updated_at - 2 * MINUTE, updated_at - 1_000, 1);
      expect(before.rows.map((row) => row.id)).not.toContain(id);
    });

    it('that are not there are null, and cannot be changed', async () => {
      expect(await target.api.order('999999999')).toBeNull();
      expect(await target.api.editOrder('999999999', { manager_comment: 'x' })).toEqual({
        kind: 'missing',
      });
    });
  });

  describe('buyers', () => {
    it('have lists of numbers and addresses, which are replaced as a whole', async () => {
      const full_name = `Person ${RUN}`;
      const phone = ['+380501112244', '+380501112255'];
      const made = taken(
        await target.api.createBuyer({ full_name, phone, email: [`${RUN}.2@example.test`] }),
      );
      expect(made).toMatchObject({ full_name, phone });
      const edit = { full_name, phone: phone.slice(1) };
      const answer = taken(await target.api.editBuyer(made.id, edit));
      const after = await target.api.buyer(made.id);
      expect(after).toMatchObject({ phone: phone.slice(1), email: [`${RUN}.2@example.test`] });
      // So nobody has to look afterwards what a write has become.
      expect(answer).toMatchObject({ phone: phone.slice(1), email: [`${RUN}.2@example.test`] });
      const { updated_at } = after ?? made;
      const changed = await target.api.buyersChanged(updated_at - MINUTE, updated_at + MINUTE, 1);
      expect(changed.rows.map(({ id }) => id)).toContain(made.id);
    });

    it('need a name also when something else is changed', async () => {
      const { id } = taken(await target.api.createBuyer({ full_name: `Named ${RUN}` }));
      expect(await target.api.editBuyer(id, { note: 'x' })).toMatchObject({ kind: 'refused' });
      expect(await target.api.buyer('999999999')).toBeNull();
    });
  });

  describe('goods', () => {
    it('have a price and a quantity that is set, not added', async () => {
      const sku = `${RUN}-cap`;
      taken(await target.api.createProduct({ name: `Cap ${RUN}`, sku, price: 349.5 }));
      for (const quantity of [10, 7]) taken(await target.api.setStocks('1', [{ sku, quantity }]));
      taken(await target.api.setPrices([{ sku, price: 300 }]));
      const [stock] = await target.api.stocks([sku]);
      expect(stock).toMatchObject({ sku, price: 300, quantity: 7 });
      expect(stock?.warehouse?.some(({ id, quantity }) => id === '1' && quantity === 7)).toBe(true);
    });

    it('that are not there have no stock', async () => {
      const stocks = [{ sku: `${RUN}-never`, quantity: 1 }];
      expect(await target.api.setStocks('1', stocks)).toMatchObject({ kind: 'refused' });
      expect(await target.api.stocks([`${RUN}-never`])).toEqual([]);
    });

    it('are in an order by their sku', async () => {
      const sku = `${RUN}-bag`;
      taken(await target.api.createProduct({ name: `Bag ${RUN}`, sku, price: 220 }));
      const { id } = await order({ products: [{ sku, price: 220, quantity: 1 }] });
      expect((await read(id)).products).toMatchObject([{ sku, offer: { sku } }]);
    });
  });

  describe('cards', () => {
    it('begin in the first status of a funnel and move', async () => {
      const contact = { full_name: `Contact ${RUN}`, phone: '+380671112299' };
      const { id, status_id } = taken(
        await target.api.createCard({ title: `Card ${RUN}`, contact }),
      );
      const [pipeline] = await target.api.list('pipelines');
      const next = (await target.api.pipelineStatuses(pipeline?.id ?? '')).find(
        (status) => status.id !== status_id,
      );
      taken(await target.api.editCard(id, { status_id: Number(next?.id) }));
      expect(await target.api.card(id)).toMatchObject({ status_id: next?.id, contact });
    });

    it('are about a buyer who is there, and are listed with them by the instant of their last change', async () => {
      const full_name = `Client ${RUN}`;
      const client = taken(await target.api.createBuyer({ full_name }));
      const made = taken(
        await target.api.createCard({
          title: `About ${RUN}`,
          source_id: Number(sourceId),
          contact: { full_name: 'Somebody else', client_id: Number(client.id) },
        }),
      );
      const about = await target.api.card(made.id);
      const at = about?.updated_at ?? 0;
      expect(about?.contact).toMatchObject({ client: { id: client.id } });
      const around = await target.api.cardsChanged(at - MINUTE, at + MINUTE, 1);
      expect(around.rows.find(({ id }) => id === made.id)?.contact).toMatchObject({
        client: { id: client.id },
      });
      const ofSource = await target.api.cardsMade(sourceId, at - MINUTE, at + MINUTE, 1);
      expect(ofSource.rows.map(({ id }) => id)).toContain(made.id);

      const other = taken(await target.api.createBuyer({ full_name: `Other ${RUN}` }));
      taken(await target.api.editCard(made.id, { client_id: Number(other.id), title: 'Renamed' }));
      expect(await target.api.card(made.id)).toMatchObject({
        title: 'Renamed',
        contact: { client: { id: other.id } },
      });
    });

    it('need a contact', async () => {
      expect(await target.api.createCard({ title: RUN })).toMatchObject({ kind: 'refused' });
      expect(await target.api.card('999999999')).toBeNull();
    });
  });
});

describe('the limit of a KeyCRM', () => {
  it('is told with how long to wait, and nothing of what was sent is done', async () => {
    const target = await openTarget({ name: '', real: undefined }, { calls: 2, window: 60_000 });
    const [source] = await target.api.list('sources');
    await target.api.list('statuses');
    const sent = target.api.createOrder({ source_id: Number(source?.id), buyer: { phone: '1' } });
    await expect(sent).rejects.toMatchObject({ kind: 'rate_limited', wait: 60_000 });
    await target.close();
  });
});
