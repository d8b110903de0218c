import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { SyncModule } from '../sync/index.ts';
import { keepRawBodies } from './raw-body.ts';
import { TwentyConnector } from './twenty.connector.ts';
import { TwentyController } from './twenty.controller.ts';
import { TwentyInbox } from './twenty.inbox.ts';
import { TwentyRetention } from './twenty.retention.ts';
import { TwentyWebhookService } from './webhook.service.ts';

@Module({
  imports: [SyncModule],
  controllers: [TwentyController],
  providers: [TwentyConnector, TwentyInbox, TwentyRetention, TwentyWebhookService],
})
export class TwentyConnectorModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    keepRawBodies(this.host.httpAdapter.getInstance());
  }
}
