import type { CompiledPipeline } from './compile.ts';
import type { Vector } from './vectors.ts';

export interface Finding {
  /** An error keeps the pipeline from being published. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable, lower snake case. */
  readonly code: string;
  /** What is wrong and what to do, in one or two English sentences. */
  readonly reason: string;
  readonly field?: string;
  /** Facts that show it. */
  readonly example?: Vector;
}

/** Bits of the gates that some event sets. Any domain stage can come true, by `domain.stage.changed`. */
export function settableGates({ mappings }: CompiledPipeline): number {
  return [...mappings.values()].flat().reduce((bits, { setMask }) => bits | setMask, 0);
}

/** Combinations that events can bring about. */
export function attainable(
  pipeline: CompiledPipeline,
  vectors: readonly number[],
): readonly number[] {
  const gates = (1 << pipeline.gateBits.size) - 1;
  const never = gates & ~settableGates(pipeline);
  return vectors.filter((facts) => (facts & never) === 0);
}
