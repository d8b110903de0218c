import { compileRead, factsOf, possibleMoves, recordableFacts, undoOf } from 'twenty-mak-domain';
import type {
  CompiledPipeline,
  EventHint,
  EventMapping,
  PipelineDefinition,
  PossibleMove,
  Predicates,
  RecordableFact,
} from 'twenty-mak-domain';

/** A version of a pipeline, with its predicates as the server has read them: the page needs no parser. */
export interface PipelineRules {
  readonly definition: PipelineDefinition;
  readonly predicates: Predicates;
}

/** What the rules need to know of a deal. */
export interface MovableDeal {
  readonly stage: string;
  readonly heldGates: readonly string[];
  readonly domainStages: unknown;
}

const compiled = new WeakMap<Predicates, CompiledPipeline>();

function compile({ definition, predicates }: PipelineRules): CompiledPipeline {
  const known = compiled.get(predicates);
  if (known !== undefined) return known;
  const pipeline = compileRead(definition, predicates);
  if (!pipeline.ok) throw new Error(pipeline.refusal.reason);
  compiled.set(predicates, pipeline.value);
  return pipeline.value;
}

/** What may become of a deal. */
export interface Moves {
  /** Every single event that means something to it now, and where it leads. It is there: none makes it. */
  readonly facts: readonly RecordableFact[];
  /** For every other stage, what is missing. */
  readonly stages: readonly PossibleMove[];
  /** The event that would take an event back, if it were recorded now; null where there is none. */
  readonly undoOf: (effects: EventMapping) => EventHint | null;
}

/** What may become of a deal: the functions by which the server decides, run in the browser. */
export function movesOf(rules: PipelineRules, deal: MovableDeal): Moves {
  const pipeline = compile(rules);
  const facts = factsOf(pipeline, {
    gates: Object.fromEntries(deal.heldGates.map((gate) => [gate, true])),
    domains: stagesBySystem(deal.domainStages),
    createdAt: 0,
  });
  return {
    facts: recordableFacts(pipeline, facts, deal.stage).filter(
      ({ effects }) => effects.creates !== true,
    ),
    stages: possibleMoves(pipeline, facts, deal.stage),
    undoOf: (effects) => undoOf(pipeline, facts, deal.stage, effects),
  };
}

function stagesBySystem(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
