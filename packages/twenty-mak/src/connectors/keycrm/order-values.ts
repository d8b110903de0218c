import { isUuid } from '../../platform/ids/index.ts';
import { formatInstant, paymentSums, sumOrder } from 'twenty-mak-domain';
import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import { versionOf } from '../sync/index.ts';
import { statusHere } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmOrder } from './answers.ts';
import { amountIn } from './values.ts';

const LONGEST_NAME = 500;
const SECOND = 1_000;

export const linesSchema = z.array(
  z.object({
    sku: z.string().nullable(),
    name: z.string(),
    quantity: z.number(),
    price: z.int(),
  }),
);
export type Line = z.output<typeof linesSchema>[number];
export const paymentsSchema = z.array(
  z.object({ amount: z.int(), state: z.enum(['expected', 'paid']) }),
);

/** States of payments here and there. */
export const PAYMENT_STATES = {
  expected: 'not_paid',
  paid: 'paid',
  cancelled: 'canceled',
} as const;

/** Sums of an order in minor units of its source. */
export interface OrderMoney {
  readonly currency: string;
  readonly lines: readonly Line[];
  /** All discounts in one sum, so that the total here is the total there, however KeyCRM has come to it. */
  readonly discount: number;
  readonly shipping_price: number;
}

/** An order in MaK's terms. `buyer` is the contact here, or any name of who buys. */
export function valuesOfOrder(
  order: KeyCrmOrder,
  account: KeyCrmAccount,
  buyer: string | null,
): Values {
  const { currency, lines, discount, shipping_price } = moneyOf(order, account);
  const orderedAt = Math.floor((order.ordered_at ?? order.created_at) / SECOND) * SECOND;
  return {
    currency,
    status: statusHere(account, order.status_id, order.status_group_id),
    buyer,
    lines: lines.map((line) => ({ ...line })),
    discount,
    shipping_price,
    payments: paymentSums(paymentsOf(order, account)).map((payment) => ({ ...payment })),
    comment: order.buyer_comment || null,
    tracking_code: order.shipping?.tracking_code || null,
    ordered_at: formatInstant(orderedAt),
  };
}

/** Values as KeyCRM gives them back: it knows no empty texts. */
export function storedOrderValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, value === '' ? null : value]),
  );
}

export function moneyOf(order: KeyCrmOrder, account: KeyCrmAccount): OrderMoney {
  const currency = currencyOf(order, account);
  const minor = (value: number | null | undefined): number =>
    value == null ? 0 : (amountIn(value, currency) ?? 0);
  const lines = (order.products ?? [])
    .filter(({ quantity }) => quantity > 0)
    .map(({ sku, name, quantity, price }): Line => ({
      sku: sku || null,
      name: (name || sku || 'Unnamed').slice(0, LONGEST_NAME),
      quantity: Math.round(quantity * 1_000) / 1_000,
      price: Math.max(0, minor(price)),
    }));
  const full = fullPrice(lines);
  const extras = minor(order.shipping_price) + minor(order.wrap_price) + minor(order.taxes);
  const off = full + extras - minor(order.grand_total);
  const discount = Math.min(Math.max(0, off), full);
  return { currency, lines, discount, shipping_price: Math.max(0, extras - (off - discount)) };
}

/** Payments with the names that they have there. */
export function paymentsOf(
  order: KeyCrmOrder,
  account: KeyCrmAccount,
): readonly { id: string; amount: number; state: keyof typeof PAYMENT_STATES }[] {
  const currency = currencyOf(order, account);
  return (order.payments ?? []).flatMap(({ id, amount, status }) => {
    const minor = amountIn(amount, currency) ?? 0;
    return minor > 0 ? [{ id, amount: minor, state: stateOf(status) }] : [];
  });
}

/** MaK's id that an order carries; of another source the number is not ours. */
export function makIdOf(order: KeyCrmOrder, { sourceId }: KeyCrmAccount): string | null {
  const { source_id, source_uuid } = order;
  return source_id === sourceId && isUuid(source_uuid ?? '') ? (source_uuid ?? null) : null;
}

export function versionOfOrder(order: KeyCrmOrder, account: KeyCrmAccount): string {
  const values = valuesOfOrder(order, account, order.buyer?.id ?? null);
  return versionOf(order.updated_at, [values, makIdOf(order, account)]);
}

function currencyOf({ source_id }: KeyCrmOrder, account: KeyCrmAccount): string {
  return account.currencies.get(source_id) ?? account.currency;
}

function fullPrice(lines: readonly Line[]): number {
  const sums = sumOrder({
    lines: lines.map((line) => ({ ...line, discount: 0, properties: [] })),
    discount: 0,
    shipping_price: 0,
    payments: [],
  });
  return sums.ok ? sums.value.total : 0;
}

function stateOf(status: string): keyof typeof PAYMENT_STATES {
  if (status === 'paid') return 'paid';
  return status === 'not_paid' ? 'expected' : 'cancelled';
}
