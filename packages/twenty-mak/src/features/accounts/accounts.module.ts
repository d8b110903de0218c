import { Module } from '@nestjs/common';
import { TenantsModule } from '../tenants/index.ts';
import { AccountsController } from './accounts.controller.ts';
import { AccountsResolver } from './accounts.resolver.ts';
import { AccountsService } from './accounts.service.ts';
import { InvitationsService } from './invitations.service.ts';
import { MeResolver } from './me.resolver.ts';

@Module({
  imports: [TenantsModule],
  controllers: [AccountsController],
  providers: [AccountsResolver, AccountsService, InvitationsService, MeResolver],
  exports: [AccountsService, InvitationsService],
})
export class AccountsModule {}
