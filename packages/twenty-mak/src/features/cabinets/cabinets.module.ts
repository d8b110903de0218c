import { Inject, Module } from '@nestjs/common';
import { RateLimitModule } from '../../platform/rate-limit/index.ts';
import { AccountsModule } from '../accounts/index.ts';
import { DealsModule } from '../deals/index.ts';
import { PipelinesModule } from '../pipelines/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { WalletModule } from '../wallet/index.ts';
import { CabinetsController } from './cabinets.controller.ts';
import { CabinetsResolver } from './cabinets.resolver.ts';
import { FranchiseeRecords, PartnerRecords } from './companies.records.ts';
import { CompanyService } from './company.service.ts';
import { DecisionsService } from './decisions.service.ts';
import { OverviewService } from './overview.service.ts';
import { RegistrationsController } from './registrations.controller.ts';
import { deleteRegistrationsOf } from './registrations.repository.ts';
import { RegistrationsResolver } from './registrations.resolver.ts';
import { RegistrationsService } from './registrations.service.ts';
import { StaffService } from './staff.service.ts';

@Module({
  imports: [
    AccountsModule,
    DealsModule,
    PersonsModule,
    PipelinesModule,
    RateLimitModule,
    WalletModule,
  ],
  controllers: [CabinetsController, RegistrationsController],
  providers: [
    CabinetsResolver,
    CompanyService,
    DecisionsService,
    FranchiseeRecords,
    OverviewService,
    PartnerRecords,
    RegistrationsResolver,
    RegistrationsService,
    StaffService,
  ],
})
export class CabinetsModule {
  constructor(@Inject(Erasures) erasures: Erasures) {
    erasures.add('registration', deleteRegistrationsOf);
  }
}
