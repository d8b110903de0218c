export { ensurePipelineBoards } from './pipeline-boards.ts';
export { removePipelineBoards } from './remove-boards.ts';
export type { PipelineBoard } from './pipeline-boards.ts';
export type { AskMetadata } from './deal-object.ts';
