import {
  PipelineEntity,
  PipelineVersionEntity,
  SourceDefaultEntity,
} from './features/pipelines/index.ts';
import type { Entity } from './platform/database/index.ts';

/** Every table; a test compares them with what the migrations make. */
export const entities: readonly Entity[] = [
  PipelineEntity,
  PipelineVersionEntity,
  SourceDefaultEntity,
];
