import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { compileCalendar } from '../sla/index.ts';
import { allConditions, compileCondition, forEachAtom } from './condition.ts';
import type { Atom, Condition, Predicates } from './condition.ts';
import type { EndingDefinition, EventMapping, PipelineDefinition } from './definition.ts';
import { firstOf, truthTeller } from './truth.ts';

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
  /** The predicates as read. */
  readonly predicates: Predicates;
  /** Position of an atom among the facts. */
  readonly bitOf: (atom: Atom) => number;
  /** Rank of the stage that the rules give to these facts. */
  readonly rankOf: (facts: number) => number;
  /** What sales people call this stage of a deal with these facts; null for endings and where nothing is defined. */
  readonly businessStageOf: (stage: string, facts: number) => BusinessStage | null;
}

export interface BusinessStage {
  readonly title: string;
  /** Role that answers for the deal; breaches escalate to it first. */
  readonly responsible: string | null;
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
 * Compiles a definition whose predicates were read before, without a parser. Assumes that `validateDefinition` accepted
 * the definition's shape and that `predicates` are those of it; refuses with `too_many_facts` and `unknown_calendar`.
 */
export function compileRead(
  definition: PipelineDefinition,
  predicates: Predicates,
): Decision<CompiledPipeline> {
  const gateBits = new Map(definition.gates.map(({ key }, index) => [key, index] as const));
  const comparisons = collectComparisons(allConditions(predicates), gateBits.size);
  const createdBit = gateBits.size + comparisons.length;
  if (createdBit > MAX_FACTS) {
    return refuse(
      'too_many_facts',
      `A pipeline may have ${MAX_FACTS} gates and domain-stage comparisons in all; this one has ${gateBits.size} gates and ${comparisons.length} comparisons. Split it or merge gates.`,
      'gates',
    );
  }

  const timers = compileTimers(definition, predicates, bitOf);
  if (!timers.ok) return timers;
  const ranks = new Map(definition.stages.map(({ key }, rank) => [key, rank] as const));
  const rules = predicates.rules.map((condition, index) => ({
    rank: ranks.get(definition.rules[index]?.stage ?? '') ?? 0,
    condition,
    holds: compileCondition(condition, bitOf),
  }));
  return accept({
    definition,
    gateBits,
    comparisons,
    createdBit,
    rules,
    timers: timers.value,
    ranks,
    endings: new Map((definition.endings ?? []).map((ending) => [ending.key, ending] as const)),
    mappings: compileMappings(definition.events, gateBits),
    predicates,
    bitOf,
    rankOf: rankTable(rules, bitOf, createdBit),
    businessStageOf: compileBusinessStages(definition, predicates, bitOf),
  });

  function bitOf(atom: Atom): number {
    if (atom.kind === 'gate') return gateBits.get(atom.gate) as number;
    const same = comparisons.find((one) => atom.kind === 'domain' && isSame(one, atom));
    return same?.bit ?? createdBit;
  }
}

function isSame(
  left: Pick<DomainComparison, 'system' | 'stage'>,
  right: Pick<DomainComparison, 'system' | 'stage'>,
): boolean {
  return left.system === right.system && left.stage === right.stage;
}

function collectComparisons(
  conditions: readonly Condition[],
  firstBit: number,
): readonly DomainComparison[] {
  const comparisons: DomainComparison[] = [];
  for (const condition of conditions) {
    forEachAtom(condition, (atom) => {
      if (atom.kind !== 'domain' || comparisons.some((one) => isSame(one, atom))) return;
      const { system, stage } = atom;
      comparisons.push({ system, stage, bit: firstBit + comparisons.length });
    });
  }
  return comparisons;
}

function compileTimers(
  { timers = [], calendars = {} }: PipelineDefinition,
  predicates: Predicates,
  bitOf: (atom: Atom) => number,
): Decision<readonly CompiledTimer[]> {
  const compiled: CompiledTimer[] = [];
  for (const [index, { start, stop }] of predicates.timers.entries()) {
    const timer = timers[index];
    if (timer === undefined) continue;
    const { key, target, calendar: name } = timer;
    const calendar =
      name === undefined
        ? ({ kind: 'always' } as const)
        : Object.hasOwn(calendars, name) && calendars[name];
    if (!calendar) {
      return refuse(
        'unknown_calendar',
        `The pipeline has no calendar \`${name}\`.`,
        `timers.${index}.calendar`,
      );
    }
    const dueTime = compileCalendar(calendar);
    compiled.push({
      key,
      start: compileCondition(start, bitOf),
      stop: compileCondition(stop, bitOf),
      dueTime: (openedAt) => dueTime(openedAt, target),
    });
  }
  return accept(compiled);
}

function compileMappings(
  events: readonly EventMapping[],
  gateBits: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly CompiledMapping[]> {
  const mask = (gates: readonly string[] = []): number =>
    gates.reduce((bits, gate) => bits | (1 << (gateBits.get(gate) as number)), 0);
  const mappings = new Map<string, CompiledMapping[]>();
  for (const mapping of events) {
    const compiled = {
      mapping,
      where: Object.entries(mapping.where ?? {}),
      setMask: mask(mapping.sets),
      clearMask: mask(mapping.clears),
    };
    for (const type of [mapping.type, ...(mapping.aliases ?? [])]) {
      const same = mappings.get(type);
      if (same === undefined) mappings.set(type, [compiled]);
      else same.push(compiled);
    }
  }
  return mappings;
}

/** Which rule is the first to hold is worked out once for all combinations; then a stage costs one look-up. */
function rankTable(
  rules: readonly CompiledRule[],
  bitOf: (atom: Atom) => number,
  bits: number,
): (facts: number) => number {
  const truthOf = truthTeller(bitOf, bits);
  const first = firstOf(
    rules.map(({ condition }) => truthOf(condition)),
    bits,
  );
  const ranks = first.map((rule) => rules[rule]?.rank ?? 0);
  return (facts) => ranks[facts & (ranks.length - 1)] as number;
}

function compileBusinessStages(
  { stages }: PipelineDefinition,
  { businessStages }: Predicates,
  bitOf: (atom: Atom) => number,
): CompiledPipeline['businessStageOf'] {
  const byStage = new Map(
    stages.map(({ key, businessStage, businessStageWhen = [], responsible = null }, rank) => {
      const cases = businessStageWhen.map((one, index) => ({
        holds: compileCondition(businessStages[rank]?.[index] as Condition, bitOf),
        stage: { title: one.businessStage, responsible: one.responsible ?? responsible },
      }));
      const otherwise = businessStage === undefined ? null : { title: businessStage, responsible };
      return [key, { cases, otherwise }] as const;
    }),
  );
  return (stage, facts) => {
    const found = byStage.get(stage);
    return found?.cases.find(({ holds }) => holds(facts))?.stage ?? found?.otherwise ?? null;
  };
}
