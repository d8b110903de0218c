import type { CompiledPipeline } from './compile.ts';

/** One thing that can differ between deals: a gate, or the stage of one domain system. */
type Variable =
  | { readonly kind: 'gate'; readonly gate: string; readonly mask: number }
  | {
      readonly kind: 'domain';
      readonly system: string;
      /** Stages that predicates compare with; the first choice is "another stage or none". */
      readonly choices: readonly { readonly stage: string | null; readonly mask: number }[];
    };

/** A combination of facts in words. A domain is null when its stage is none that predicates ask for. */
export interface Vector {
  readonly gates: Readonly<Record<string, boolean>>;
  readonly domains: Readonly<Record<string, string | null>>;
}

/** Gates in the definition's order, then domain systems in the order in which predicates name them. */
export function variablesOf(pipeline: CompiledPipeline): readonly Variable[] {
  const gates = [...pipeline.gateBits].map(
    ([gate, bit]) => ({ kind: 'gate', gate, mask: 1 << bit }) as const,
  );
  const systems = new Set(pipeline.comparisons.map(({ system }) => system));
  const domains = [...systems].map((system) => ({
    kind: 'domain' as const,
    system,
    choices: [
      { stage: null, mask: 0 },
      ...pipeline.comparisons
        .filter((comparison) => comparison.system === system)
        .map(({ stage, bit }) => ({ stage, mask: 1 << bit })),
    ],
  }));
  return [...gates, ...domains];
}

/**
 * Every combination of facts that a deal can have, ascending by the definition's order, the first gate changing
 * slowest. Stages of one system exclude each other. At most 65,536.
 */
export function vectorsOf(pipeline: CompiledPipeline): readonly number[] {
  return variablesOf(pipeline).reduce<readonly number[]>(
    (vectors, variable) => {
      const masks =
        variable.kind === 'gate' ? [0, variable.mask] : variable.choices.map(({ mask }) => mask);
      return vectors.flatMap((facts) => masks.map((mask) => facts | mask));
    },
    [0],
  );
}

/** Spells facts out. */
export function describe(pipeline: CompiledPipeline, facts: number): Vector {
  const gates: Record<string, boolean> = {};
  const domains: Record<string, string | null> = {};
  for (const variable of variablesOf(pipeline)) {
    if (variable.kind === 'gate') gates[variable.gate] = (facts & variable.mask) !== 0;
    else {
      const { stage } = variable.choices.findLast(({ mask }) => (facts & mask) === mask) ?? {
        stage: null,
      };
      domains[variable.system] = stage;
    }
  }
  return { gates, domains };
}
