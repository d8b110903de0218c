import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { ArticleProperty } from './article.ts';

/** Where an order is, in the order in which it goes. */
export const ORDER_STATUSES = [
  'new',
  'approved',
  'in_work',
  'shipped',
  'done',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const PAYMENT_STATUSES = ['not_paid', 'part_paid', 'paid', 'overpaid'] as const;
/** What follows from the payments of an order. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const PAYMENT_STATES = ['expected', 'paid', 'cancelled'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** What is bought. Money is in minor units of the order's currency. */
export interface OrderLine {
  /** Number of an article, or of something that the catalogue does not have. */
  readonly sku: string | null;
  readonly name: string;
  /** Up to three decimals. */
  readonly quantity: number;
  /** Of one. */
  readonly price: number;
  /** Off the line as a whole. */
  readonly discount: number;
  readonly properties: readonly ArticleProperty[];
}

/** Money that came, or is to come. Another amount is another payment. */
export interface OrderPayment {
  readonly id: string;
  readonly amount: number;
  readonly state: PaymentState;
  readonly method: string | null;
  readonly description: string | null;
  readonly at: Instant;
}

export interface Order {
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  /** Off the order as a whole. */
  readonly discount: number;
  readonly shipping_price: number;
  readonly comment: string | null;
  readonly payments: readonly OrderPayment[];
  readonly carrier: string | null;
  readonly tracking_code: string | null;
}

export interface OrderSums {
  readonly total: number;
  readonly paid: number;
  readonly payment_status: PaymentStatus;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** What an order costs and what of it is paid. Refuses with `discount_too_large` and `order_too_large`. */
export function sumOrder(
  order: Pick<Order, 'lines' | 'discount' | 'shipping_price' | 'payments'>,
): Decision<OrderSums> {
  let total = 0n;
  for (const [index, line] of order.lines.entries()) {
    const full = timesQuantity(line.price, line.quantity);
    if (BigInt(line.discount) > full)
      return refuse(
        'discount_too_large',
        'A discount is larger than what it is taken from.',
        `lines.${index}.discount`,
      );
    total += full - BigInt(line.discount);
  }
  if (BigInt(order.discount) > total)
    return refuse(
      'discount_too_large',
      'A discount is larger than what it is taken from.',
      'discount',
    );
  total += BigInt(order.shipping_price) - BigInt(order.discount);
  let paid = 0n;
  for (const { state, amount } of order.payments) if (state === 'paid') paid += BigInt(amount);
  if (total > BigInt(MOST) || paid > BigInt(MOST))
    return refuse('order_too_large', 'The sum is larger than can be kept.', 'lines');
  return accept({
    total: Number(total),
    paid: Number(paid),
    payment_status: paymentStatus(paid, total),
  });
}

/** Whether nothing is expected to happen with an order of this status. */
export function isClosed(status: OrderStatus): boolean {
  return status === 'done' || status === 'cancelled';
}

/** An order with one more payment. Refuses with `order_too_large`. */
export function addPayment(order: Order, payment: OrderPayment): Decision<Order> {
  return summed({ ...order, payments: [...order.payments, payment] });
}

/**
 * An order of whose payments one has become another state. Refuses with `unknown_payment` and `payment_cancelled`: what was
 * cancelled stays so, and money that comes after all is another payment.
 */
export function movePayment(order: Order, id: string, state: PaymentState): Decision<Order> {
  const payment = order.payments.find((one) => one.id === id);
  if (payment === undefined)
    return refuse('unknown_payment', 'The order has no such payment.', 'payment_id');
  if (payment.state === 'cancelled' && state !== 'cancelled')
    return refuse(
      'payment_cancelled',
      'The payment was cancelled. Enter what came as another one.',
      'state',
    );
  return summed({
    ...order,
    payments: order.payments.map((one) => (one.id === id ? { ...one, state } : one)),
  });
}

/** An order that has sums, whatever they are. */
function summed(order: Order): Decision<Order> {
  const sums = sumOrder(order);
  return sums.ok ? accept(order) : sums;
}

/** Exact to the half of a minor unit, which is rounded up; no binary fraction takes part. */
function timesQuantity(price: number, quantity: number): bigint {
  const thousandths = BigInt(Math.round(quantity * 1_000));
  return (BigInt(price) * thousandths + 500n) / 1_000n;
}

function paymentStatus(paid: bigint, total: bigint): PaymentStatus {
  // What costs nothing waits for no money.
  if (paid === total) return 'paid';
  if (paid === 0n) return 'not_paid';
  return paid < total ? 'part_paid' : 'overpaid';
}
