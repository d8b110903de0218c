import type { LineRow, OrderRow } from './order-rows.ts';

/** What follows from lines, discounts and payments, in the currency of the source. */
export interface OrderSums {
  readonly products_total: number;
  readonly total_discount: number;
  readonly grand_total: number;
  readonly payments_total: number;
  readonly margin_sum: number;
  readonly payment_status: 'not_paid' | 'part_paid' | 'paid' | 'overpaid';
}

export function sumsOf(order: OrderRow): OrderSums {
  const full = order.products.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const lines = order.products.reduce((sum, line) => sum + discountOf(line), 0);
  const cost = order.products.reduce(
    (sum, { purchased_price, quantity }) => sum + (purchased_price ?? 0) * quantity,
    0,
  );
  const own = (order.discount_amount ?? 0) + (full * (order.discount_percent ?? 0)) / 100;
  const extra = (order.shipping_price ?? 0) + (order.wrap_price ?? 0) + (order.taxes ?? 0);
  const total = cents(full - lines - own + extra);
  const paid = cents(
    order.payments.reduce((sum, { status, amount }) => sum + (status === 'paid' ? amount : 0), 0),
  );
  return {
    products_total: cents(full),
    total_discount: cents(lines + own),
    grand_total: total,
    payments_total: paid,
    margin_sum: cents(full - lines - own - cost),
    payment_status: paymentStatus(paid, total),
  };
}

/** What is taken off a line as a whole. */
export function discountOf(line: LineRow): number {
  const { price, quantity, discount_amount, discount_percent } = line;
  return (discount_amount ?? 0) + (price * quantity * (discount_percent ?? 0)) / 100;
}

export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function paymentStatus(paid: number, total: number): OrderSums['payment_status'] {
  if (paid === 0) return 'not_paid';
  if (paid < total) return 'part_paid';
  return paid === total ? 'paid' : 'overpaid';
}
