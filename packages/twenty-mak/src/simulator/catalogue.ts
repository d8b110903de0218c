import { DAY, formatInstant, HOUR } from 'twenty-mak-domain';
import type { Instant, OrderStatus, PaymentState } from 'twenty-mak-domain';
import { companyCount, companyOf } from './companies.ts';
import { Random } from './random.ts';
import { duringDay } from './working-time.ts';

/** An article as it is sent to the API. */
export interface SentArticle {
  readonly sku: string;
  readonly name: string;
  readonly product: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly price: number;
  readonly purchase_price: number;
  readonly currency: typeof CURRENCY;
}

/** An order as it is sent to the API. */
export interface SentOrder {
  readonly number: string;
  readonly client_id: string;
  readonly currency: typeof CURRENCY;
  readonly status: OrderStatus;
  readonly lines: readonly SentLine[];
  readonly shipping_price: number;
  readonly payments: readonly SentPayment[];
  readonly carrier: string | null;
  readonly tracking_code: string | null;
  readonly comment: string | null;
  readonly ordered_at: string;
}

interface SentLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
}

interface SentPayment {
  readonly amount: number;
  readonly state: PaymentState;
  readonly method: string;
  readonly at: string;
}

/** One for all, as an account of KeyCRM takes orders of a source in one. */
const CURRENCY = 'UAH' as const;
const ORDERS = 36;
/** Orders are of the last so many days. */
const DAYS = 45;
const SHIPPING = 7_000;
const COMMENTS = ['After 18:00', 'Call before delivery', 'With the logo of spring', 'As a gift'];
const METHODS = ['card', 'bank transfer', 'on delivery'];

/** What an agency gives its clients to give away: products in colours and sizes, prices in minor units. */
const PRODUCTS: readonly (readonly [
  product: string,
  sku: string,
  price: number,
  variants: readonly (readonly string[])[],
])[] = [
  [
    'T-shirt',
    'TSH',
    59_900,
    [
      ['black', 'M'],
      ['black', 'L'],
      ['white', 'M'],
      ['white', 'L'],
    ],
  ],
  [
    'Hoodie',
    'HDY',
    129_900,
    [
      ['grey', 'M'],
      ['grey', 'L'],
      ['grey', 'XL'],
    ],
  ],
  ['Cap', 'CAP', 34_950, [['blue'], ['black'], ['red']]],
  ['Mug', 'MUG', 18_900, [['white'], ['black']]],
  ['Thermos cup', 'THC', 64_500, [['steel'], ['green']]],
  ['Notebook', 'NTB', 14_900, [['A5'], ['A6']]],
  ['Pen', 'PEN', 2_900, [['blue'], ['black']]],
  ['Umbrella', 'UMB', 72_000, [['black'], ['orange']]],
  ['Sticker set', 'STK', 7_500, [['round'], ['square']]],
  ['Roll-up banner', 'RUB', 185_000, [['85 cm'], ['100 cm']]],
];

/** The same at every call. */
export function articlesOf(): readonly SentArticle[] {
  const variants = PRODUCTS.flatMap(([product, sku, price, all]) =>
    all.map((values) => ({
      product,
      price,
      values,
      sku: [sku, ...values.map(shortened)].join('-'),
    })),
  );
  return [
    ...variants.map(({ product, price, values, sku }) => ({
      ...{ sku, product, price, currency: CURRENCY, purchase_price: Math.round(price / 2) },
      name: [product, ...values].join(', '),
      properties: values.map((value) => ({ name: propertyOf(value), value })),
    })),
    {
      ...{ sku: 'BAG-JUTE', name: 'Bag of jute', product: 'Bag of jute', properties: [] },
      ...{ price: 22_000, purchase_price: 11_000, currency: CURRENCY },
    },
  ];
}

/** How many there are of an article, which some orders have reserved. */
export function stocksOf(seed: string): readonly object[] {
  return articlesOf().flatMap(({ sku }) => {
    const random = new Random(`${seed}/stock/${sku}`);
    const main = random.int(0, 240);
    const shop = { sku, warehouse: 'shop', quantity: random.int(0, 12), reserved: 0 };
    return [
      { sku, warehouse: 'main', quantity: main, reserved: Math.min(main, random.int(0, 9)) },
      ...(random.chance(0.4) ? [shop] : []),
    ];
  });
}

/** Orders of those clients of a simulation of that many deals who pay in the currency of the catalogue; oldest first. */
export function ordersOf(seed: string, deals: number, now: Instant): readonly SentOrder[] {
  const buyers = Array.from({ length: companyCount(deals) }, (_, index) =>
    companyOf(seed, index),
  ).filter(({ currency }) => currency === CURRENCY);
  if (buyers.length === 0) return [];
  return Array.from({ length: ORDERS }, (_, index) => {
    const random = new Random(`${seed}/order/${index}`);
    // More of them come every week.
    const age = 2 + Math.floor((DAYS - 2) * (1 - (index + 1) / ORDERS) ** 2);
    const at = duringDay(now - age * DAY, random.next());
    const { id } = random.pick(buyers);
    return orderOf(random, `WEB-${1_001 + index}`, `crm:${id}`, age, at);
  });
}

function orderOf(
  random: Random,
  number: string,
  client: string,
  age: number,
  at: Instant,
): SentOrder {
  const status = statusOf(random, age);
  const lines = linesOf(random);
  const isSent = status === 'shipped' || status === 'done';
  const total = lines.reduce(
    (sum, { quantity, price, discount }) => sum + quantity * price - discount,
    SHIPPING,
  );
  return {
    ...{ number, client_id: client, currency: CURRENCY, status, lines },
    shipping_price: SHIPPING,
    payments: paymentsOf(random, status, total, at),
    carrier: isSent ? 'Nova Poshta' : null,
    tracking_code: isSent ? `590000${String(random.int(0, 99_999_999)).padStart(8, '0')}` : null,
    comment: random.chance(0.3) ? random.pick(COMMENTS) : null,
    ordered_at: formatInstant(at),
  };
}

/** The older an order is, the further it has come. */
function statusOf(random: Random, age: number): OrderStatus {
  if (random.chance(0.12)) return 'cancelled';
  if (age > 14) return 'done';
  if (age > 9) return random.pick(['done', 'shipped']);
  if (age > 5) return random.pick(['shipped', 'in_work']);
  return random.pick(['new', 'approved', 'in_work']);
}

function linesOf(random: Random): readonly SentLine[] {
  const goods = new Map(
    Array.from({ length: random.int(1, 4) }, () => random.pick(articlesOf())).map(
      (article) => [article.sku, article] as const,
    ),
  );
  return [...goods.values()].map(({ sku, name, price }) => {
    const quantity = random.weighted([
      [random.int(1, 5), 3],
      [10 * random.int(2, 20), 1],
    ]);
    // From twenty on a tenth is let off.
    const discount = quantity >= 20 ? Math.round((quantity * price) / 10) : 0;
    return { sku, name, quantity, price, discount };
  });
}

function paymentsOf(
  random: Random,
  status: OrderStatus,
  total: number,
  orderedAt: Instant,
): readonly SentPayment[] {
  const method = random.pick(METHODS);
  const payment = (amount: number, state: PaymentState): SentPayment => ({
    ...{ amount, state, method },
    at: formatInstant(orderedAt + HOUR),
  });
  const half = Math.floor(total / 2);
  switch (status) {
    case 'done':
      return [payment(total, 'paid')];
    case 'shipped':
      return random.chance(0.7)
        ? [payment(total, 'paid')]
        : [payment(half, 'paid'), payment(total - half, 'expected')];
    case 'in_work':
      return [payment(half, 'paid'), payment(total - half, 'expected')];
    case 'approved':
      return [payment(total, 'expected')];
    case 'cancelled':
      return random.chance(0.5) ? [payment(total, 'cancelled')] : [];
    case 'new':
      return [];
  }
}

/** As numbers of articles have it: BLK of black, and sizes as they are. */
function shortened(value: string): string {
  const known: Readonly<Record<string, string>> = { black: 'BLK', white: 'WHT' };
  return known[value] ?? value.replaceAll(' ', '').slice(0, 3).toUpperCase();
}

function propertyOf(value: string): string {
  if (/^(X?[SML]|A\d|\d+ cm)$/.test(value)) return 'Size';
  return value === 'round' || value === 'square' ? 'Shape' : 'Colour';
}
