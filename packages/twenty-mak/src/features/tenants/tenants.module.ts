import { Module } from '@nestjs/common';
import { TenantsController } from './tenants.controller.ts';
import { TenantsService } from './tenants.service.ts';

@Module({ controllers: [TenantsController], providers: [TenantsService] })
export class TenantsModule {}
