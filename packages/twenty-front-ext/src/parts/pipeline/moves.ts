import { parse as parseCel } from '@marcbachmann/cel-js';
import { compilePipeline, factsOf, possibleMoves } from 'twenty-mak-domain';
import type { CompiledPipeline, PipelineDefinition, PossibleMove } from 'twenty-mak-domain';

/** What the rules need to know of a deal. */
export interface MovableDeal {
  readonly stage: string;
  readonly heldGates: readonly string[];
  readonly domainStages: unknown;
}

const compiled = new WeakMap<PipelineDefinition, CompiledPipeline>();

function compile(definition: PipelineDefinition): CompiledPipeline {
  const known = compiled.get(definition);
  if (known !== undefined) return known;
  const pipeline = compilePipeline(definition, (source) => parseCel(source));
  if (!pipeline.ok) throw new Error(pipeline.refusal.reason);
  compiled.set(definition, pipeline.value);
  return pipeline.value;
}

/** How a deal could get to every other stage: the function by which the server decides, run in the browser. */
export function movesOf(
  definition: PipelineDefinition,
  deal: MovableDeal,
): readonly PossibleMove[] {
  const pipeline = compile(definition);
  const facts = factsOf(pipeline, {
    gates: Object.fromEntries(deal.heldGates.map((gate) => [gate, true])),
    domains: stagesBySystem(deal.domainStages),
    createdAt: 0,
  });
  return possibleMoves(pipeline, facts, deal.stage);
}

function stagesBySystem(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
