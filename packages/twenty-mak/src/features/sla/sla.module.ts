import { Module } from '@nestjs/common';
import { PipelinesModule } from '../pipelines/index.ts';
import { SlaDeskController } from './sla-desk.controller.ts';
import { SlaDeskResolver } from './sla-desk.resolver.ts';
import { SlaDeskService } from './sla-desk.service.ts';
import { SlaController } from './sla.controller.ts';
import { Escalations } from './sla.escalations.ts';
import { SlaRunRecords } from './sla.records.ts';
import { SlaResolver } from './sla.resolver.ts';
import { SlaService } from './sla.service.ts';
import { SlaSweeper } from './sla.sweeper.ts';

@Module({
  imports: [PipelinesModule],
  controllers: [SlaController, SlaDeskController],
  providers: [
    Escalations,
    SlaSweeper,
    SlaService,
    SlaResolver,
    SlaRunRecords,
    SlaDeskService,
    SlaDeskResolver,
  ],
  exports: [Escalations, SlaService],
})
export class SlaModule {}
