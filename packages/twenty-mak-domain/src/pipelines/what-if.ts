import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { BusinessStage, CompiledPipeline } from './compile.ts';
import { maskOf, stageOf, variablesOf } from './vectors.ts';

/** Facts to try out; what is not named does not hold. */
export interface Supposition {
  readonly gates?: Readonly<Record<string, boolean>>;
  readonly domains?: Readonly<Record<string, string | null>>;
}

export interface WhatIf {
  readonly stage: string;
  readonly businessStage: BusinessStage | null;
  /** Index of the rule that decided; null when none holds and the stage is the initial one. */
  readonly rule: number | null;
  /** Gates that do not hold although a later one does. */
  readonly missingGates: readonly string[];
  /** Changes of one fact that give another stage. */
  readonly changes: readonly SingleChange[];
}

export type SingleChange =
  | {
      readonly kind: 'gate';
      readonly gate: string;
      /** What the gate would be. */
      readonly value: boolean;
      readonly stage: string;
      /** Types of the events that do it. */
      readonly events: readonly string[];
    }
  | {
      readonly kind: 'domain';
      readonly system: string;
      /** Null: any stage that predicates do not ask for. */
      readonly value: string | null;
      readonly stage: string;
      readonly events: readonly string[];
    };

/**
 * What the rules say to these facts and what could happen next. Pure rules: a deal that is already further does not
 * fall back. Refuses with `unknown_gate` or `unknown_domain_stage`.
 */
export function whatIf(pipeline: CompiledPipeline, supposition: Supposition): Decision<WhatIf> {
  const supposed = factsFrom(pipeline, supposition);
  if (!supposed.ok) return supposed;
  const facts = supposed.value;
  const stage = stageOf(pipeline, facts);
  const rule = pipeline.rules.findIndex(({ holds }) => holds(facts));
  return accept({
    stage,
    businessStage: pipeline.businessStageOf(stage, facts),
    rule: rule === -1 ? null : rule,
    missingGates: missingGatesIn(pipeline, facts),
    changes: singleChanges(pipeline, facts).filter((change) => change.stage !== stage),
  });
}

/** Gates that do not hold although a later one, in the definition's order, does. */
export function missingGatesIn({ gateBits }: CompiledPipeline, facts: number): readonly string[] {
  const gates = [...gateBits];
  const last = gates.findLastIndex(([, bit]) => (facts & (1 << bit)) !== 0);
  return gates
    .slice(0, Math.max(0, last))
    .filter(([, bit]) => (facts & (1 << bit)) === 0)
    .map(([gate]) => gate);
}

/** Turns named facts into bits. */
export function factsFrom(
  pipeline: CompiledPipeline,
  { gates = {}, domains = {} }: Supposition,
): Decision<number> {
  let facts = 0;
  for (const [gate, value] of Object.entries(gates)) {
    const bit = pipeline.gateBits.get(gate);
    if (bit === undefined) {
      return refuse('unknown_gate', `The pipeline has no gate \`${gate}\`.`, `gates.${gate}`);
    }
    if (value) facts |= 1 << bit;
  }
  const known = new Map(Object.entries(pipeline.definition.domains ?? {}));
  for (const [system, stage] of Object.entries(domains)) {
    if (stage !== null && known.get(system)?.includes(stage) === false) {
      return refuse(
        'unknown_domain_stage',
        `The domain \`${system}\` has no stage \`${stage}\`.`,
        `domains.${system}`,
      );
    }
    for (const comparison of pipeline.comparisons) {
      if (comparison.system === system && comparison.stage === stage) facts |= 1 << comparison.bit;
    }
  }
  return accept(facts);
}

function singleChanges(pipeline: CompiledPipeline, facts: number): readonly SingleChange[] {
  const { events } = pipeline.definition;
  return variablesOf(pipeline).flatMap((variable): SingleChange[] => {
    const all = maskOf(variable);
    if (variable.kind === 'gate') {
      const value = (facts & all) === 0;
      const types = events
        .filter(({ sets = [], clears = [] }) => (value ? sets : clears).includes(variable.name))
        .map(({ type }) => type);
      const stage = stageOf(pipeline, facts ^ all);
      return [{ kind: 'gate', gate: variable.name, value, stage, events: types }];
    }
    return variable.choices
      .filter(({ mask }) => mask !== (facts & all))
      .map(({ value, mask }) => ({
        kind: 'domain',
        system: variable.name,
        value,
        stage: stageOf(pipeline, (facts & ~all) | mask),
        events: [
          'domain.stage.changed',
          ...events
            .filter(({ domain }) => domain?.system === variable.name && domain.stage === value)
            .map(({ type }) => type),
        ],
      }));
  });
}
