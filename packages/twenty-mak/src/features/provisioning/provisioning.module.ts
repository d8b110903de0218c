import { Module } from '@nestjs/common';
import { ProvisioningController } from './provisioning.controller.ts';
import { ProvisioningService } from './provisioning.service.ts';

@Module({ controllers: [ProvisioningController], providers: [ProvisioningService] })
export class ProvisioningModule {}
