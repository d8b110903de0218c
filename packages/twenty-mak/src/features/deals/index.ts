export { DealsModule } from './deals.module.ts';
export { dealRefold } from './deals.jobs.ts';
export { PipelineMigrationEntity } from './pipeline-migrations.entity.ts';
export { DealsService } from './deals.service.ts';
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
