import { Module } from '@nestjs/common';
import { PipelineRegistry } from './pipelines.registry.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import { PipelineService } from './pipelines.service.ts';

@Module({
  providers: [PipelineRegistry, PipelinesRepository, PipelineService],
  exports: [PipelineRegistry, PipelineService],
})
export class PipelinesModule {}
