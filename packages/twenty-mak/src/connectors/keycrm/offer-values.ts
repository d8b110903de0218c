import { createHash } from 'node:crypto';
import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmStock } from './answers.ts';
import { amountIn, amountText } from './values.ts';

const moneySchema = z.object({ minor: z.int(), currency: z.string() });
export const stocksSchema = z.array(z.tuple([z.string(), z.number()]));
const PRICES = ['price', 'purchase_price'] as const;

/** An offer in MaK's terms, with the stocks of those warehouses that the two have in common. */
export function valuesOfOffer(offer: KeyCrmStock, { currency, warehouses }: KeyCrmAccount): Values {
  const money = (value: number | null | undefined): Json =>
    value ? { minor: amountIn(value, currency) ?? 0, currency } : null;
  const quantities = new Map((offer.warehouse ?? []).map(({ id, quantity }) => [id, quantity]));
  return {
    sku: offer.sku ?? null,
    price: money(offer.price),
    purchase_price: money(offer.purchased_price),
    stocks: [...warehouses].flatMap(([name, id]): [string, number][] => {
      const quantity = quantities.get(id);
      return quantity === undefined ? [] : [[name, quantity]];
    }),
  };
}

/** Values as KeyCRM gives them back: no price and a price of nothing are the same there. */
export function storedOfferValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      if (field === 'name') return [field, null];
      const money = moneySchema.safeParse(value).data;
      return [field, money?.minor === 0 ? null : value];
    }),
  );
}

/** Values as an offer shows them that has taken them: stocks of its warehouses alone, in its order. */
export function sentOfOffer(values: Values, offer: KeyCrmStock, account: KeyCrmAccount): Values {
  const { stocks, ...prices } = values;
  const sent = new Map(stocksSchema.safeParse(stocks ?? []).data ?? []);
  const shown = stocksSchema.parse(valuesOfOffer(offer, account)['stocks']);
  return {
    ...storedOfferValues(prices),
    ...(stocks === undefined
      ? {}
      : { stocks: shown.map(([name, quantity]) => [name, sent.get(name) ?? quantity]) }),
  };
}

/** Prices of these values as KeyCRM takes them; null when one is in another currency. */
export function pricesOf(
  values: Values,
  currency: string,
): Readonly<Record<'price' | 'purchased_price', number | undefined>> | null {
  const [price, purchased] = PRICES.map((field) => {
    if (!(field in values)) return undefined;
    const money = moneySchema.safeParse(values[field]).data;
    if (money === undefined) return 0;
    return money.currency === currency ? amountText(money.minor, currency) : null;
  });
  return price === null || purchased === null
    ? null
    : { price: price ?? undefined, purchased_price: purchased ?? undefined };
}

export function versionOfOffer(offer: KeyCrmStock, account: KeyCrmAccount): string {
  const content = JSON.stringify(valuesOfOffer(offer, account));
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}
