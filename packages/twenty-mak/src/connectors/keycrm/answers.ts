import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';
import { idField, instantField, numberField } from './values.ts';

const text = z.string().nullish();
const instant = instantField.nullish();
const optionalId = idField.nullish();

/** A buyer as an order names it: one address and one number, where the buyer itself has lists. */
const inlineBuyer = z.looseObject({ id: idField, full_name: text, email: text, phone: text });
const offer = z.looseObject({ id: idField, sku: text });
export const paymentSchema = z.looseObject({
  id: idField,
  payment_method_id: optionalId,
  amount: numberField,
  actual_currency: text,
  description: text,
  status: z.string(),
  payment_date: instant,
});
const line = z.looseObject({
  id: idField,
  sku: text,
  name: text,
  price: numberField.nullish(),
  price_sold: numberField.nullish(),
  quantity: numberField,
  offer: offer.nullish(),
});
const customField = z.looseObject({ uuid: z.string(), value: z.unknown() });

/** An order; what KeyCRM adds to it one day goes through. */
export const orderSchema = z.looseObject({
  id: idField,
  source_id: idField,
  source_uuid: text,
  status_id: idField,
  status_group_id: optionalId,
  grand_total: numberField,
  discount_amount: numberField.nullish(),
  shipping_price: numberField.nullish(),
  wrap_price: numberField.nullish(),
  taxes: numberField.nullish(),
  payment_status: z.string(),
  buyer_comment: text,
  manager_comment: text,
  ordered_at: instant,
  created_at: instantField,
  updated_at: instantField,
  closed_at: instant,
  buyer: inlineBuyer.nullish(),
  products: z.array(line).nullish(),
  payments: z.array(paymentSchema).nullish(),
  shipping: z
    .looseObject({ tracking_code: text, shipping_status: text, shipping_date_actual: instant })
    .nullish(),
  custom_fields: z.array(customField).nullish(),
});
export type KeyCrmOrder = z.output<typeof orderSchema>;

export const buyerSchema = z.looseObject({
  id: idField,
  full_name: z.string(),
  email: z.array(z.string()),
  phone: z.array(z.string()),
  note: text,
  created_at: instantField,
  updated_at: instantField,
  custom_fields: z.array(customField).nullish(),
});
export type KeyCrmBuyer = z.output<typeof buyerSchema>;

export const stockSchema = z.looseObject({
  id: idField,
  sku: text,
  price: numberField.nullish(),
  purchased_price: numberField.nullish(),
  quantity: numberField,
  reserve: numberField.nullish(),
  warehouse: z
    .array(z.looseObject({ id: idField, quantity: numberField, reserve: numberField.nullish() }))
    .nullish(),
});
export type KeyCrmStock = z.output<typeof stockSchema>;

/** Of a list the first one: documents and accounts differ in how the contact of a card is shown. */
const firstText = z.union([text, z.array(z.string()).transform((texts) => texts[0] ?? null)]);
export const cardSchema = z.looseObject({
  id: idField,
  title: text,
  status_id: idField,
  source_id: optionalId,
  manager_id: optionalId,
  manager_comment: text,
  created_at: instantField,
  updated_at: instantField,
  status_changed_at: instantField.nullish().catch(null),
  contact: z
    .looseObject({
      full_name: text,
      email: firstText,
      phone: firstText,
      client_id: optionalId,
      client: z.looseObject({ id: idField }).nullish(),
    })
    .nullish(),
  custom_fields: z.array(customField).nullish(),
});
export type KeyCrmCard = z.output<typeof cardSchema>;

/** A line of a list of settings. */
export const namedSchema = z.looseObject({
  id: idField,
  name: z.string(),
  created_at: instant.catch(null),
});
export const statusSchema = namedSchema.extend({
  group_id: idField,
  is_closing_order: z.boolean().nullish(),
});
export const userSchema = z.looseObject({
  id: idField,
  full_name: text,
  email: text,
  status: text,
});
export const pipelineStatusSchema = z.looseObject({
  id: idField,
  pipeline_id: idField,
  title: z.string(),
});
export const customFieldSchema = z.looseObject({
  uuid: z.string(),
  model: z.string(),
  name: z.string(),
  type: z.string(),
  is_multiple: z.boolean().nullish(),
  options: z
    .array(
      z.union([z.string(), z.looseObject({ value: z.string() }).transform(({ value }) => value)]),
    )
    .nullish()
    .transform((options) => options ?? []),
});
export type KeyCrmField = z.output<typeof customFieldSchema>;

/** One page of a list. Its links forget what was asked for, so pages are counted. */
export interface KeyCrmPage<Row> {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** Rejects with a `RemoteFailure` for an answer that is not what was asked for. */
export function readAs<T>(schema: z.ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw new RemoteFailure(
    'unavailable',
    `KeyCRM answered something else than what was asked${place}.`,
  );
}

export function readPage<Row>(schema: z.ZodType<Row>, data: unknown): KeyCrmPage<Row> {
  const page = readAs(
    z.looseObject({
      data: z.array(schema),
      current_page: numberField,
      last_page: numberField.optional(),
      per_page: numberField,
      total: numberField,
    }),
    data,
  );
  const last = page.last_page ?? Math.ceil(page.total / page.per_page);
  return { rows: page.data, more: page.current_page < last };
}

/** A card, which comes alone or in the envelope of a page. */
export function readCard(data: unknown): KeyCrmCard {
  const inside = z.looseObject({ data: z.looseObject({ id: idField }) }).safeParse(data).data;
  return readAs(cardSchema, inside?.data ?? data);
}
