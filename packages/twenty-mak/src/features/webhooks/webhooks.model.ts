import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { DELIVERY_STATUSES } from './dead-letters.repository.ts';
import type { DeliveryStatus } from './dead-letters.repository.ts';
import type { DeliveryView, DeliveryWithPayload, WebhookView } from './webhooks.dto.ts';
import { WEBHOOK_STATUSES } from './webhooks.repository.ts';
import type { WebhookStatus } from './webhooks.repository.ts';

export const WebhookStatusEnum = Object.fromEntries(
  WEBHOOK_STATUSES.map((status) => [status, status]),
) as Record<WebhookStatus, WebhookStatus>;
registerEnumType(WebhookStatusEnum, { name: 'WebhookStatus' });

export const DeliveryStatusEnum = Object.fromEntries(
  DELIVERY_STATUSES.map((status) => [status, status]),
) as Record<DeliveryStatus, DeliveryStatus>;
registerEnumType(DeliveryStatusEnum, { name: 'WebhookDeliveryStatus' });

@ObjectType('Webhook', { description: 'An address that hears of canonical events.' })
export class WebhookModel {
  @Field(() => ID) id: string;
  @Field(() => String) url: string;
  @Field(() => [String], { description: 'Empty for all' }) types: string[];
  @Field(() => WebhookStatusEnum) status: WebhookStatus;
  @Field(() => String, { nullable: true, description: 'Why we switched it off' })
  statusReason: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) failingSince: string | null;
  @Field(() => String, { nullable: true }) description: string | null;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
  @Field(() => String, { description: 'RFC 3339' }) updatedAt: string;
}

@ObjectType('WebhookWithSecret')
export class WebhookWithSecretModel {
  @Field(() => WebhookModel) webhook: WebhookModel;
  @Field(() => String, { description: 'Shown this once' }) secret: string;
}

@ObjectType('WebhookDelivery', { description: 'One event on its way to one webhook.' })
export class DeliveryModel {
  @Field(() => ID) id: string;
  @Field(() => ID) webhookId: string;
  @Field(() => ID) eventId: string;
  @Field(() => String) type: string;
  @Field(() => ID, { nullable: true, description: 'Null for a test message' })
  masterDealId: string | null;
  @Field(() => DeliveryStatusEnum) status: DeliveryStatus;
  @Field(() => Int) attempts: number;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) nextAttemptAt: string | null;
  @Field(() => Int, { nullable: true, description: 'HTTP status of the last answer' })
  lastStatus: number | null;
  @Field(() => String, { nullable: true }) lastError: string | null;
  @Field(() => Boolean) replayed: boolean;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) deliveredAt: string | null;
  @Field(() => JsonScalar, { nullable: true, description: 'The body; only of a single delivery' })
  payload: DeliveryWithPayload['payload'] | null;
}

@ObjectType('WebhookDeliveryPage')
export class DeliveryPageModel {
  @Field(() => [DeliveryModel]) items: DeliveryModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@InputType()
export class CreateWebhookInput {
  @Field(() => String) url: string;
  @Field(() => [String], { nullable: true, description: 'Empty for all' }) types?: string[];
  @Field(() => String, { nullable: true }) description?: string;
}

@InputType()
export class UpdateWebhookInput {
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) url?: string;
  @Field(() => [String], { nullable: true }) types?: string[];
  @Field(() => String, { nullable: true }) description?: string | null;
}

export function webhookModel(view: WebhookView): WebhookModel {
  return {
    id: view.id,
    url: view.url,
    types: view.types,
    status: view.status,
    statusReason: view.status_reason,
    failingSince: view.failing_since,
    description: view.description,
    version: view.version,
    createdAt: view.created_at,
    updatedAt: view.updated_at,
  };
}

export function deliveryModel(view: DeliveryView | DeliveryWithPayload): DeliveryModel {
  return {
    id: view.id,
    webhookId: view.subscription_id,
    eventId: view.event_id,
    type: view.type,
    masterDealId: view.master_deal_id,
    status: view.status,
    attempts: view.attempts,
    nextAttemptAt: view.next_attempt_at,
    lastStatus: view.last_status,
    lastError: view.last_error,
    replayed: view.replayed,
    createdAt: view.created_at,
    deliveredAt: view.delivered_at,
    payload: 'payload' in view ? view.payload : null,
  };
}
