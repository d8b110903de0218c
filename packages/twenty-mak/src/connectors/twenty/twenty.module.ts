import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { keepRawBodies } from '../../platform/raw-body/index.ts';
import { SyncModule } from '../sync/index.ts';
import { TwentyConnector } from './twenty.connector.ts';
import { TwentyController } from './twenty.controller.ts';
import { TwentyInbox } from './twenty.inbox.ts';
import { TwentyRetention } from './twenty.retention.ts';
import { TwentyWebhookService } from './webhook.service.ts';

const WEBHOOK = /^\/v1\/twenty\/[^/?]+\/webhook$/;
/** One record with all its texts, in bytes. */
const LONGEST_RECORD = 1024 * 1024;

@Module({
  imports: [SyncModule],
  controllers: [TwentyController],
  providers: [TwentyConnector, TwentyInbox, TwentyRetention, TwentyWebhookService],
})
export class TwentyConnectorModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    keepRawBodies(this.host.httpAdapter.getInstance(), WEBHOOK, LONGEST_RECORD);
  }
}
