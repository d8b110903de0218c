import { Inject, Module } from '@nestjs/common';
import { DealsModule } from '../deals/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { LeadChanges } from './lead-changes.ts';
import { LeadCheckResolver } from './lead-check.resolver.ts';
import { LeadCompareHandler } from './lead-compare.handler.ts';
import { LeadComparison } from './lead-comparison.service.ts';
import { LeadContacts } from './lead-contacts.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { eraseLeadsOf } from './lead-erasure.repository.ts';
import { LeadMatcher } from './lead-matcher.ts';
import { LeadPeopleResolver } from './lead-people.resolver.ts';
import { LeadSales } from './lead-sales.ts';
import { LeadSettingsResolver } from './lead-settings.resolver.ts';
import { LeadSettingsService } from './lead-settings.service.ts';
import { LeadStore } from './lead-store.ts';
import { LeadWriter } from './lead-writer.ts';
import { LeadsController } from './leads.controller.ts';
import { LeadsResolver } from './leads.resolver.ts';
import { LeadsService } from './leads.service.ts';

@Module({
  imports: [DealsModule, PersonsModule],
  controllers: [LeadsController],
  providers: [
    LeadChanges,
    LeadCheckResolver,
    LeadCompareHandler,
    LeadComparison,
    LeadContacts,
    LeadEditsService,
    LeadEntryService,
    LeadMatcher,
    LeadPeopleResolver,
    LeadSales,
    LeadSettingsResolver,
    LeadSettingsService,
    LeadStore,
    LeadWriter,
    LeadsResolver,
    LeadsService,
  ],
  exports: [LeadContacts, LeadSales, LeadWriter, LeadsService],
})
export class LeadsModule {
  constructor(@Inject(Erasures) erasures: Erasures) {
    erasures.add(eraseLeadsOf);
  }
}
