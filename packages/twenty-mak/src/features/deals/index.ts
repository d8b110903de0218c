export { DealsModule } from './deals.module.ts';
export { dealRefold } from './deals.jobs.ts';
export { PipelineMigrationEntity } from './pipeline-migrations.entity.ts';
export { DealsService, groupCounts, scopeOf, visible } from './deals.service.ts';
export type { StageCount } from './deals.service.ts';
export { conditions, Values } from './deals.filter.ts';
export type { DealFilter } from './deals.filter.ts';
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
export { clientFilterOf, filterOf } from './deals.controller.ts';
export { clientFields, listOf, listQuery } from './deals.dto.ts';
export {
  CurrencySum,
  Deal,
  DealConnection,
  DealCount,
  DealRefInput,
  ExternalRef,
  PageInfo,
} from './deals.model.ts';
export { connectionOf, pageInfo } from './deals.view-model.ts';
