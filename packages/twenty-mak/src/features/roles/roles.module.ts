import { Module } from '@nestjs/common';
import { RolesController } from './roles.controller.ts';
import { RolesResolver } from './roles.resolver.ts';
import { RolesService } from './roles.service.ts';

@Module({ controllers: [RolesController], providers: [RolesResolver, RolesService] })
export class RolesModule {}
