/**
 * Durations are counted on a logarithmic scale, four steps a doubling from a second to eight years: sums of such
 * counts are sums of numbers, and a percentile read from them is off by less than a fifth.
 */
const STEPS_A_DOUBLING = 4;
const DOUBLINGS = 28;

/** Lower bounds of all steps but the first, in milliseconds. PostgreSQL gets the same list, for `width_bucket`. */
export const DURATION_BOUNDS: readonly number[] = Array.from(
  { length: DOUBLINGS * STEPS_A_DOUBLING + 1 },
  (_, step) => Math.round(1_000 * 2 ** (step / STEPS_A_DOUBLING)),
);

/** The step of a duration: how many bounds it has reached. */
export function durationStep(milliseconds: number): number {
  let [low, high] = [0, DURATION_BOUNDS.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((DURATION_BOUNDS[middle] as number) <= milliseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many durations a step holds and their sum in milliseconds. */
export interface StepCount {
  readonly step: number;
  readonly n: number;
  readonly total: number;
}

export interface DurationSummary {
  readonly n: number;
  /** Exact. */
  readonly meanSeconds: number | null;
  /** The nearest rank, taken evenly within its step. */
  readonly p90Seconds: number | null;
}

export function summarize(counts: readonly StepCount[]): DurationSummary {
  const n = counts.reduce((sum, count) => sum + count.n, 0);
  if (n === 0) return { n, meanSeconds: null, p90Seconds: null };
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  return { n, meanSeconds: total / n / 1_000, p90Seconds: percentile(counts, 0.9, n) / 1_000 };
}

function percentile(counts: readonly StepCount[], part: number, n: number): number {
  let left = Math.ceil(part * n);
  for (const { step, n: held } of counts.toSorted((one, other) => one.step - other.step)) {
    if (left <= held) {
      const low = step === 0 ? 0 : (DURATION_BOUNDS[step - 1] as number);
      const high = DURATION_BOUNDS[step] ?? low;
      return low + ((high - low) * left) / held;
    }
    left -= held;
  }
  return 0;
}
