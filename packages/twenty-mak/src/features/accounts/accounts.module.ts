import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.ts';
import { AccountsService } from './accounts.service.ts';
import { InvitationsService } from './invitations.service.ts';

@Module({
  controllers: [AccountsController],
  providers: [AccountsService, InvitationsService],
  exports: [InvitationsService],
})
export class AccountsModule {}
