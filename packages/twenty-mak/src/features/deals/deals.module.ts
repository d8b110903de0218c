import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.ts';
import { PersonsModule } from '../persons/index.ts';
import { PipelinesModule } from '../pipelines/index.ts';
import { DealBoardService } from './deal-board.service.ts';
import { DealChanges } from './deal-changes.ts';
import { DealEditsController } from './deal-edits.controller.ts';
import { DealEditsResolver } from './deal-edits.resolver.ts';
import { DealEditsService } from './deal-edits.service.ts';
import { DealFactsResolver } from './deal-facts.resolver.ts';
import { DealFactsService } from './deal-facts.service.ts';
import { DealHistoryRepository } from './deal-history.repository.ts';
import { DealHistoryService } from './deal-history.service.ts';
import { DealLoaders } from './deal-loaders.ts';
import { DealMergeService } from './deal-merge.service.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { DealRefoldHandler } from './deal-refold.handler.ts';
import { DealsController } from './deals.controller.ts';
import { DealRecords } from './deals.records.ts';
import { DealRecordsWriter } from './deal-records.writer.ts';
import { NamedClients } from './named-clients.ts';
import { NoteRecords } from './notes.records.ts';
import { OpportunityRecords } from './opportunities.records.ts';
import { DealsRepository } from './deals.repository.ts';
import { DealsResolver } from './deals.resolver.ts';
import { DealsService } from './deals.service.ts';
import { PipelineMigrationsController } from './pipeline-migrations.controller.ts';
import { PipelineMigrationsRepository } from './pipeline-migrations.repository.ts';
import { PipelineMigrationsResolver } from './pipeline-migrations.resolver.ts';
import { PipelineMigrationsService } from './pipeline-migrations.service.ts';
import { SlaDeskDealsResolver } from './sla-desk-deals.resolver.ts';

@Module({
  imports: [EventsModule, PersonsModule, PipelinesModule],
  controllers: [DealsController, DealEditsController, PipelineMigrationsController],
  providers: [
    DealRefoldHandler,
    PipelineMigrationsRepository,
    PipelineMigrationsResolver,
    PipelineMigrationsService,
    DealBoardService,
    DealEditsResolver,
    DealFactsResolver,
    SlaDeskDealsResolver,
    DealLoaders,
    DealsResolver,
    DealChanges,
    DealEditsService,
    DealFactsService,
    DealMergeService,
    DealHistoryRepository,
    DealHistoryService,
    DealPipelines,
    DealRecords,
    DealRecordsWriter,
    NamedClients,
    NoteRecords,
    OpportunityRecords,
    DealsRepository,
    DealsService,
  ],
  exports: [DealChanges, DealPipelines, DealsService, NamedClients],
})
export class DealsModule {}
