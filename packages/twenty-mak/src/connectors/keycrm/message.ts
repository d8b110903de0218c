import { z } from 'zod';
import { createHash, timingSafeEqual } from 'node:crypto';
import { idField, instantField, numberField } from './values.ts';

/** What KeyCRM's triggers send; there are no others. */
const TRIGGERS = {
  'order.change_order_status': 'order',
  'order.change_payment_status': 'order',
  'lead.change_lead_status': 'card',
} as const;
type Trigger = keyof typeof TRIGGERS;

/** What a message says of a record. It is a reason to look at it and never the truth: messages come late, twice or not. */
export type Told =
  | {
      readonly kind: 'order' | 'card';
      readonly trigger: Trigger;
      readonly id: string;
      /** Null when it is not said. */
      readonly statusId: string | null;
      readonly paymentStatus: string | null;
      /** When it changed, by KeyCRM's clock; null when that is not said, or not in a form that is known. */
      readonly changedAt: number | null;
    }
  | { readonly kind: 'stocks'; readonly lines: readonly ToldStock[] };

export interface ToldStock {
  readonly offerId: string;
  readonly sku: string | null;
  readonly inStock: number;
  readonly inReserve: number;
}

/** Why a message says nothing: it is kept for people to see, so it has a name. */
export type Unread = 'not_json' | 'unknown_event' | 'no_record';

export type ReadMessage =
  | { readonly ok: true; readonly told: Told }
  | { readonly ok: false; readonly why: Unread };

const known = z.looseObject({ event: z.string(), context: z.unknown() });
const recordSchema = z.looseObject({
  id: idField,
  status_id: idField.nullish().catch(null),
  payment_status: z.string().max(50).nullish().catch(null),
  status_changed_at: instantField.nullish().catch(null),
  updated_at: instantField.nullish().catch(null),
});
const stocksSchema = z
  .array(
    z.looseObject({
      offer_id: idField,
      sku: z.string().nullish().catch(null),
      in_stock: numberField,
      in_reserve: numberField.nullish(),
    }),
  )
  .min(1);

/** What a body says, whatever it is: of an order or a card in an envelope, of stocks as a bare list. */
export function readMessage(body: string): ReadMessage {
  const parsed = parseJson(body);
  if (parsed === undefined) return { ok: false, why: 'not_json' };
  if (Array.isArray(parsed)) return readStocks(parsed);
  const { event, context } = known.safeParse(parsed).data ?? {};
  const trigger = triggerNamed(event);
  if (trigger === undefined) return { ok: false, why: 'unknown_event' };
  const record = recordSchema.safeParse(context).data;
  if (record === undefined) return { ok: false, why: 'no_record' };
  const { id, status_id, payment_status, status_changed_at, updated_at } = record;
  const isPayment = trigger === 'order.change_payment_status';
  return {
    ok: true,
    told: {
      kind: TRIGGERS[trigger],
      trigger,
      id,
      statusId: status_id ?? null,
      paymentStatus: payment_status ?? null,
      changedAt: (isPayment ? undefined : status_changed_at) ?? updated_at ?? null,
    },
  };
}

/**
 * The same for repeats of one message, which carries no id of its own. Two moves of one order to the same status within a second
 * are one, so what is done for a message must not depend on how often it is told.
 */
export function keyOf(told: Told): string {
  const parts =
    told.kind === 'stocks'
      ? told.lines.map(({ offerId, inStock, inReserve }) => [offerId, inStock, inReserve])
      : [
          told.id,
          told.trigger === 'order.change_payment_status' ? told.paymentStatus : told.statusId,
          told.changedAt,
        ];
  const trigger = told.kind === 'stocks' ? 'stocks' : told.trigger;
  return createHash('sha256')
    .update(JSON.stringify([trigger, parts]))
    .digest('hex');
}

/** Whether a message came to the address that only KeyCRM was given; it signs nothing. */
export function isSecret(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return secret !== '' && given !== undefined && timingSafeEqual(digest(given), digest(secret));
}

function readStocks(list: unknown): ReadMessage {
  const lines = stocksSchema.safeParse(list).data;
  if (lines === undefined) return { ok: false, why: 'no_record' };
  return {
    ok: true,
    told: {
      kind: 'stocks',
      lines: lines.map(({ offer_id, sku, in_stock, in_reserve }) => ({
        offerId: offer_id,
        sku: sku ?? null,
        inStock: in_stock,
        inReserve: in_reserve ?? 0,
      })),
    },
  };
}

function triggerNamed(event: string | undefined): Trigger | undefined {
  return event !== undefined && Object.hasOwn(TRIGGERS, event) ? (event as Trigger) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
