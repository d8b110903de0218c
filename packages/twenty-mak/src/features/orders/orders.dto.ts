import {
  formatInstant,
  MAX_QUANTITY,
  ORDER_STATUSES,
  PAYMENT_STATES,
  PAYMENT_STATUSES,
} from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  expectedVersion,
  instantField,
  limitField,
  plainText,
  textField,
} from '../../platform/validation/index.ts';
import type { OrderRow } from './orders.repository.ts';

const money = z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('Minor units.');
const version = expectedVersion('order');
const clientKey = plainText(401).describe(
  'The client: its id, `system:id` of one of its references, or that id alone.',
);

const lineBody = z.strictObject({
  sku: textField(100).nullable().default(null).describe('Of an article, or of anything else.'),
  name: textField(500),
  quantity: z.number().positive().max(MAX_QUANTITY).multipleOf(0.001),
  price: money.describe('Of one, in minor units.'),
  discount: money.default(0).describe('Off the line as a whole, in minor units.'),
  properties: z
    .array(z.strictObject({ name: textField(100), value: textField(200) }))
    .max(50)
    .default([]),
});

const paymentFields = {
  amount: money.min(1),
  state: z.enum(PAYMENT_STATES).default('paid'),
  method: textField(100).nullable().default(null),
  description: textField(500).nullable().default(null),
  at: instantField.optional().describe('Left out: now.'),
};

const fields = {
  client_id: clientKey,
  lines: z.array(lineBody).max(500),
  discount: money.describe('Off the order as a whole, in minor units.'),
  shipping_price: money,
  comment: plainText(10_000).nullable(),
  carrier: textField(100).nullable(),
  tracking_code: textField(100).nullable(),
};

export const createOrderBody = z.strictObject({
  ...fields,
  number: textField(100).describe('No other order has it.'),
  currency: currencyField,
  status: z.enum(ORDER_STATUSES).default('new'),
  discount: fields.discount.default(0),
  shipping_price: fields.shipping_price.default(0),
  comment: fields.comment.default(null),
  carrier: fields.carrier.default(null),
  tracking_code: fields.tracking_code.default(null),
  payments: z.array(z.strictObject(paymentFields)).max(100).default([]),
  ordered_at: instantField.optional().describe('Left out: now.'),
});
export type CreateOrder = z.output<typeof createOrderBody>;

export const editOrderBody = z
  .strictObject({ ...z.strictObject(fields).partial().shape, version })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' });
export type EditOrder = z.output<typeof editOrderBody>;

export const moveOrderBody = z.strictObject({ version, status: z.enum(ORDER_STATUSES) });
export type MoveOrder = z.output<typeof moveOrderBody>;

export const addPaymentBody = z.strictObject({ ...paymentFields, version });
export type AddPayment = z.output<typeof addPaymentBody>;

export const movePaymentBody = z.strictObject({ version, state: z.enum(PAYMENT_STATES) });
export type MovePayment = z.output<typeof movePaymentBody>;

export const listOrdersQuery = z.strictObject({
  text: plainText(200).optional().describe('Beginning of the number.'),
  status: z.enum(ORDER_STATUSES).optional(),
  payment_status: z.enum(PAYMENT_STATUSES).optional(),
  client: clientKey.optional(),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListOrders = z.output<typeof listOrdersQuery>;

const instantText = z.iso.datetime();
const minor = z.int().describe('Minor units.');

export const orderSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  client_id: z.uuid().nullable().describe('The client that it names now.'),
  status: z.enum(ORDER_STATUSES),
  currency: z.string(),
  lines: z.array(
    z.object({
      sku: z.string().nullable(),
      name: z.string(),
      quantity: z.number(),
      price: minor,
      discount: minor,
      properties: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
  discount: minor,
  shipping_price: minor,
  payments: z.array(
    z.object({
      id: z.uuid(),
      amount: minor,
      state: z.enum(PAYMENT_STATES),
      method: z.string().nullable(),
      description: z.string().nullable(),
      at: instantText,
    }),
  ),
  total: minor,
  paid: minor,
  payment_status: z.enum(PAYMENT_STATUSES),
  comment: z.string().nullable(),
  carrier: z.string().nullable(),
  tracking_code: z.string().nullable(),
  ordered_at: instantText,
  closed_at: instantText.nullable(),
  version: z.int(),
  created_at: instantText,
  updated_at: instantText,
});
export type OrderAnswer = z.output<typeof orderSchema>;

/** An order as REST shows it. */
export function orderAnswer(row: OrderRow): OrderAnswer {
  return {
    ...row,
    lines: row.lines.map(({ properties, ...line }) => ({
      ...line,
      properties: properties.map((property) => ({ ...property })),
    })),
    payments: row.payments.map((payment) => ({ ...payment, at: formatInstant(payment.at) })),
    ordered_at: formatInstant(row.ordered_at),
    closed_at: row.closed_at === null ? null : formatInstant(row.closed_at),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}
