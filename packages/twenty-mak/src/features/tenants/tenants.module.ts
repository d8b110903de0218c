import { Module } from '@nestjs/common';
import { TenantsController } from './tenants.controller.ts';
import { TenantsResolver } from './tenants.resolver.ts';
import { TenantsService } from './tenants.service.ts';

@Module({
  controllers: [TenantsController],
  providers: [TenantsService, TenantsResolver],
  exports: [TenantsService],
})
export class TenantsModule {}
