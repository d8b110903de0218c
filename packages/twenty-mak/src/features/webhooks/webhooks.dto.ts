import { formatInstant } from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import { z } from 'zod';
import { EVENT_TYPES, subjectOf } from '../../platform/outbox/index.ts';
import type { EventType } from '../../platform/outbox/index.ts';
import { limitField, textField } from '../../platform/validation/index.ts';
import { DELIVERY_STATUSES } from './dead-letters.repository.ts';
import type { DeliveryRow } from './dead-letters.repository.ts';
import { WEBHOOK_STATUSES } from './webhooks.repository.ts';
import type { WebhookRow } from './webhooks.repository.ts';

const urlField = z.url({ protocol: /^https?$/ }).max(2_000);
const typesField = z
  .array(z.enum(EVENT_TYPES))
  .max(EVENT_TYPES.length)
  .transform((types) => [...new Set(types)].toSorted())
  .describe('Which events; empty for all.');

export const createWebhookSchema = z.strictObject({
  url: urlField,
  types: typesField.default([]),
  description: textField(500).nullish(),
});
export type CreateWebhook = z.output<typeof createWebhookSchema>;

export const editWebhookSchema = z.strictObject({
  version: z.int().min(1),
  url: urlField.optional(),
  types: typesField.optional(),
  description: textField(500).nullish(),
});
export type EditWebhook = z.output<typeof editWebhookSchema>;

export const versionSchema = z.strictObject({ version: z.int().min(1) });

export const listDeliveriesSchema = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListDeliveries = z.output<typeof listDeliveriesSchema>;

export const webhookSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  types: z.array(z.string()),
  status: z.enum(WEBHOOK_STATUSES),
  status_reason: z.string().nullable(),
  failing_since: z.iso.datetime().nullable(),
  description: z.string().nullable(),
  version: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type WebhookView = z.output<typeof webhookSchema>;

/** The secret is shown this once; only a sealed copy is kept. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });
export type WebhookWithSecret = z.output<typeof webhookWithSecretSchema>;

export const webhookListSchema = z.object({ items: z.array(webhookSchema), next: z.null() });

export const deliverySchema = z.object({
  id: z.uuid(),
  subscription_id: z.uuid(),
  event_id: z.uuid(),
  type: z.string(),
  master_deal_id: z
    .uuid()
    .nullable()
    .describe('Null for a test message, and for what speaks of something else.'),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.int(),
  next_attempt_at: z.iso.datetime().nullable(),
  last_status: z.int().nullable().describe('HTTP status of the last answer.'),
  last_error: z.string().nullable(),
  replayed: z.boolean(),
  created_at: z.iso.datetime(),
  delivered_at: z.iso.datetime().nullable(),
});
export type DeliveryView = z.output<typeof deliverySchema>;

export const deliveryWithPayloadSchema = deliverySchema.extend({
  payload: z.record(z.string(), z.json()),
});
export type DeliveryWithPayload = z.output<typeof deliveryWithPayloadSchema>;

export const deliveryPageSchema = z.object({
  items: z.array(deliverySchema),
  next: z.string().nullable(),
});

export const replayResultSchema = z.object({ replayed: z.int() });
export type ReplayResult = z.output<typeof replayResultSchema>;

/** A webhook as the API shows it. */
export function webhookView(row: WebhookRow): WebhookView {
  return {
    ...row,
    types: [...row.types],
    failing_since: row.failing_since === null ? null : formatInstant(row.failing_since),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}

function isOfDeal(type: string): boolean {
  const known: EventType | undefined = EVENT_TYPES.find((one) => one === type);
  return known !== undefined && subjectOf(known) === 'masterdeal';
}

/** A delivery as the API shows it. */
export function deliveryView({ deal_id: dealId, ...row }: DeliveryRow): DeliveryView {
  return {
    id: row.id,
    subscription_id: row.subscription_id,
    event_id: row.event_id,
    type: row.type,
    master_deal_id: isOfDeal(row.type) ? dealId : null,
    status: row.status,
    attempts: row.attempts,
    next_attempt_at: row.status === 'pending' ? formatInstant(row.next_attempt_at) : null,
    last_status: row.last_status,
    last_error: row.last_error,
    replayed: row.replayed,
    created_at: formatInstant(row.created_at),
    delivered_at: row.delivered_at === null ? null : formatInstant(row.delivered_at),
  };
}

export function deliveryWithPayload(
  row: DeliveryRow & { payload: JsonObject },
): DeliveryWithPayload {
  return { ...deliveryView(row), payload: row.payload as DeliveryWithPayload['payload'] };
}
