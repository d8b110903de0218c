import { Module } from '@nestjs/common';
import { ClientsController } from './clients.controller.ts';
import { ClientsService } from './clients.service.ts';
import { OauthController } from './oauth.controller.ts';
import { OauthService } from './oauth.service.ts';

@Module({
  controllers: [ClientsController, OauthController],
  providers: [ClientsService, OauthService],
})
export class ClientsModule {}
