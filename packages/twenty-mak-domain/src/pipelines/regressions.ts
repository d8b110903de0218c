import type { CompiledPipeline } from './compile.ts';
import { describe } from './vectors.ts';
import type { Vector } from './vectors.ts';

/** Setting `gate` lowers the stage from `from` to `to`, in so many combinations of facts. */
export interface Regression {
  readonly gate: string;
  readonly from: string;
  readonly to: string;
  readonly vectors: number;
  /** Facts before the gate is set. */
  readonly example: Vector;
}

/** All pairs of stages between which setting one gate moves a deal back; by gate, then in the order of vectors. */
export function findRegressions(
  pipeline: CompiledPipeline,
  vectors: readonly number[],
): readonly Regression[] {
  const { definition, gateBits, rankOf } = pipeline;
  const groups = new Map<string, { gate: string; from: number; to: number; all: number[] }>();
  for (const [gate, bit] of gateBits) {
    const mask = 1 << bit;
    for (const facts of vectors) {
      const from = rankOf(facts);
      const to = rankOf(facts | mask);
      if (to >= from) continue;
      const key = `${gate} ${from} ${to}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { gate, from, to, all: [facts] });
      else group.all.push(facts);
    }
  }
  const stage = (rank: number): string => definition.stages[rank]?.key as string;
  return [...groups.values()].map(({ gate, from, to, all }) => ({
    gate,
    from: stage(from),
    to: stage(to),
    vectors: all.length,
    example: describe(pipeline, all[0] as number),
  }));
}
