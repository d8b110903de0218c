import { describe, expect, it } from 'vitest';
import {
  changedFields,
  draftOf,
  inputOf,
  isReadable,
  NEW_LINE,
  NEW_ORDER,
  partOf,
  readPrice,
  readQuantity,
} from './order-draft.ts';

const client = { id: 'c1', name: 'Nova' };
const line = { ...NEW_LINE, sku: ' TSH ', name: ' Shirt ', quantity: '1,5', price: '599.50' };
const draft = { ...NEW_ORDER, client, lines: [line], discount: '50' };

describe('a draft of an order', () => {
  it('is told to the server in minor units, without spaces around words', () => {
    expect(inputOf(draft, 'UAH')).toEqual({
      clientId: 'c1',
      lines: [
        { sku: 'TSH', name: 'Shirt', quantity: 1.5, price: 59_950, discount: 0, properties: [] },
      ],
      discount: 5_000,
      shippingPrice: 0,
      carrier: null,
      trackingCode: null,
      comment: null,
    });
  });

  it('comes back from the order as it was typed', () => {
    const order: Parameters<typeof draftOf>[0] = {
      ...{ id: 'o', number: 'WEB-1', status: 'new', paymentStatus: 'not_paid', version: 1 },
      ...{ currency: 'UAH', total: 0, paid: 0, clientId: client.id, client, payments: [] },
      ...{ discount: 5_000, shippingPrice: 0, carrier: null, trackingCode: null, comment: null },
      ...{ orderedAt: '', createdAt: '', updatedAt: '', closedAt: null },
      lines: [
        { sku: 'TSH', name: 'Shirt', quantity: 1.5, price: 59_950, discount: 0, properties: [] },
      ],
    };
    expect(draftOf(order)).toEqual({
      ...draft,
      lines: [{ ...line, sku: 'TSH', name: 'Shirt', quantity: '1.5' }],
    });
  });

  it('needs a client, names, quantities and amounts', () => {
    expect(isReadable(draft, 'UAH')).toBe(true);
    expect(isReadable({ ...draft, client: null }, 'UAH')).toBe(false);
    for (const wrong of [{ name: ' ' }, { quantity: '0' }, { price: '-1' }, { discount: 'x' }])
      expect(isReadable({ ...draft, lines: [{ ...line, ...wrong }] }, 'UAH')).toBe(false);
  });

  it('sends only what was changed', () => {
    expect(changedFields(draft, { ...draft, comment: ' ', discount: '50,00' }, 'UAH')).toEqual([]);
    const other = { ...draft, trackingCode: '2045 ', client: { id: 'c2', name: 'Other' } };
    const fields = changedFields(draft, other, 'UAH');
    expect(fields).toEqual(['client', 'trackingCode']);
    expect(partOf(other, 'UAH', fields)).toEqual({ clientId: 'c2', trackingCode: '2045' });
  });
});

describe('quantities and prices', () => {
  it('are read as people type them', () => {
    expect(['2', '1 000', '0.125', '0', '-1', '1.2345', ''].map(readQuantity)).toEqual([
      2,
      1_000,
      0.125,
      null,
      null,
      null,
      null,
    ]);
    expect(['', '12,5', '-1', 'x'].map((text) => readPrice(text, 'UAH'))).toEqual([
      0,
      1_250,
      null,
      null,
    ]);
  });
});
