import { withoutNulls } from '../../platform/validation/index.ts';
import { OrderPaymentState, OrderPaymentStatus, OrderStatus } from './orders.model.ts';
import type {
  CreateOrderInput,
  EditOrderInput,
  Order,
  OrderLineInput,
  OrderPaymentInput,
} from './orders.model.ts';
import type { OrderRow } from './orders.repository.ts';

export function orderModel(row: OrderRow): Order {
  return {
    id: row.id,
    number: row.number,
    clientId: row.client_id,
    status: OrderStatus[row.status],
    currency: row.currency,
    lines: row.lines.map(({ properties, ...line }) => ({
      ...line,
      properties: properties.map((property) => ({ ...property })),
    })),
    discount: row.discount,
    shippingPrice: row.shipping_price,
    payments: row.payments.map(({ state, ...payment }) => ({
      ...payment,
      state: OrderPaymentState[state],
    })),
    total: row.total,
    paid: row.paid,
    paymentStatus: OrderPaymentStatus[row.payment_status],
    comment: row.comment,
    carrier: row.carrier,
    trackingCode: row.tracking_code,
    orderedAt: row.ordered_at,
    closedAt: row.closed_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A new order in the words of REST. */
export function restOrder(input: CreateOrderInput): Record<string, unknown> {
  const { payments, orderedAt, ...fields } = input;
  return withoutNulls({
    ...restFields(fields),
    ordered_at: orderedAt,
    payments: payments?.map(restPayment),
  });
}

/** The fields in the words of REST; what is left out stays left out, null empties. */
export function restFields(
  input: Partial<CreateOrderInput> | EditOrderInput,
): Record<string, unknown> {
  const { clientId, shippingPrice, trackingCode, lines, ...same } = input;
  const body = {
    ...same,
    client_id: clientId,
    shipping_price: shippingPrice,
    tracking_code: trackingCode,
    lines: lines?.map(restLine),
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

export function restPayment(input: OrderPaymentInput): Record<string, unknown> {
  return withoutNulls(input);
}

function restLine({ properties, ...line }: OrderLineInput): Record<string, unknown> {
  return withoutNulls({
    ...line,
    properties: properties?.map(({ name, value }) => ({ name, value })),
  });
}
