import { Module } from '@nestjs/common';
import { ApiClientsController } from './api-clients.controller.ts';
import { ApiClientsResolver } from './api-clients.resolver.ts';
import { ApiClientsService } from './api-clients.service.ts';
import { OauthController } from './oauth.controller.ts';
import { OauthService } from './oauth.service.ts';

@Module({
  controllers: [ApiClientsController, OauthController],
  providers: [ApiClientsResolver, ApiClientsService, OauthService],
})
export class ApiClientsModule {}
