import { Inject, Module } from '@nestjs/common';
import { checkLeadFilter } from 'twenty-mak-domain';
import { Bus } from '../../platform/outbox/index.ts';
import { DealsModule } from '../deals/index.ts';
import { EventsModule } from '../events/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { SegmentsModule, SegmentTargets } from '../segments/index.ts';
import { LeadChanges } from './lead-changes.ts';
import { LeadClients } from './lead-clients.ts';
import { LeadCompareHandler } from './lead-compare.handler.ts';
import { LeadComparison } from './lead-comparison.service.ts';
import { LeadContacts } from './lead-contacts.ts';
import { LeadConversionService } from './lead-conversion.service.ts';
import { LeadDuplicatesController } from './lead-duplicates.controller.ts';
import { LeadDuplicatesResolver } from './lead-duplicates.resolver.ts';
import { LeadDuplicatesService } from './lead-duplicates.service.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { eraseLeadsOf, leadsOfKeys } from './lead-erasure.repository.ts';
import { LeadIntakeController } from './lead-intake.controller.ts';
import { LeadIntakeService } from './lead-intake.service.ts';
import { LeadMatcher } from './lead-matcher.ts';
import { LeadOffers, offeredMeanwhile } from './lead-offers.ts';
import { LeadPeopleResolver } from './lead-people.resolver.ts';
import { LeadMergeService } from './lead-merge.service.ts';
import { LeadQuestions } from './lead-questions.ts';
import { LeadRepairHandler } from './lead-repair.handler.ts';
import { LeadReturns } from './lead-returns.ts';
import { LeadSales } from './lead-sales.ts';
import { LeadSegmentsController, LeadSegmentsResolver } from './lead-segments.ts';
import { LeadSettingsResolver } from './lead-settings.resolver.ts';
import { LeadSettingsService } from './lead-settings.service.ts';
import { LeadStore } from './lead-store.ts';
import { LeadWriter } from './lead-writer.ts';
import { LeadsController } from './leads.controller.ts';
import { LeadRecords } from './leads.records.ts';
import { LeadsResolver } from './leads.resolver.ts';
import { checkFilter, LeadsService } from './leads.service.ts';
import { OfficeLeadEntries } from './office-leads.entries.ts';
import { OfficeLeadReader } from './office-leads.reader.ts';
import { OfficeLeadRecords } from './office-leads.records.ts';
import { PairChanges } from './pair-changes.ts';
import { ringPairs } from './pairs-ring.ts';

@Module({
  imports: [DealsModule, EventsModule, PersonsModule, SegmentsModule],
  // Words of addresses before the ids of leads.
  controllers: [
    LeadDuplicatesController,
    LeadIntakeController,
    LeadSegmentsController,
    LeadsController,
  ],
  providers: [
    LeadChanges,
    LeadClients,
    LeadCompareHandler,
    LeadComparison,
    LeadContacts,
    LeadConversionService,
    LeadDuplicatesResolver,
    LeadSegmentsResolver,
    LeadDuplicatesService,
    LeadEditsService,
    LeadEntryService,
    LeadIntakeService,
    LeadMatcher,
    LeadQuestions,
    LeadPeopleResolver,
    LeadRecords,
    LeadMergeService,
    LeadOffers,
    LeadRepairHandler,
    LeadReturns,
    LeadSales,
    LeadSettingsResolver,
    LeadSettingsService,
    LeadStore,
    LeadWriter,
    LeadsResolver,
    LeadsService,
    OfficeLeadEntries,
    OfficeLeadReader,
    OfficeLeadRecords,
    PairChanges,
  ],
  exports: [
    LeadClients,
    LeadComparison,
    LeadContacts,
    LeadOffers,
    LeadReturns,
    LeadSales,
    LeadWriter,
    LeadsService,
  ],
})
export class LeadsModule {
  constructor(
    @Inject(Erasures) erasures: Erasures,
    @Inject(LeadOffers) offers: LeadOffers,
    @Inject(SegmentTargets) segments: SegmentTargets,
    @Inject(LeadsService) leads: LeadsService,
    @Inject(Bus) bus: Bus,
  ) {
    segments.add({
      entity: 'lead',
      managedBy: 'leads:manage',
      // What is saved outlives the erasure of a person, so nobody's name, number or address may stand in it.
      check: (principal, filter) => {
        const asked = checkFilter(principal, filter);
        return asked.ok ? checkLeadFilter(filter, false) : asked;
      },
      count: (...asked) => leads.countOf(...asked),
    });
    erasures.add('lead', async (tx, tenantId, keyIds) => {
      const leadIds = await leadsOfKeys(tx, tenantId, keyIds);
      await offers.end(tx, tenantId, leadIds);
      if (await eraseLeadsOf(tx, tenantId, keyIds)) throw offeredMeanwhile();
      if (leadIds.length > 0) ringPairs(bus, tenantId);
    });
  }
}
