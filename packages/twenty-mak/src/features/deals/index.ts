export { DealsModule } from './deals.module.ts';
export { dealRefold } from './deals.jobs.ts';
export { PipelineMigrationEntity } from './pipeline-migrations.entity.ts';
export { DealsService, groupCounts } from './deals.service.ts';
export type { StageCount } from './deals.service.ts';
export {
  DealArchiveEntity,
  DealEntity,
  DealRefEntity,
  DealSearchEntity,
  GateChangeEntity,
  StageChangeEntity,
  StageCounterEntity,
} from './deals.entity.ts';
export { DealsRepository } from './deals.repository.ts';
export type { CountRow, DealListRow } from './deals.repository.ts';
export { DealPipelines } from './deal-pipelines.ts';
export { attributesField, externalRefField } from './deal-edits.dto.ts';
export { filterOf } from './deals.controller.ts';
export { listOf, listQuery } from './deals.dto.ts';
export {
  Deal,
  DealConnection,
  DealCount,
  DealRefInput,
  ExternalRef,
  PageInfo,
} from './deals.model.ts';
export { connectionOf, pageInfo } from './deals.view-model.ts';
