import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.ts';
import { DeliveriesResolver } from './deliveries.resolver.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { WebhooksController } from './webhooks.controller.ts';
import { WebhookFanout } from './webhooks.fanout.ts';
import { WebhooksResolver } from './webhooks.resolver.ts';
import { WebhookRetention } from './webhooks.retention.ts';
import { WebhookSender } from './webhooks.sender.ts';
import { WebhooksService } from './webhooks.service.ts';

@Module({
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    WebhooksService,
    DeliveriesService,
    WebhooksResolver,
    DeliveriesResolver,
    WebhookFanout,
    WebhookSender,
    WebhookRetention,
  ],
})
export class WebhooksModule {}
