export { WebhookDeliveryEntity, WebhookSubscriptionEntity } from './webhooks.entity.ts';
export { webhookDelivery, webhookRetention } from './webhooks.jobs.ts';
export { WebhooksModule } from './webhooks.module.ts';
export { isSigned, newSecret } from './webhooks.signature.ts';
export type { ReceivedHeaders } from './webhooks.signature.ts';
