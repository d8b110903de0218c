import { Module } from '@nestjs/common';
import { PipelinesModule } from '../pipelines/index.ts';
import { SlaController } from './sla.controller.ts';
import { Escalations } from './sla.escalations.ts';
import { SlaResolver } from './sla.resolver.ts';
import { SlaService } from './sla.service.ts';
import { SlaSweeper } from './sla.sweeper.ts';

@Module({
  imports: [PipelinesModule],
  controllers: [SlaController],
  providers: [Escalations, SlaSweeper, SlaService, SlaResolver],
  exports: [Escalations, SlaService],
})
export class SlaModule {}
