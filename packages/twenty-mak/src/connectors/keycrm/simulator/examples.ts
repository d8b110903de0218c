import type { SimulatedAccount } from './account.ts';

const GOODS = [
  ['TSH-BLK-M', 'T-shirt, black, M', 599],
  ['TSH-WHT-L', 'T-shirt, white, L', 599],
  ['CAP-BLU', 'Cap, blue', 349.5],
  ['BAG-JUTE', 'Bag of jute', 220],
] as const;

const PEOPLE = [
  ['Olena Koval', '+380671112233', 'olena.koval@example.test'],
  ['Taras Melnyk', '+380502223344', 'taras.melnyk@example.test'],
  ['Iryna Shevchuk', '+380633334455', null],
] as const;

/** Goods, orders and cards to look at, so that nobody begins before an empty account. */
export function addExamples({ catalogue, orders, cards, settings }: SimulatedAccount): void {
  for (const [sku, name, price] of GOODS)
    catalogue.createProduct({ sku, name, price, purchased_price: price / 2 });
  catalogue.setStocks({
    warehouse_id: settings.warehouses.all[0]?.id,
    stocks: GOODS.map(([sku], index) => ({ sku, quantity: 40 + 10 * index })),
  });
  const source = settings.sources.all[0]?.id;
  for (const [index, [full_name, phone, email]] of PEOPLE.entries()) {
    const [sku, , price] = GOODS[index] ?? GOODS[0];
    orders.create({
      source_id: source,
      source_uuid: `EXAMPLE-${index + 1}`,
      buyer: { full_name, phone, email },
      products: [{ sku, price, quantity: index + 1 }],
      shipping_price: 70,
    });
    cards.create({
      title: `Question of ${full_name}`,
      source_id: source,
      contact: { full_name, phone },
    });
  }
}
