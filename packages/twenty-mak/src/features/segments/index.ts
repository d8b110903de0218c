export { countWhere, FilterSql, placed } from './filter-sql.ts';
export type { MakeCondition } from './filter-sql.ts';
export { SegmentTargets } from './segment-targets.ts';
export { segmentsController } from './segments.controller.ts';
export { SegmentEntity } from './segments.entity.ts';
export { SegmentsModule } from './segments.module.ts';
export { findSegment } from './segments.repository.ts';
export { segmentsResolver } from './segments.resolver.ts';
