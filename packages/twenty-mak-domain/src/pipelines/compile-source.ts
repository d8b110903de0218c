import type { Decision, Refusal } from '../basics/index.ts';
import { compileRead } from './compile.ts';
import type { CompiledPipeline } from './compile.ts';
import type { PipelineDefinition } from './definition.ts';
import { readPredicates } from './predicates.ts';
import type { ParseCel } from './read-condition.ts';

/**
 * Compiles a definition as people write it. Assumes that `validateDefinition` accepted its shape; refuses with the codes
 * of `readCondition` and `compileRead`.
 */
export function compilePipeline(
  definition: PipelineDefinition,
  parseCel: ParseCel,
): Decision<CompiledPipeline> {
  const refusals: Refusal[] = [];
  const predicates = readPredicates(definition, parseCel, (refusal) => refusals.push(refusal));
  const [refusal] = refusals;
  return refusal === undefined ? compileRead(definition, predicates) : { ok: false, refusal };
}
