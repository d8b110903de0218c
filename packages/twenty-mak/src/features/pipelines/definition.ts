import { parse as parseCel } from '@marcbachmann/cel-js';
import { compilePipeline, definitionFindings } from 'twenty-mak-domain';
import type { CompiledPipeline, ParseCel, PipelineDefinition, Refusal } from 'twenty-mak-domain';
import { RefusalError } from '../../platform/errors/index.ts';

/** Our own reader limits predicates before and after this parser: length, depth, and what may occur. */
export const cel: ParseCel = (source) => parseCel(source);

/** A definition that may be saved: its form is right and its predicates can be read. */
export interface ReadDefinition {
  readonly definition: PipelineDefinition;
  readonly compiled: CompiledPipeline;
}

/**
 * Reads untrusted JSON as a definition and compiles it.
 * Throws a RefusalError (422) with the code and field of the first finding, and all of them under `findings`.
 */
export function readDefinition(raw: unknown): ReadDefinition {
  const findings = definitionFindings(raw, cel);
  const [first] = findings;
  if (first !== undefined) throw refused(first, findings);
  const definition = raw as PipelineDefinition;
  return { definition, compiled: compileStored(definition) };
}

/** Compiles a definition that was read before. Throws when it can be compiled no longer. */
export function compileStored(definition: PipelineDefinition): CompiledPipeline {
  const compiled = compilePipeline(definition, cel);
  if (!compiled.ok) throw refused(compiled.refusal, [compiled.refusal]);
  return compiled.value;
}

function refused(first: Refusal, findings: readonly Refusal[]): RefusalError {
  return new RefusalError(first, 422, { findings });
}
