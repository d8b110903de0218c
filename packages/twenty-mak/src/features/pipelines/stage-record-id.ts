import type { PipelineDefinition } from 'twenty-mak-domain';

/** What other systems know a stage or an ending by. */
export function stageRecordId(pipelineId: string, stage: string): string {
  return `${pipelineId}:${stage}`;
}

export function stageRecordIds(
  pipelineId: string,
  { stages, endings = [] }: Pick<PipelineDefinition, 'stages' | 'endings'>,
): readonly string[] {
  return [...stages, ...endings].map(({ key }) => stageRecordId(pipelineId, key));
}
