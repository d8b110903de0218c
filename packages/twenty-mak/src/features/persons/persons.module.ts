import { Module } from '@nestjs/common';
import { ContactVault } from './contact-vault.ts';
import { Erasures } from './erasures.ts';
import { PersonsController } from './persons.controller.ts';
import { PersonsResolver } from './persons.resolver.ts';
import { PersonsService } from './persons.service.ts';

@Module({
  controllers: [PersonsController],
  providers: [ContactVault, Erasures, PersonsService, PersonsResolver],
  exports: [ContactVault, Erasures],
})
export class PersonsModule {}
