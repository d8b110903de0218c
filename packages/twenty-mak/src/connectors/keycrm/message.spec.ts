import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecret, keyOf, readMessage } from './message.ts';
import type { Told } from './message.ts';

const ORDER = {
  id: 23_196,
  status_id: 11,
  payment_status: 'part_paid',
  shipping_price: '70.00',
  status_changed_at: '2026-03-15T10:01:02.000000Z',
  updated_at: '2026-03-15T10:01:03.000000Z',
};
const body = (event: string, context: unknown): string => JSON.stringify({ event, context });
const status = (changes: object = {}): string =>
  body('order.change_order_status', { ...ORDER, ...changes });

/** What is told; fails when nothing is. */
function told(text: string): Told {
  const message = readMessage(text);
  if (!message.ok) throw new Error(`It says nothing: ${message.why}.`);
  return message.told;
}

describe('a message of KeyCRM', () => {
  it('tells that an order has moved', () => {
    expect(told(status())).toEqual({
      kind: 'order',
      trigger: 'order.change_order_status',
      id: '23196',
      statusId: '11',
      paymentStatus: 'part_paid',
      changedAt: Date.UTC(2026, 2, 15, 10, 1, 2),
    });
  });

  it('tells that an order was paid, at the instant of its last change', () => {
    expect(told(body('order.change_payment_status', ORDER))).toMatchObject({
      kind: 'order',
      paymentStatus: 'part_paid',
      changedAt: Date.UTC(2026, 2, 15, 10, 1, 3),
    });
  });

  it('tells that a card has moved', () => {
    expect(told(body('lead.change_lead_status', { id: 13_898, status_id: 1_002 }))).toMatchObject({
      kind: 'card',
      id: '13898',
      statusId: '1002',
      changedAt: null,
    });
  });

  it('tells of stocks as a bare list', () => {
    const lines = [{ offer_id: 130_827, sku: 'TSH-BLK-M', in_stock: 16, in_reserve: '3' }];
    expect(told(JSON.stringify(lines))).toEqual({
      kind: 'stocks',
      lines: [{ offerId: '130827', sku: 'TSH-BLK-M', inStock: 16, inReserve: 3 }],
    });
  });

  it.each([
    ['numbers as texts', { id: '23196', status_id: '11' }],
    ['instants in the form of REST', { status_changed_at: '2026-03-15 10:01:02' }],
    ['keys that nobody knows', { has_wings: true }],
  ])('is the same with %s', (_title, changes) => {
    expect(told(status(changes))).toEqual(told(status()));
  });

  it('is still a reason to look when all but the id is nonsense', () => {
    const nonsense = { status_id: {}, payment_status: 7, status_changed_at: 'soon', updated_at: 1 };
    expect(told(status(nonsense))).toEqual({
      kind: 'order',
      trigger: 'order.change_order_status',
      id: '23196',
      statusId: null,
      paymentStatus: null,
      changedAt: null,
    });
  });

  it.each([
    ['', 'not_json'],
    ['{"event":"order.change_or', 'not_json'],
    ['<html>', 'not_json'],
    ['null', 'unknown_event'],
    [body('order.created', ORDER), 'unknown_event'],
    [body('constructor', ORDER), 'unknown_event'],
    [status({ id: 0 }), 'no_record'],
    [status({ id: null }), 'no_record'],
    [body('order.change_order_status', null), 'no_record'],
    [body('order.change_order_status', [ORDER]), 'no_record'],
    ['[]', 'no_record'],
    ['[{"offer_id":1}]', 'no_record'],
  ])('says nothing when it is %s', (text, why) => {
    expect(readMessage(text)).toEqual({ ok: false, why });
  });

  it('is read or has a reason why not, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const message = readMessage(text);
        expect(message.ok || message.why.length > 0).toBe(true);
      }),
    );
  });

  it('keeps the id and the status of any order, cut off anywhere it says nothing', () => {
    const id = fc.integer({ min: 1, max: 2_147_483_647 });
    fc.assert(
      fc.property(id, id, fc.double({ min: 0, max: 0.99, noNaN: true }), (order, at, part) => {
        const text = status({ id: order, status_id: at });
        expect(told(text)).toMatchObject({ id: String(order), statusId: String(at) });
        expect(readMessage(text.slice(0, Math.floor(text.length * part))).ok).toBe(false);
      }),
    );
  });
});

describe('the key of a message', () => {
  it('is the same for a repeat, in whatever form its values come', () => {
    expect(keyOf(told(status({ id: '23196' })))).toBe(keyOf(told(status())));
  });

  it.each([
    ['another order', { id: 1 }],
    ['another status', { status_id: 12 }],
    ['another time', { status_changed_at: '2026-03-15T10:01:09.000000Z' }],
  ])('differs for %s', (_title, changes) => {
    expect(keyOf(told(status(changes)))).not.toBe(keyOf(told(status())));
  });

  it('differs between what moved and what was paid', () => {
    expect(keyOf(told(body('order.change_payment_status', ORDER)))).not.toBe(keyOf(told(status())));
  });
});

describe('the secret of the address', () => {
  it('must be the one that was given to KeyCRM', () => {
    expect(isSecret('right', 'right')).toBe(true);
    expect(isSecret('wrong', 'right')).toBe(false);
    expect(isSecret('', 'right')).toBe(false);
    expect(isSecret(undefined, 'right')).toBe(false);
  });

  it('lets nobody in while there is none', () => {
    expect(isSecret('', '')).toBe(false);
  });
});
