import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { keepRawBodies } from '../../platform/raw-body/index.ts';
import { SyncModule } from '../sync/index.ts';
import { AmocrmConnector } from './amocrm.connector.ts';
import { AmocrmController } from './amocrm.controller.ts';
import { ConsentController } from './consent.controller.ts';
import { ConsentService } from './consent.service.ts';
import { AmocrmWebhookService } from './webhook.service.ts';

const WEBHOOK = /^\/v1\/amocrm\/[^/?]+\/webhook\/[^/?]+$/;
/** Some tens of records with all their fields, in bytes. */
const LONGEST_MESSAGE = 1024 * 1024;

@Module({
  imports: [SyncModule],
  controllers: [AmocrmController, ConsentController],
  providers: [AmocrmConnector, AmocrmWebhookService, ConsentService],
})
export class AmocrmConnectorModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    keepRawBodies(this.host.httpAdapter.getInstance(), WEBHOOK, LONGEST_MESSAGE);
  }
}
