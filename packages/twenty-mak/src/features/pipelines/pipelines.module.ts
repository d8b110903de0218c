import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ChecksController } from './checks.controller.ts';
import { PipelineSettingsService } from './pipeline-settings.service.ts';
import { PipelinesController } from './pipelines.controller.ts';
import { PipelineLoader } from './pipelines.loader.ts';
import { PipelineRecords } from './pipelines.records.ts';
import { PipelineRegistry } from './pipelines.registry.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import { PipelinesResolver } from './pipelines.resolver.ts';
import { PipelineService } from './pipelines.service.ts';
import { PipelineVerifier } from './pipelines.verifier.ts';
import { SourceDefaultsController } from './source-defaults.controller.ts';
import { StageEditsService } from './stage-edits.service.ts';
import { StageRecords } from './stages.records.ts';
import { StagesController } from './stages.controller.ts';
import { StagesResolver } from './stages.resolver.ts';
import { acceptYaml } from './yaml-body.ts';

@Module({
  controllers: [PipelinesController, StagesController, ChecksController, SourceDefaultsController],
  providers: [
    PipelineRegistry,
    PipelinesRepository,
    PipelineLoader,
    PipelineSettingsService,
    PipelineService,
    PipelineVerifier,
    PipelineRecords,
    StageRecords,
    PipelinesResolver,
    StageEditsService,
    StagesResolver,
  ],
  exports: [PipelineRegistry, PipelineService],
})
export class PipelinesModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    acceptYaml(this.host.httpAdapter);
  }
}
