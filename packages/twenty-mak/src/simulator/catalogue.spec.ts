import { ORDER_STATUSES } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { articlesOf, ordersOf, stocksOf } from './catalogue.ts';
import { companyOf } from './companies.ts';

const NOW = Date.UTC(2026, 9, 14, 12);
const orders = ordersOf('spring', 300, NOW);

describe('the catalogue of a simulated business', () => {
  it('has articles with numbers of their own, each of which is counted', () => {
    const skus = articlesOf().map(({ sku }) => sku);
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus).toContain('TSH-BLK-M');
    const counted = stocksOf('spring').map((stock) => ('sku' in stock ? stock.sku : null));
    expect(new Set(counted)).toEqual(new Set(skus));
  });

  it('has the same orders for the same seed, and others for another one', () => {
    expect(ordersOf('spring', 300, NOW)).toEqual(orders);
    expect(ordersOf('autumn', 300, NOW)).not.toEqual(orders);
  });

  it('has orders in every status, of clients who pay in its currency, none of them from the future', () => {
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
    const buyers = Array.from({ length: 75 }, (_, index) => companyOf('spring', index))
      .filter(({ currency }) => currency === 'UAH')
      .map(({ id }) => `crm:${id}`);
    for (const { client_id: client, ordered_at: at, payments } of orders) {
      expect(buyers).toContain(client);
      for (const moment of [at, ...payments.map((payment) => payment.at)])
        expect(Date.parse(moment)).toBeLessThan(NOW);
    }
  });

  it('lets nobody pay more than is bought, and has all that is done paid', () => {
    for (const { status, lines, shipping_price: shipping, payments } of orders) {
      const total = lines.reduce(
        (sum, { quantity, price, discount }) => sum + quantity * price - discount,
        shipping,
      );
      const paid = payments
        .filter(({ state }) => state === 'paid')
        .reduce((sum, { amount }) => sum + amount, 0);
      expect(paid).toBeLessThanOrEqual(total);
      expect(status !== 'done' || paid === total).toBe(true);
    }
  });
});
