import type { CompiledPipeline } from '../pipelines/index.ts';
import type { DealState } from './state.ts';

/** The facts of a deal as bits; see `CompiledPipeline`. */
export function factsOf(
  pipeline: CompiledPipeline,
  state: Pick<DealState, 'gates' | 'domains' | 'createdAt'>,
): number {
  let facts = state.createdAt === null ? 0 : 1 << pipeline.createdBit;
  for (const [gate, bit] of pipeline.gateBits) if (state.gates[gate] === true) facts |= 1 << bit;
  for (const { system, stage, bit } of pipeline.comparisons) {
    if (Object.hasOwn(state.domains, system) && state.domains[system] === stage) facts |= 1 << bit;
  }
  return facts;
}

/** The facts after one domain system went to a stage; values of one system exclude each other. */
export function withDomain(
  pipeline: CompiledPipeline,
  facts: number,
  system: string,
  stage: string,
): number {
  for (const comparison of pipeline.comparisons) {
    if (comparison.system !== system) continue;
    const mask = 1 << comparison.bit;
    facts = comparison.stage === stage ? facts | mask : facts & ~mask;
  }
  return facts;
}

/**
 * Gates that do not hold although a later one does, in the order of the pipeline. Nothing forbids them: the stage
 * follows the rules, people are warned.
 */
export function missingGates(
  pipeline: CompiledPipeline,
  state: Pick<DealState, 'gates'>,
): readonly string[] {
  const keys = pipeline.definition.gates.map(({ key }) => key);
  const last = keys.findLastIndex((key) => state.gates[key] === true);
  return keys.filter((key, index) => index < last && state.gates[key] !== true);
}
