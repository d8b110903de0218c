import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPayment, isClosed, movePayment, ORDER_STATUSES, sumOrder } from './index.ts';
import type { Order, OrderLine, OrderPayment, OrderSums } from './index.ts';

const LINE: OrderLine = {
  sku: 'TSH',
  name: 'T-shirt',
  quantity: 2,
  price: 59_900,
  discount: 0,
  properties: [],
};
const ORDER: Order = {
  status: 'new',
  lines: [LINE],
  discount: 5_000,
  shipping_price: 7_000,
  comment: null,
  payments: [],
  carrier: null,
  tracking_code: null,
};
const payment = (id: string, amount: number, changes: Partial<OrderPayment> = {}) =>
  ({
    ...{ id, amount, state: 'paid', method: null, description: null, at: 0 },
    ...changes,
  }) as OrderPayment;

/** The sums of an order; fails when it has none. */
function sums(changes: Partial<Order> = {}): OrderSums {
  const decision = sumOrder({ ...ORDER, ...changes });
  if (!decision.ok) throw new Error(decision.refusal.reason);
  return decision.value;
}

describe('an order', () => {
  it('costs its lines and the way, less what is taken off', () => {
    expect(sums()).toEqual({ total: 121_800, paid: 0, payment_status: 'not_paid' });
    const lines = [
      { ...LINE, discount: 100 },
      { ...LINE, price: 1, quantity: 1 },
    ];
    expect(sums({ lines }).total).toBe(121_701);
  });

  it('costs parts of something to the minor unit', () => {
    const cost = (quantity: number, price: number) =>
      sums({ lines: [{ ...LINE, quantity, price }], discount: 0, shipping_price: 0 }).total;
    expect([cost(0.125, 1_000), cost(1.005, 100), cost(0.001, 500), cost(0.001, 499)]).toEqual([
      125, 101, 1, 0,
    ]);
  });

  it.each<[string, readonly OrderPayment[], OrderSums['payment_status']]>([
    ['nothing', [], 'not_paid'],
    ['what is only expected', [payment('a', 121_800, { state: 'expected' })], 'not_paid'],
    ['what was cancelled', [payment('a', 121_800, { state: 'cancelled' })], 'not_paid'],
    ['a part', [payment('a', 60_000)], 'part_paid'],
    ['all of it in two parts', [payment('a', 60_000), payment('b', 61_800)], 'paid'],
    ['more', [payment('a', 121_801)], 'overpaid'],
  ])('is paid with %s', (_title, payments, status) => {
    expect(sums({ payments }).payment_status).toBe(status);
  });

  it('that costs nothing waits for no money', () => {
    expect(sums({ lines: [], discount: 0, shipping_price: 0 }).payment_status).toBe('paid');
  });

  it.each<[string, Partial<Order>, string, string]>([
    [
      'more off a line',
      { lines: [{ ...LINE, discount: 119_801 }] },
      'discount_too_large',
      'lines.0.discount',
    ],
    ['more off the whole', { discount: 119_801 }, 'discount_too_large', 'discount'],
    [
      'more than can be kept',
      { lines: [{ ...LINE, price: Number.MAX_SAFE_INTEGER }] },
      'order_too_large',
      'lines',
    ],
  ])('has not %s', (_title, changes, code, field) => {
    expect(sumOrder({ ...ORDER, ...changes })).toMatchObject({
      ok: false,
      refusal: { code, field },
    });
  });

  it('is closed when it is done or cancelled', () => {
    expect(ORDER_STATUSES.filter(isClosed)).toEqual(['done', 'cancelled']);
  });

  it('costs the same in whatever order its lines and payments stand', () => {
    const lines = fc.array(
      fc.record({
        price: fc.integer({ min: 0, max: 10_000_000 }),
        quantity: fc.integer({ min: 1, max: 100_000 }).map((thousandths) => thousandths / 1_000),
      }),
    );
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }));
    fc.assert(
      fc.property(lines, amounts, (drafts, paid) => {
        const order = {
          lines: drafts.map((draft) => ({ ...LINE, ...draft })),
          payments: paid.map((amount, index) => payment(`${index}`, amount)),
          discount: 0,
        };
        const reversed = {
          lines: order.lines.toReversed(),
          payments: order.payments.toReversed(),
          discount: 0,
        };
        expect(sums(reversed)).toEqual(sums(order));
        expect(sums(order).paid).toBe(paid.reduce((sum, amount) => sum + amount, 0));
      }),
    );
  });
});

describe('a payment', () => {
  it('is added to those that are there', () => {
    const one = addPayment(ORDER, payment('a', 1));
    expect(one).toEqual({ ok: true, value: { ...ORDER, payments: [payment('a', 1)] } });
  });

  it('comes, and is cancelled for good', () => {
    const order = { ...ORDER, payments: [payment('a', 1, { state: 'expected' })] };
    const move = (state: OrderPayment['state'], to: OrderPayment['state']) =>
      movePayment({ ...order, payments: [payment('a', 1, { state })] }, 'a', to);
    expect(movePayment(order, 'a', 'paid')).toEqual({
      ok: true,
      value: { ...ORDER, payments: [payment('a', 1)] },
    });
    expect(move('paid', 'cancelled').ok).toBe(true);
    expect(move('cancelled', 'cancelled').ok).toBe(true);
    expect(move('cancelled', 'paid')).toMatchObject({ refusal: { code: 'payment_cancelled' } });
  });

  it('that is not there cannot come', () => {
    expect(movePayment(ORDER, 'a', 'paid')).toMatchObject({ refusal: { code: 'unknown_payment' } });
  });

  it('is not more than can be kept', () => {
    const order = { ...ORDER, payments: [payment('a', Number.MAX_SAFE_INTEGER)] };
    expect(addPayment(order, payment('b', 1))).toMatchObject({
      refusal: { code: 'order_too_large' },
    });
  });
});
