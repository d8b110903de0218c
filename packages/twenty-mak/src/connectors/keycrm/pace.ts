import type { Budget as AllowedBudget } from 'twenty-mak-domain';
import type { Budget } from '../../platform/rate-limit/index.ts';
import type { Lane } from '../sync/index.ts';

/** Calls at once. Few: KeyCRM counts by the minute, so whatever comes at once has to be missing from the rest of it. */
const BURST = 2;
/** Calls a minute that are not made, for those that were a second longer under way than others. */
const SPARE = 1;
/** Fewer calls a minute than this cannot be set. */
export const FEWEST_CALLS = 10;
/** Tokens that each lane leaves in the bucket: the edit of a person never waits for a backfill. */
const LEAVES = { people: 0, rest: 1 } as const;

/**
 * How often an account is asked that allows so many calls a minute, within what the admin allows. In no minute, wherever it
 * begins, are there more calls than are allowed.
 */
export function paced({ perSecond }: AllowedBudget, callsPerMinute: number): Budget {
  const calls = Math.max(FEWEST_CALLS, callsPerMinute) - BURST - SPARE;
  return { burst: BURST, perSecond: Math.min(perSecond, calls / 60), unknown: 'spent' };
}

/** Tokens that a lane leaves in the bucket for who is in a greater hurry. */
export function leftBy(lane: Lane): number {
  return LEAVES[lane];
}
