export { PipelinesModule } from './pipelines.module.ts';
export { choosePipeline, PipelineRegistry } from './pipelines.registry.ts';
export type { CurrentPipeline, PipelineVersionKey, TenantPipelines } from './pipelines.registry.ts';
export { PipelineService } from './pipelines.service.ts';
export type { PipelineWithDefinition } from './pipelines.loader.ts';
export type { CreateOptions } from './pipelines.service.ts';
export { stageRecordId } from './stage-record-id.ts';
export { compileStored, readDefinition } from './definition.ts';
export { PipelineEntity, PipelineVersionEntity, SourceDefaultEntity } from './pipelines.entity.ts';
