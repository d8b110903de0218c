import { Inject, Module } from '@nestjs/common';
import { checkFilter, CLIENT_FILTERS } from 'twenty-mak-domain';
import { RecordFeed } from '../../platform/records/index.ts';
import { DealsModule } from '../deals/index.ts';
import { ImportsModule, ImportTargets } from '../imports/index.ts';
import { LeadClients, LeadsModule } from '../leads/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { SegmentsModule, SegmentTargets } from '../segments/index.ts';
import { contactsOfKeys, eraseClientsOf } from './client-contacts.repository.ts';
import { ClientContacts, editedByPerson } from './client-contacts.ts';
import { ClientExportController } from './client-export.controller.ts';
import { ClientExportService } from './client-export.service.ts';
import { ClientImportTarget } from './client-import.target.ts';
import { ClientImportWriter } from './client-import.writer.ts';
import { ClientImportsController, ClientImportsResolver } from './client-imports.ts';
import { ClientLoaders } from './client-loaders.ts';
import { ClientMergeService } from './client-merge.service.ts';
import { ClientPageService } from './client-page.service.ts';
import { ClientSegmentsController, ClientSegmentsResolver } from './client-segments.ts';
import { ClientsOfLeads } from './clients-of-leads.ts';
import { ClientsController } from './clients.controller.ts';
import { ClientsResolver } from './clients.resolver.ts';
import { ClientsService } from './clients.service.ts';
import { CompanyRecords } from './companies.records.ts';
import { ContactRecords } from './contacts.records.ts';
import { DealClientResolver, OrderClientResolver } from './named-client.resolver.ts';

@Module({
  imports: [DealsModule, ImportsModule, LeadsModule, PersonsModule, SegmentsModule],
  // Words of addresses before the ids of clients.
  controllers: [
    ClientExportController,
    ClientImportsController,
    ClientSegmentsController,
    ClientsController,
  ],
  providers: [
    ClientContacts,
    ClientExportService,
    ClientImportsResolver,
    ClientImportTarget,
    ClientImportWriter,
    ClientLoaders,
    ClientMergeService,
    ClientsOfLeads,
    CompanyRecords,
    ContactRecords,
    ClientPageService,
    ClientSegmentsResolver,
    ClientsResolver,
    ClientsService,
    DealClientResolver,
    OrderClientResolver,
  ],
})
export class ClientsModule {
  constructor(
    @Inject(Erasures) erasures: Erasures,
    @Inject(RecordFeed) feed: RecordFeed,
    @Inject(SegmentTargets) segments: SegmentTargets,
    @Inject(ClientsService) clients: ClientsService,
    @Inject(ImportTargets) imports: ImportTargets,
    @Inject(ClientImportTarget) importTarget: ClientImportTarget,
    @Inject(LeadClients) leads: LeadClients,
    @Inject(ClientsOfLeads) ofLeads: ClientsOfLeads,
  ) {
    leads.workBy(ofLeads);
    imports.add(importTarget);
    segments.add({
      entity: 'client',
      managedBy: 'tenant:manage',
      check: (_principal, filter) => checkFilter(CLIENT_FILTERS, filter, false),
      count: (...asked) => clients.countOf(...asked),
    });
    // Connectors look, and list what the other system still knows.
    erasures.add('client', async (tx, tenantId, keyIds) => {
      const ids = await eraseClientsOf(tx, tenantId, keyIds);
      feed.changedWhereKnown(tx, tenantId, 'company', editedByPerson(ids));
    });
    erasures.add('contact', async (tx, tenantId, keyIds) => {
      const ids = await contactsOfKeys(tx, tenantId, keyIds);
      feed.changedWhereKnown(tx, tenantId, 'contact', editedByPerson(ids));
    });
  }
}
