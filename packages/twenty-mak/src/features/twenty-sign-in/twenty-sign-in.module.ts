import { Module } from '@nestjs/common';
import { TwentySignInController } from './twenty-sign-in.controller.ts';
import { TwentySignInResolver } from './twenty-sign-in.resolver.ts';
import { TwentySignInService } from './twenty-sign-in.service.ts';
import { TwentyWorkspaceService } from './twenty-workspace.service.ts';

@Module({
  controllers: [TwentySignInController],
  providers: [TwentySignInResolver, TwentySignInService, TwentyWorkspaceService],
})
export class TwentySignInModule {}
