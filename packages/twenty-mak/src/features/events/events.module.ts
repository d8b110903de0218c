import { Module } from '@nestjs/common';
import { PersonsModule } from '../persons/index.ts';
import { PipelinesModule } from '../pipelines/index.ts';
import { SlaModule } from '../sla/index.ts';
import { DealsFolder } from './deals.folder.ts';
import { DealsPlanner } from './deals.planner.ts';
import { DealsWriter } from './deals.writer.ts';
import { EventsController } from './events.controller.ts';
import { EventsRepository } from './events.repository.ts';
import { EventsResolver } from './events.resolver.ts';
import { EventIngestion } from './events.service.ts';
import { RejectionsService } from './rejections.service.ts';
import { DealsRefolder } from './refold.ts';

/** Facts in: the event log, the fold, and everything that is derived in the same transaction. */
@Module({
  imports: [PipelinesModule, PersonsModule, SlaModule],
  controllers: [EventsController],
  providers: [
    EventIngestion,
    EventsResolver,
    RejectionsService,
    EventsRepository,
    DealsFolder,
    DealsPlanner,
    DealsWriter,
    DealsRefolder,
  ],
  exports: [EventIngestion, EventsRepository, DealsRefolder],
})
export class EventsModule {}
