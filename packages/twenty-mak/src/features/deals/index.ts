export { DealsModule } from './deals.module.ts';
export { dealRefold } from './deals.jobs.ts';
export { PipelineMigrationEntity } from './pipeline-migrations.entity.ts';
export { countsByStage, totalsOf } from './deal-counts.ts';
export type { SumRow, StageCount } from './deal-counts.ts';
export type { DealView } from './deals.service.ts';
export { DealsService, visible } from './deals.service.ts';
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
export type { DealListRow } from './deals.repository.ts';
export { DealChanges } from './deal-changes.ts';
export { NamedClients } from './named-clients.ts';
export type { ChangeableDeal } from './deal-changes.ts';
export { DealPipelines } from './deal-pipelines.ts';
export { attributesField, externalRefField } from './deal-edits.dto.ts';
export { clientFilterOf, filterOf, ownerOf } from './deals.controller.ts';
export {
  clientFields,
  countAnswer,
  countSchema,
  dealAnswer,
  dealSchema,
  listOf,
  listQuery,
  countQuery,
  ownerField,
  sortField,
} from './deals.dto.ts';
export type { DealAnswer } from './deals.dto.ts';
export { DealFilterInput, DealRefInput } from './deal-inputs.model.ts';
export {
  CurrencySum,
  Deal,
  DealConnection,
  DealCount,
  ExternalRef,
  PageInfo,
} from './deals.model.ts';
export { connectionOf, pageInfo, ResolvedDeal } from './deals.view-model.ts';
export { DEFAULT_SORT } from './deals.sort.ts';
export { restFilter } from './deals.rest-filter.ts';
export { GROUPINGS } from './board-columns.ts';
