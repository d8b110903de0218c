import { Inject, Module } from '@nestjs/common';
import { RecordFeed } from '../../platform/records/index.ts';
import { DealsModule } from '../deals/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { contactsOfKeys, eraseClientsOf } from './client-contacts.repository.ts';
import { ClientContacts, editedByPerson } from './client-contacts.ts';
import { ClientLoaders } from './client-loaders.ts';
import { ClientPageService } from './client-page.service.ts';
import { ClientsController } from './clients.controller.ts';
import { ClientsResolver, DealClientResolver } from './clients.resolver.ts';
import { ClientsService } from './clients.service.ts';
import { CompanyRecords } from './companies.records.ts';
import { ContactRecords } from './contacts.records.ts';

@Module({
  imports: [DealsModule, PersonsModule],
  controllers: [ClientsController],
  providers: [
    ClientContacts,
    ClientLoaders,
    CompanyRecords,
    ContactRecords,
    ClientPageService,
    ClientsResolver,
    ClientsService,
    DealClientResolver,
  ],
})
export class ClientsModule {
  constructor(@Inject(Erasures) erasures: Erasures, @Inject(RecordFeed) feed: RecordFeed) {
    erasures.add(eraseClientsOf);
    // Connectors look, and list what the other system still knows.
    erasures.add(async (tx, tenantId, keyIds) => {
      const ids = await contactsOfKeys(tx, tenantId, keyIds);
      feed.changedWhereKnown(tx, tenantId, 'contact', editedByPerson(ids));
    });
  }
}
