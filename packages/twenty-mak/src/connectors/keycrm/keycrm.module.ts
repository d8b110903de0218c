import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { keepRawBodies } from '../../platform/raw-body/index.ts';
import { SyncModule } from '../sync/index.ts';
import { KeyCrmConnector } from './keycrm.connector.ts';
import { KeyCrmRetention } from './keycrm.retention.ts';
import { SyncNowController } from './sync-now.controller.ts';
import { SyncNowService } from './sync-now.service.ts';
import { KeyCrmWebhookController } from './webhook.controller.ts';
import { KeyCrmWebhookService } from './webhook.service.ts';

const WEBHOOK = /^\/api\/keycrm\/webhook\//;
/** An order is a flat row, a list of stocks is as long as what was counted; in bytes. */
const LONGEST_MESSAGE = 1024 * 1024;

@Module({
  imports: [SyncModule],
  controllers: [KeyCrmWebhookController, SyncNowController],
  providers: [KeyCrmConnector, KeyCrmRetention, KeyCrmWebhookService, SyncNowService],
})
export class KeyCrmConnectorModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    keepRawBodies(this.host.httpAdapter.getInstance(), WEBHOOK, LONGEST_MESSAGE);
  }
}
