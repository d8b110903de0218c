import { nextFall } from 'twenty-mak-domain';
import type { LotLineFragment } from '../../generated/graphql.ts';

/** When the price falls next; null when it stays until the end. */
export function nextFallAt(
  { start, step, floor, intervalSeconds, opensAt, endsAt }: LotLineFragment,
  now: number,
): number | null {
  if (start === null || step === null || floor === null || intervalSeconds === null) return null;
  const terms = {
    kind: 'descending',
    start,
    step,
    floor,
    interval: intervalSeconds * 1_000,
  } as const;
  return nextFall(terms, { opensAt: Date.parse(opensAt), endsAt: Date.parse(endsAt) }, now);
}
