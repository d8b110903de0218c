import { parseInstant } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { statusThere } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmOrder } from './answers.ts';
import { linesSchema, moneyOf, PAYMENT_STATES, paymentsSchema } from './order-values.ts';
import type { Line } from './order-values.ts';
import { amountIn, amountText, instantText } from './values.ts';

/** What is to be sent, or why KeyCRM cannot have it. */
export type Body =
  | { readonly kind: 'body'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly refusal: WriteRefusal };

/** Who buys, as a new order names them. */
export interface Buyer {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** What a new order is called, and who buys. */
export interface NewOrder {
  readonly id: string;
  /** As people know it. */
  readonly number: Json;
  readonly buyer: Buyer | null;
}

/** A new order, all but its status, which KeyCRM sets itself. */
export function newOrderBody(
  { id, number, buyer }: NewOrder,
  values: Values,
  account: KeyCrmAccount,
): Body {
  const { sourceId, currency, paymentMethodId } = account;
  if (buyer === null)
    return refused(
      'buyer_required',
      'KeyCRM takes no order of nobody: give the client of the order a contact with a name, an address or a number.',
      'buyer',
    );
  if (values['currency'] !== currency)
    return refused(
      'other_currency',
      `The source of these orders in KeyCRM counts in ${currency}; give the order that currency, or choose another source.`,
      'currency',
    );
  const { status } = values;
  if (typeof status === 'string' && statusThere(account, status) === null)
    return unknownStatus(status);
  const lines = linesSchema.safeParse(values['lines'] ?? []).data ?? [];
  const payments = paymentsSchema.safeParse(values['payments'] ?? []).data ?? [];
  const money = (value: unknown): number =>
    typeof value === 'number' ? amountText(value, currency) : 0;
  const orderedAt = parseInstant(String(values['ordered_at'] ?? ''));
  const { tracking_code: tracking = null } = values;
  return {
    kind: 'body',
    body: {
      source_id: Number(sourceId),
      source_uuid: id,
      ...(orderedAt === null ? {} : { ordered_at: instantText(orderedAt) }),
      buyer_comment: values['comment'] ?? null,
      // KeyCRM has no place for the number that people know the order by.
      manager_comment: number,
      discount_amount: money(values['discount']),
      shipping_price: money(values['shipping_price']),
      // An address is one person's, a number may be that of an office: KeyCRM looks for whom the order is by what it says.
      buyer: {
        full_name: buyer.name,
        ...(buyer.email === null ? { phone: buyer.phone } : { email: buyer.email }),
      },
      products: lines.map(({ sku, name, quantity, price }) => ({
        ...(sku === null ? {} : { sku }),
        name,
        quantity,
        price: money(price),
      })),
      payments: payments.map(({ amount, state }) => ({
        payment_method_id: Number(paymentMethodId),
        amount: money(amount),
        status: PAYMENT_STATES[state],
      })),
      ...(tracking === null ? {} : { shipping: { tracking_code: tracking } }),
    },
  };
}

/** What changes of an order that is there, all but its payments. Nothing is sent twice: the body is empty when all is so. */
export function editOrderBody(order: KeyCrmOrder, values: Values, account: KeyCrmAccount): Body {
  const body: Record<string, unknown> = {};
  const before = moneyOf(order, account);
  const minor = (value: number | null | undefined): number =>
    value == null ? 0 : (amountIn(value, before.currency) ?? 0);
  for (const field of ['currency', 'ordered_at', 'buyer'])
    if (field in values)
      return refused(
        'fixed_there',
        'KeyCRM lets nobody change this of an order that is there.',
        field,
      );
  if ('comment' in values) body['buyer_comment'] = values['comment'];
  for (const [field, name] of SUMS) {
    const value = values[field];
    if (typeof value !== 'number' || value === before[field]) continue;
    // What lines and other charges have in it already stays theirs.
    const own = minor(order[name]) + value - before[field];
    if (own < 0)
      return refused(
        'part_of_lines',
        'A part of this sum is of lines or taxes in KeyCRM; change it there.',
        field,
      );
    body[name] = amountText(own, before.currency);
  }
  if ('lines' in values) {
    const lines = linesSchema.safeParse(values['lines']).data ?? [];
    const edits = lineEdits(order, before.lines, lines, before.currency);
    if (edits === null)
      return refused(
        'lines_fixed',
        'KeyCRM lets no program add, remove or exchange lines of an order; do it there.',
        'lines',
      );
    if (edits.length > 0) body['products'] = edits;
  }
  if ('tracking_code' in values) {
    const tracking = values['tracking_code'];
    const known = order.shipping?.tracking_code || null;
    if (known !== null && tracking !== known)
      return refused(
        'tracking_fixed',
        'KeyCRM takes the tracking code of an order once; change it there.',
        'tracking_code',
      );
    if (tracking !== known) body['shipping'] = { tracking_code: tracking };
  }
  if (typeof values['status'] === 'string') {
    const status = statusThere(account, values['status']);
    if (status === null) return unknownStatus(values['status']);
    if (status !== order.status_id) body['status_id'] = Number(status);
  }
  return { kind: 'body', body };
}

const SUMS = [
  ['discount', 'discount_amount'],
  ['shipping_price', 'shipping_price'],
] as const;

/** Lines stay in their places, with the numbers that they have; null when they would not. */
function lineEdits(
  { products }: KeyCrmOrder,
  before: readonly Line[],
  after: readonly Line[],
  currency: string,
): readonly object[] | null {
  const rows = (products ?? []).filter(({ quantity }) => quantity > 0);
  const isSame = after.length === before.length;
  if (!isSame || after.some(({ sku }, index) => sku !== before[index]?.sku)) return null;
  return after.flatMap(({ name, quantity, price }, index) => {
    const [known, row] = [before[index], rows[index]];
    if (known === undefined || row === undefined) return [];
    if (known.name === name && known.quantity === quantity && known.price === price) return [];
    return [{ id: Number(row.id), name, quantity, price: amountText(price, currency) }];
  });
}

function unknownStatus(status: string): Body {
  return refused(
    'unknown_status',
    `KeyCRM has no status for ${status}; name one in the settings of this connector.`,
    'status',
  );
}

function refused(code: string, reason: string, field: string): Body {
  return { kind: 'refused', refusal: { code, reason, field } };
}
