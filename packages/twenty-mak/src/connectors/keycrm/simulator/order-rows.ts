import { z } from 'zod';
import type { FieldValues } from './custom-fields.ts';
import { customFields, day, instant, numeric, text, wholeNumber } from './input.ts';

export interface LineRow {
  readonly id: number;
  readonly offer_id: number | null;
  readonly name: string;
  readonly sku: string | null;
  readonly price: number;
  readonly purchased_price: number | null;
  readonly discount_percent: number | null;
  readonly discount_amount: number | null;
  readonly quantity: number;
  readonly unit_type: string | null;
  readonly upsale: boolean;
  readonly comment: string | null;
  readonly product_status_id: number | null;
  readonly picture: string | null;
  readonly properties: readonly object[];
}

export const PAYMENT_STATES = ['paid', 'not_paid', 'canceled'] as const;
export interface PaymentRow {
  readonly id: number;
  readonly destination_id: number;
  readonly payment_method_id: number | null;
  readonly amount: number;
  readonly actual_currency: string;
  readonly transaction_uuid: string | null;
  readonly description: string | null;
  readonly status: (typeof PAYMENT_STATES)[number];
  readonly fiscal_result: null;
  readonly payment_date: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface OrderRow {
  readonly id: number;
  readonly source_id: number;
  readonly source_uuid: string | null;
  readonly status_id: number;
  readonly buyer_id: number;
  readonly manager_id: number | null;
  readonly buyer_comment: string | null;
  readonly manager_comment: string | null;
  readonly promocode: string | null;
  readonly discount_percent: number | null;
  readonly discount_amount: number | null;
  readonly shipping_price: number | null;
  readonly wrap_price: number | null;
  readonly taxes: number | null;
  readonly gift_message: string | null;
  readonly is_gift: boolean;
  readonly gift_wrap: boolean;
  readonly ordered_at: number;
  readonly status_changed_at: number;
  readonly closed_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly products: readonly LineRow[];
  readonly payments: readonly PaymentRow[];
  readonly shipping: Readonly<Record<string, unknown>> | null;
  readonly marketing: Readonly<Record<string, unknown>> | null;
  readonly fields: FieldValues;
  readonly tags: readonly number[];
}

const lineBody = z.looseObject({
  sku: text.nullish(),
  name: text.nullish(),
  price: numeric.pipe(z.number().min(0)).nullish(),
  purchased_price: numeric.nullish(),
  discount_percent: numeric.nullish(),
  discount_amount: numeric.nullish(),
  quantity: numeric.pipe(z.number().positive()).nullish(),
  unit_type: text.nullish(),
  comment: text.nullish(),
  picture: text.nullish(),
  properties: z.array(z.looseObject({ name: text, value: text })).nullish(),
});
export type LineInput = z.output<typeof lineBody>;
const lineEdit = lineBody.extend({
  id: wholeNumber.nullish(),
  product_status_id: wholeNumber.nullish(),
});
export type LineEdit = z.output<typeof lineEdit>;

export const paymentBody = z.looseObject({
  payment_method_id: wholeNumber.nullish(),
  payment_method: text.nullish(),
  amount: numeric,
  description: text.nullish(),
  payment_date: instant.nullish(),
  status: z.enum(PAYMENT_STATES).nullish(),
});
export type PaymentInput = z.output<typeof paymentBody>;
export const paymentEdit = z.looseObject({
  status: z.enum(PAYMENT_STATES).nullish(),
  description: text.nullish(),
});

const shippingBody = z.looseObject({
  delivery_service_id: wholeNumber.nullish(),
  tracking_code: text.nullish(),
  shipping_service: text.nullish(),
  shipping_date: day.nullish(),
});

/** What both making and changing an order take. */
const shared = {
  buyer_comment: text.nullish(),
  manager_comment: text.nullish(),
  promocode: text.nullish(),
  discount_percent: numeric.nullish(),
  discount_amount: numeric.nullish(),
  shipping_price: numeric.nullish(),
  wrap_price: numeric.nullish(),
  taxes: numeric.nullish(),
  gift_message: text.nullish(),
  is_gift: z.boolean().nullish(),
  gift_wrap: z.boolean().nullish(),
};
export const SHARED_FIELDS = Object.keys(shared) as readonly (keyof typeof shared)[];

const buyerBody = z
  .looseObject({ full_name: text.nullish(), email: z.email().nullish(), phone: text.nullish() })
  .refine(({ full_name, email, phone }) => Boolean(full_name ?? email ?? phone));

export const orderBody = z.looseObject({
  ...shared,
  source_id: wholeNumber,
  source_uuid: text.nullish(),
  manager_id: wholeNumber.nullish(),
  ordered_at: instant.nullish(),
  buyer: buyerBody,
  shipping: shippingBody.nullish(),
  marketing: z.looseObject({}).nullish(),
  products: z.array(lineBody).nullish(),
  payments: z.array(paymentBody).nullish(),
  custom_fields: customFields,
});
export const ordersBody = z.looseObject({ orders: z.array(z.unknown()).min(1).max(50) });

/** Source, manager, buyer and marketing stay what they were, whatever is sent. */
export const orderEdit = z.looseObject({
  ...shared,
  status_id: wholeNumber.nullish(),
  shipping: shippingBody.nullish(),
  products: z.array(lineEdit).nullish(),
  custom_fields: customFields,
});
