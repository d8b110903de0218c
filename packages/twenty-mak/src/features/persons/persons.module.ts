import { Module } from '@nestjs/common';
import { ContactVault } from './contact-vault.ts';
import { PersonsController } from './persons.controller.ts';
import { PersonsResolver } from './persons.resolver.ts';
import { PersonsService } from './persons.service.ts';

@Module({
  controllers: [PersonsController],
  providers: [ContactVault, PersonsService, PersonsResolver],
  exports: [ContactVault],
})
export class PersonsModule {}
