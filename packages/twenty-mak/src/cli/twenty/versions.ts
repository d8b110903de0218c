/** What the app is called when only its records are left. Lower than every version, so that any may be installed over it. */
export const RECORDS_ONLY = '0.0.0-records';

const numbers = (version: string): readonly number[] =>
  (version.split('-')[0] ?? '').split('.').map(Number);

/** Below zero when `a` is older than `b`. Of the same numbers the one with a suffix is older, as in semantic versions. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(b.includes('-')) - Number(a.includes('-'));
}
