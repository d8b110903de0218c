import { parse } from '@marcbachmann/cel-js';
import { adtech, compilePipeline } from 'twenty-mak-domain';
import type { CompiledPipeline, PipelineDefinition } from 'twenty-mak-domain';

/** adtech with targets of one minute: runs of deals that began a minute ago become overdue while the load runs. */
export const definition: PipelineDefinition = {
  ...adtech,
  key: 'hurried',
  title: 'Advertising in a hurry',
  timers: (adtech.timers ?? []).map((timer) => ({
    ...timer,
    target: { amount: 1, unit: 'minutes' as const },
  })),
};

export function compiled(): CompiledPipeline {
  const result = compilePipeline(definition, parse);
  if (!result.ok) throw new Error(result.refusal.reason);
  return result.value;
}
