import type { Budget as AllowedBudget } from 'twenty-mak-domain';
import type { Budget } from '../../platform/rate-limit/index.ts';
import type { Lane } from '../sync/index.ts';

/** What amoCRM allows an integration in a second. */
export const AMOCRM_LIMIT = 7;
/** Calls at once: one of the backfill, and one of a person who must not wait long behind it. */
const BURST = 2;
/**
 * In no second may there be more than seven calls, wherever it begins. Two at once and 5.5 a second are seven at most in 1.09 s:
 * the rest is for calls that are shorter under way than those before them.
 */
const PER_SECOND = 5.5;
/** Calls that hold until a tenant allows fewer. */
export const AMOCRM_BUDGET: AllowedBudget = { burst: BURST, perSecond: PER_SECOND };
/**
 * Calls that a lane leaves for who is in a greater hurry. Half a one: a backfill whose batch was late makes up for as much, and
 * a person waits no longer than that, a tenth of a second.
 */
const LEAVES = { people: 0, rest: 0.5 } as const;

/** The pace for an account, within what the admin allows. */
export function paced({ burst, perSecond }: AllowedBudget, lane: Lane): Budget {
  const atOnce = Math.min(BURST, burst);
  return {
    burst: atOnce,
    perSecond: Math.min(PER_SECOND, perSecond),
    unknown: 'spent',
    leaves: Math.min(LEAVES[lane], atOnce - 1),
  };
}
