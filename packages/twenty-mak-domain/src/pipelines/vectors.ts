import type { CompiledPipeline } from './compile.ts';

/** One thing in which deals differ, with what it can be and the bits that say so. */
export type Variable =
  | { readonly kind: 'gate'; readonly name: string; readonly choices: readonly Choice<boolean>[] }
  | {
      /** A domain system. Null is "another stage, or none". */
      readonly kind: 'domain';
      readonly name: string;
      readonly choices: readonly Choice<string | null>[];
    };

export interface Choice<Value> {
  readonly value: Value;
  readonly mask: number;
}

/** A combination of facts in words. A domain is null when its stage is none that predicates ask for. */
export interface Vector {
  readonly gates: Readonly<Record<string, boolean>>;
  readonly domains: Readonly<Record<string, string | null>>;
}

/** Gates in the definition's order, then domain systems in the order in which predicates name them. */
export function variablesOf({ gateBits, comparisons }: CompiledPipeline): readonly Variable[] {
  const gates = [...gateBits].map(([name, bit]): Variable => ({
    kind: 'gate',
    name,
    choices: [
      { value: false, mask: 0 },
      { value: true, mask: 1 << bit },
    ],
  }));
  const systems = new Set(comparisons.map(({ system }) => system));
  const domains = [...systems].map((name): Variable => ({
    kind: 'domain',
    name,
    choices: [
      { value: null, mask: 0 },
      ...comparisons
        .filter(({ system }) => system === name)
        .map(({ stage, bit }) => ({ value: stage, mask: 1 << bit })),
    ],
  }));
  return [...gates, ...domains];
}

/** All bits of a variable. */
export function maskOf({ choices }: Variable): number {
  return choices.reduce((bits, { mask }) => bits | mask, 0);
}

/**
 * Every combination of facts that a deal can have, the first gate changing slowest, false before true. Stages of one
 * system exclude each other. At most 65,536.
 */
export function vectorsOf(pipeline: CompiledPipeline): readonly number[] {
  return variablesOf(pipeline).reduce<readonly number[]>(
    (vectors, { choices }) => vectors.flatMap((facts) => choices.map(({ mask }) => facts | mask)),
    [0],
  );
}

/** Spells facts out. */
export function describe(pipeline: CompiledPipeline, facts: number): Vector {
  return variablesOf(pipeline).reduce(
    (vector: Vector, variable) => {
      const bits = facts & maskOf(variable);
      return withChoice(
        vector,
        variable,
        variable.choices.findIndex(({ mask }) => mask === bits),
      );
    },
    { gates: {}, domains: {} },
  );
}

/** The same combination with one more variable decided. */
export function withChoice(vector: Vector, variable: Variable, choice: number): Vector {
  const { gates, domains } = vector;
  return variable.kind === 'gate'
    ? { gates: { ...gates, [variable.name]: variable.choices[choice]?.value === true }, domains }
    : { gates, domains: { ...domains, [variable.name]: variable.choices[choice]?.value ?? null } };
}

/** Key of the stage that the rules give. */
export function stageOf({ definition, rankOf }: CompiledPipeline, facts: number): string {
  return definition.stages[rankOf(facts)]?.key as string;
}
