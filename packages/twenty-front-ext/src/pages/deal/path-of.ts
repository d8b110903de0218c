import type { PipelineDefinition } from 'twenty-mak-domain';

export interface PathStep {
  readonly key: string;
  readonly title: string;
  readonly state: 'passed' | 'current' | 'ahead' | 'ended';
}

/** The path of a deal: every stage in its rank, and the ending when it has come to one. */
export function pathOf({ stages, endings = [] }: PipelineDefinition, stage: string): PathStep[] {
  const rank = stages.findIndex(({ key }) => key === stage);
  const steps = stages.map(({ key, title }, index): PathStep => ({
    key,
    title,
    state: rank === -1 || index > rank ? 'ahead' : index < rank ? 'passed' : 'current',
  }));
  if (rank !== -1) return steps;
  const title = endings.find(({ key }) => key === stage)?.title ?? stage;
  return [...steps, { key: stage, title, state: 'ended' }];
}
