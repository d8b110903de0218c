import type { Budget as AllowedBudget } from 'twenty-mak-domain';
import type { Budget } from '../../platform/rate-limit/index.ts';
import type { Lane } from '../sync/index.ts';

/**
 * MaK counts as twenty does. How long calls are under way differs, though: one that comes a little sooner than it should gets
 * no token back for the time before it. The pace stays three hundredths below what is allowed.
 */
const PART = 0.97;
/** Calls at once. */
const BURST = 12;
/** Tokens that each lane leaves in the bucket; what is not of people leaves enough for the edits of two at once. */
const LEAVES = { people: 0, rest: 8 } as const;

/** How often a workspace of twenty is asked that allows so many calls a minute, within what the admin allows. */
export function paced({ burst, perSecond }: AllowedBudget, callsPerMinute: number): Budget {
  const pace = Math.min(perSecond, (callsPerMinute / 60) * PART);
  return {
    burst: Math.min(burst, Math.max(BURST, pace)),
    perSecond: pace,
    unknown: 'spent',
    flow: 'whole',
  };
}

/** Tokens that a lane leaves in the bucket for who is in a greater hurry. */
export function leftBy(lane: Lane, { burst }: Budget): number {
  return Math.min(LEAVES[lane], Math.max(0, burst - 1));
}
