import type { PipelineDefinition, Refusal } from 'twenty-mak-domain';

export function isStageKeyTaken(
  { stages, endings = [] }: PipelineDefinition,
  key: string,
): boolean {
  return [...stages, ...endings].some((one) => one.key === key);
}

export function keyTaken(key: string): Refusal {
  return { code: 'duplicate_key', reason: `The key \`${key}\` is used twice.` };
}
