import { Inject, Module } from '@nestjs/common';
import { DealsModule } from '../deals/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { eraseClientsOf } from './client-contacts.repository.ts';
import { ClientContacts } from './client-contacts.ts';
import { ClientLoaders } from './client-loaders.ts';
import { ClientPageService } from './client-page.service.ts';
import { ClientsController } from './clients.controller.ts';
import { ClientsResolver, DealClientResolver } from './clients.resolver.ts';
import { ClientsService } from './clients.service.ts';

@Module({
  imports: [DealsModule, PersonsModule],
  controllers: [ClientsController],
  providers: [
    ClientContacts,
    ClientLoaders,
    ClientPageService,
    ClientsResolver,
    ClientsService,
    DealClientResolver,
  ],
})
export class ClientsModule {
  constructor(@Inject(Erasures) erasures: Erasures) {
    erasures.add(eraseClientsOf);
  }
}
