import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { compileCalendar } from '../sla/index.ts';
import { compileCondition, forEachAtom, readCondition } from './condition.ts';
import type { Atom, Condition, ParseCel, Vocabulary } from './condition.ts';
import type { EndingDefinition, EventMapping, PipelineDefinition } from './definition.ts';

/** Gates and distinct domain-stage comparisons of a pipeline, at most: the verifier looks at every combination. */
export const MAX_FACTS = 16;

/**
 * A pipeline ready to fold deals. The facts of a deal are the bits of one integer: a bit for each gate in the
 * definition's order, then one for each distinct comparison of a domain stage, and the highest for "created".
 */
export interface CompiledPipeline {
  readonly definition: PipelineDefinition;
  readonly gateBits: ReadonlyMap<string, number>;
  readonly comparisons: readonly DomainComparison[];
  readonly createdBit: number;
  readonly rules: readonly CompiledRule[];
  readonly timers: readonly CompiledTimer[];
  readonly ranks: ReadonlyMap<string, number>;
  readonly endings: ReadonlyMap<string, EndingDefinition>;
  /** Mappings by event type and by every alias. */
  readonly mappings: ReadonlyMap<string, readonly CompiledMapping[]>;
  /** Rank of the stage that the rules give to these facts. */
  readonly rankOf: (facts: number) => number;
}

export interface DomainComparison {
  readonly system: string;
  readonly stage: string;
  readonly bit: number;
}

export interface CompiledRule {
  readonly rank: number;
  readonly condition: Condition;
  readonly holds: (facts: number) => boolean;
}

export interface CompiledTimer {
  readonly key: string;
  readonly start: (facts: number) => boolean;
  readonly stop: (facts: number) => boolean;
  readonly dueTime: (openedAt: Instant) => Instant;
}

export interface CompiledMapping {
  readonly mapping: EventMapping;
  readonly where: readonly (readonly [string, string])[];
  readonly setMask: number;
  readonly clearMask: number;
}

/**
 * Compiles a definition. Assumes that `validateDefinition` accepted its shape; refuses with the codes of
 * `readCondition`, `too_many_facts` and `calendar_invalid`.
 */
export function compilePipeline(definition: PipelineDefinition, parseCel: ParseCel): Decision<CompiledPipeline> {
  const gateBits = new Map(definition.gates.map((gate, index) => [gate.key, index] as const));
  const vocabulary: Vocabulary = {
    gates: new Set(gateBits.keys()),
    domains: new Map(Object.entries(definition.domains ?? {}).map(([system, stages]) => [system, new Set(stages)] as const)),
    created: false,
  };
  const timerVocabulary: Vocabulary = { ...vocabulary, created: true };

  const conditions: { rules: Condition[]; timers: { start: Condition; stop: Condition }[] } = { rules: [], timers: [] };
  for (const [index, rule] of definition.rules.entries()) {
    const condition = readCondition(rule.when, vocabulary, parseCel, `rules.${index}.when`);
    if (!condition.ok) return condition;
    conditions.rules.push(condition.value);
  }
  for (const [index, timer] of (definition.timers ?? []).entries()) {
    const start = readCondition(timer.start, timerVocabulary, parseCel, `timers.${index}.start`);
    if (!start.ok) return start;
    const stop = readCondition(timer.stop, timerVocabulary, parseCel, `timers.${index}.stop`);
    if (!stop.ok) return stop;
    conditions.timers.push({ start: start.value, stop: stop.value });
  }

  const comparisons = collectComparisons([...conditions.rules, ...conditions.timers.flatMap((timer) => [timer.start, timer.stop])], gateBits.size);
  const facts = gateBits.size + comparisons.length;
  if (facts > MAX_FACTS) {
    return refuse(
      'too_many_facts',
      `A pipeline may have ${MAX_FACTS} gates and domain-stage comparisons in all; this one has ${gateBits.size} gates and ${comparisons.length} comparisons. Split it or merge gates.`,
      'gates',
    );
  }
  const createdBit = facts;
  const bit = (atom: Atom): number => {
    if (atom.kind === 'gate') return gateBits.get(atom.gate) ?? createdBit;
    if (atom.kind === 'created') return createdBit;
    return comparisons.find(({ system, stage }) => system === atom.system && stage === atom.stage)?.bit ?? createdBit;
  };

  const ranks = new Map(definition.stages.map((stage, rank) => [stage.key, rank] as const));
  const rules = definition.rules.map((rule, index) => {
    const condition = conditions.rules[index] as Condition;
    return { rank: ranks.get(rule.stage) ?? 0, condition, holds: compileCondition(condition, bit) };
  });

  const timers: CompiledTimer[] = [];
  for (const [index, timer] of (definition.timers ?? []).entries()) {
    const calendar = timer.calendar === undefined ? ({ kind: 'always' } as const) : definition.calendars?.[timer.calendar];
    if (calendar === undefined) {
      return refuse('unknown_calendar', `The pipeline has no calendar \`${timer.calendar ?? ''}\`.`, `timers.${index}.calendar`);
    }
    const dueTime = compileCalendar(calendar);
    const predicates = conditions.timers[index] as { start: Condition; stop: Condition };
    timers.push({
      key: timer.key,
      start: compileCondition(predicates.start, bit),
      stop: compileCondition(predicates.stop, bit),
      dueTime: (openedAt) => dueTime(openedAt, timer.target),
    });
  }

  return accept({
    definition,
    gateBits,
    comparisons,
    createdBit,
    rules,
    timers,
    ranks,
    endings: new Map((definition.endings ?? []).map((ending) => [ending.key, ending] as const)),
    mappings: compileMappings(definition.events, gateBits),
    rankOf: memoizedRank(rules, createdBit),
  });
}

function collectComparisons(conditions: readonly Condition[], firstBit: number): DomainComparison[] {
  const comparisons: DomainComparison[] = [];
  for (const condition of conditions) {
    forEachAtom(condition, (atom) => {
      if (atom.kind !== 'domain') return;
      if (comparisons.some(({ system, stage }) => system === atom.system && stage === atom.stage)) return;
      comparisons.push({ system: atom.system, stage: atom.stage, bit: firstBit + comparisons.length });
    });
  }
  return comparisons;
}

function compileMappings(events: readonly EventMapping[], gateBits: ReadonlyMap<string, number>): Map<string, CompiledMapping[]> {
  const mask = (gates: readonly string[] | undefined): number =>
    (gates ?? []).reduce((bits, gate) => bits | (1 << (gateBits.get(gate) ?? 0)), 0);
  const mappings = new Map<string, CompiledMapping[]>();
  for (const mapping of events) {
    const compiled = { mapping, where: Object.entries(mapping.where ?? {}), setMask: mask(mapping.sets), clearMask: mask(mapping.clears) };
    for (const type of [mapping.type, ...(mapping.aliases ?? [])]) {
      const same = mappings.get(type);
      if (same === undefined) mappings.set(type, [compiled]);
      else same.push(compiled);
    }
  }
  return mappings;
}

/** Rules are asked once for each combination of facts; afterwards a stage costs one look-up. */
function memoizedRank(rules: readonly CompiledRule[], createdBit: number): (facts: number) => number {
  const table = new Int8Array(1 << createdBit).fill(-1);
  return (facts) => {
    const index = facts & (table.length - 1);
    const known = table[index] as number;
    if (known >= 0) return known;
    const rank = rules.find((rule) => rule.holds(index))?.rank ?? 0;
    table[index] = rank;
    return rank;
  };
}
