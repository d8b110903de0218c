import { isDeepStrictEqual } from 'node:util';
import {
  accept,
  formatInstant,
  MAX_QUANTITY,
  ORDER_STATUSES,
  parseInstant,
  paymentSteps,
  paymentSums,
  refuse,
} from 'twenty-mak-domain';
import type { Decision, Instant, OrderLine, OrderPayment, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { OrderNews } from './order-events.ts';
import { withSums } from './order-fields.ts';
import type { SyncedOrderRow } from './order-records.repository.ts';
import type { OrderFields } from './orders.repository.ts';

const SECOND = 1_000;
const money = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const lineSchema = z.object({
  sku: z.string().min(1).max(100).nullable(),
  name: z.string().min(1).max(500),
  quantity: z.number().positive().max(MAX_QUANTITY),
  price: money,
});
const sentSchema = z
  .object({
    currency: z.string().regex(/^[A-Z]{3}$/),
    status: z.enum(ORDER_STATUSES),
    buyer: z.uuid(),
    lines: z.array(lineSchema).max(500),
    discount: money,
    shipping_price: money,
    payments: z
      .array(z.object({ amount: money.min(1), state: z.enum(['expected', 'paid']) }))
      .max(100),
    comment: z.string().max(10_000).nullable(),
    tracking_code: z.string().max(100).nullable(),
    ordered_at: z.string().transform((text, context) => {
      const at = parseInstant(text);
      if (at === null) context.addIssue('is no instant');
      return at ?? 0;
    }),
  })
  .partial();
/** What another system says of an order. */
export type SentOrder = z.output<typeof sentSchema>;

/** One change of an order, with what the world is told of it. */
export interface OrderStep {
  readonly fields: OrderFields;
  readonly news: OrderNews;
}

/** An order as other systems know it: discounts in one sum, payments without names, instants in seconds. */
export function orderValues(row: SyncedOrderRow): Values {
  const { number, currency, status, buyer, shipping_price, comment, tracking_code } = row;
  return {
    ...{ id: row.id, number, currency, status, buyer, shipping_price, comment, tracking_code },
    lines: row.lines.map(({ sku, name, quantity, price }) => ({ sku, name, quantity, price })),
    discount: row.discount + lineDiscounts(row.lines),
    payments: paymentSums(row.payments).map((payment) => ({ ...payment })),
    ordered_at: inSeconds(row.ordered_at),
  };
}

/** Refuses with `invalid_value` and the field. */
export function readSent(values: Values): Decision<SentOrder> {
  const read = sentSchema.safeParse(values);
  if (read.success) return accept(read.data);
  const [issue] = read.error.issues;
  const field = String(issue?.path[0] ?? '');
  return refuse('invalid_value', `MaK cannot hold this: ${issue?.message ?? ''}`, field);
}

/** A new order. Refuses as `sumOrder` does, and with `invalid_value` for one without a currency. */
export function newOrder(
  number: string,
  client: string,
  sent: SentOrder,
  now: Instant,
  newId: () => string,
): Decision<OrderStep> {
  const { currency, lines = [], payments = [] } = sent;
  if (currency === undefined)
    return refuse('invalid_value', 'An order has a currency.', 'currency');
  const fields = withSums(
    {
      number,
      client,
      currency,
      status: sent.status ?? 'new',
      lines: lines.map((line) => ({ ...line, discount: 0, properties: [] })),
      discount: sent.discount ?? 0,
      shipping_price: sent.shipping_price ?? 0,
      payments: payments.map((payment) => paymentOf(newId(), payment, now)),
      comment: sent.comment ?? null,
      carrier: null,
      tracking_code: sent.tracking_code ?? null,
      ordered_at: sent.ordered_at ?? now,
      closed_at: null,
    },
    now,
  );
  return fields.ok ? accept({ fields: fields.value, news: { type: 'order.created' } }) : fields;
}

/**
 * What happens with an order that is there, one after the other; each step begins where the one before it ended. Refuses as
 * `sumOrder` does, and with `currency_fixed` all that is said in another currency.
 */
export function orderSteps(
  before: OrderFields,
  sent: SentOrder & { readonly client?: string },
  now: Instant,
  newId: () => string,
): Decision<readonly OrderStep[]> {
  if (sent.currency !== undefined && sent.currency !== before.currency)
    return refuse(
      'currency_fixed',
      `The order is in ${before.currency} and stays so; amounts in ${sent.currency} are not taken over.`,
    );
  const steps: OrderStep[] = [];
  const current = (): OrderFields => steps.at(-1)?.fields ?? before;
  const edited = withSums(editedFields(before, sent), now);
  if (!edited.ok) return edited;
  const changed = EDITED.filter((name) => !isDeepStrictEqual(edited.value[name], before[name]));
  if (changed.length > 0) {
    const fields = changed.map((name) => (name === 'client' ? 'client_id' : name));
    steps.push({ fields: edited.value, news: { type: 'order.changed', fields } });
  }
  if (sent.status !== undefined && sent.status !== before.status) {
    const moved = withSums({ ...current(), status: sent.status }, now);
    if (!moved.ok) return moved;
    const news = { type: 'order.status.changed', from: before.status } as const;
    steps.push({ fields: moved.value, news });
  }
  for (const { id, payments } of paymentChanges(before.payments, sent.payments, now, newId)) {
    const paid = withSums({ ...current(), payments }, now);
    if (!paid.ok) return paid;
    steps.push({
      fields: paid.value,
      news: { type: 'order.payment.changed', paymentId: id },
    });
  }
  return accept(steps);
}

const EDITED = [
  ...['client', 'lines', 'discount', 'shipping_price', 'comment', 'tracking_code', 'ordered_at'],
] as readonly (keyof OrderFields)[];

/** The other system knows discounts in one sum, so those of lines stay only while they fit into it. */
function editedFields(
  before: OrderFields,
  sent: SentOrder & { readonly client?: string },
): OrderFields {
  const lines = sent.lines === undefined ? before.lines : linesOf(sent.lines, before.lines);
  const off = sent.discount ?? before.discount + lineDiscounts(before.lines);
  const isTooMuch = lineDiscounts(lines) > off;
  const { ordered_at } = sent;
  const isSameSecond =
    ordered_at === undefined || inSeconds(ordered_at) === inSeconds(before.ordered_at);
  return {
    ...before,
    client: sent.client ?? before.client,
    lines: isTooMuch ? lines.map((line) => ({ ...line, discount: 0 })) : lines,
    discount: isTooMuch ? off : off - lineDiscounts(lines),
    shipping_price: sent.shipping_price ?? before.shipping_price,
    comment: sent.comment === undefined ? before.comment : sent.comment,
    tracking_code: sent.tracking_code === undefined ? before.tracking_code : sent.tracking_code,
    ordered_at: isSameSecond ? before.ordered_at : ordered_at,
  };
}

/** A line keeps what the other system does not know of it while number, count and price stay. */
function linesOf(
  sent: NonNullable<SentOrder['lines']>,
  before: readonly OrderLine[],
): readonly OrderLine[] {
  return sent.map((line, index) => {
    const known = before[index];
    const isSame =
      known !== undefined &&
      known.sku === line.sku &&
      known.quantity === line.quantity &&
      known.price === line.price;
    return isSame ? { ...known, ...line } : { ...line, discount: 0, properties: [] };
  });
}

interface PaymentChange {
  readonly id: string;
  /** All of them afterwards. */
  readonly payments: readonly OrderPayment[];
}

function paymentChanges(
  before: readonly OrderPayment[],
  wanted: SentOrder['payments'],
  now: Instant,
  newId: () => string,
): readonly PaymentChange[] {
  if (wanted === undefined) return [];
  const { move, add } = paymentSteps(before, wanted);
  const changes: PaymentChange[] = [];
  let payments = before;
  for (const { id, state } of move) {
    payments = payments.map((one) => (one.id === id ? { ...one, state } : one));
    changes.push({ id, payments });
  }
  for (const one of add) {
    const payment = paymentOf(newId(), one, now);
    payments = [...payments, payment];
    changes.push({ id: payment.id, payments });
  }
  return changes;
}

function paymentOf(
  id: string,
  { amount, state }: { readonly amount: number; readonly state: OrderPayment['state'] },
  at: Instant,
): OrderPayment {
  return { id, amount, state, method: null, description: null, at };
}

function lineDiscounts(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { discount }) => sum + discount, 0);
}

function inSeconds(at: Instant): string {
  return formatInstant(Math.floor(at / SECOND) * SECOND);
}
