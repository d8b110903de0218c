import { parse as parseCel } from '@marcbachmann/cel-js';
import { compilePipeline, factsOf, possibleMoves, recordableFacts } from 'twenty-mak-domain';
import type {
  CompiledPipeline,
  PipelineDefinition,
  PossibleMove,
  RecordableFact,
} from 'twenty-mak-domain';

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

/** What may become of a deal. */
export interface Moves {
  /** Every single event that means something to it now, and where it leads. */
  readonly facts: readonly RecordableFact[];
  /** For every other stage, what is missing. */
  readonly stages: readonly PossibleMove[];
}

/** What may become of a deal: the functions by which the server decides, run in the browser. */
export function movesOf(definition: PipelineDefinition, deal: MovableDeal): Moves {
  const pipeline = compile(definition);
  const facts = factsOf(pipeline, {
    gates: Object.fromEntries(deal.heldGates.map((gate) => [gate, true])),
    domains: stagesBySystem(deal.domainStages),
    createdAt: 0,
  });
  return {
    facts: recordableFacts(pipeline, facts, deal.stage),
    stages: possibleMoves(pipeline, facts, deal.stage),
  };
}

function stagesBySystem(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
