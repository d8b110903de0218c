import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.ts';
import { PipelinesModule } from '../pipelines/index.ts';
import { DemoGuard } from './demo-guard.ts';
import { ProvisioningController } from './provisioning.controller.ts';
import { ProvisioningService } from './provisioning.service.ts';

@Module({
  imports: [PipelinesModule, AccountsModule],
  controllers: [ProvisioningController],
  providers: [ProvisioningService, DemoGuard],
})
export class ProvisioningModule {}
