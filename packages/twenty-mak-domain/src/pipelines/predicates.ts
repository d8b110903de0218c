import type { Refusal } from '../basics/index.ts';
import { readCondition } from './read-condition.ts';
import type { Condition, Predicates } from './condition.ts';
import type { ParseCel, Vocabulary } from './read-condition.ts';
import type { PipelineDefinition } from './definition.ts';
import type { Findings } from './shape.ts';

const NEVER: Condition = { op: 'literal', value: false };

/** Reads all predicates; each that is refused is reported and stands as `false`. */
export function readPredicates(
  definition: PipelineDefinition,
  parseCel: ParseCel,
  report: (refusal: Refusal) => void,
): Predicates {
  const vocabulary = vocabularyOf(definition);
  const read = (source: string, field: string, names: Vocabulary): Condition => {
    const condition = readCondition(source, names, parseCel, field);
    if (condition.ok) return condition.value;
    report(condition.refusal);
    return NEVER;
  };
  const timerVocabulary: Vocabulary = { ...vocabulary, created: true };
  return {
    rules: definition.rules.map(({ when }, index) => read(when, `rules.${index}.when`, vocabulary)),
    timers: (definition.timers ?? []).map(({ start, stop }, index) => ({
      start: read(start, `timers.${index}.start`, timerVocabulary),
      stop: read(stop, `timers.${index}.stop`, timerVocabulary),
    })),
    businessStages: definition.stages.map(({ businessStageWhen = [] }, stage) =>
      businessStageWhen.map(({ when }, index) =>
        read(when, `stages.${stage}.businessStageWhen.${index}.when`, vocabulary),
      ),
    ),
  };
}

/** Reports every predicate that cannot be read. */
export function predicateFindings(
  definition: PipelineDefinition,
  parseCel: ParseCel,
  found: Findings,
): void {
  readPredicates(definition, parseCel, ({ code, reason, field = '', range }) =>
    found.add(code, reason, field, range),
  );
}

/** What predicates of this definition may name; those of timers may also ask whether the deal was created. */
export function vocabularyOf({ gates, domains = {} }: PipelineDefinition): Vocabulary {
  return {
    gates: new Set(gates.map(({ key }) => key)),
    domains: new Map(
      Object.entries(domains).map(([system, stages]) => [system, new Set(stages)] as const),
    ),
    created: false,
  };
}
