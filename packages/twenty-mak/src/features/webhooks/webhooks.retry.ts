/** Longest pause between two attempts, in milliseconds. */
export const LONGEST_PAUSE = 6 * 3_600_000;

/**
 * Pause after the given number of failed attempts, in milliseconds: `base` doubled with each, up to six hours, less up
 * to a fifth by `random` (0 to 1), so that what failed together does not come back together.
 */
export function pauseAfter(attempts: number, base: number, random: number): number {
  const full = Math.min(base * 2 ** (attempts - 1), LONGEST_PAUSE);
  return Math.round(full * (1 - random * 0.2));
}
