import { parse } from '@marcbachmann/cel-js';
import { compilePipeline, definitionFindings } from 'twenty-mak-domain';
import type { CompiledPipeline, ParseCel, PipelineDefinition, Refusal } from 'twenty-mak-domain';

/** The parser that the server uses; the domain limits predicates before and after it. */
export const parseCel: ParseCel = (source) => parse(source);

export interface ReadDraft {
  /** Why the server would refuse to save it; empty when it would not. */
  readonly refusals: readonly Refusal[];
  /** Null while there are refusals. */
  readonly compiled: CompiledPipeline | null;
}

/** Reads a definition as the server does before it saves one. */
export function readDraft(definition: PipelineDefinition): ReadDraft {
  const refusals = definitionFindings(definition, parseCel);
  if (refusals.length > 0) return { refusals, compiled: null };
  const compiled = compilePipeline(definition, parseCel);
  return compiled.ok
    ? { refusals: [], compiled: compiled.value }
    : { refusals: [compiled.refusal], compiled: null };
}
