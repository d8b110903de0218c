import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { Standing } from './bid.ts';

/** Who may bid on leads. */
export interface EligibilityRule {
  /** Only who works in the lead's city, and in its niche. */
  readonly matchCity: boolean;
  readonly matchNiche: boolean;
  /** Grades that are admitted; none means all. */
  readonly grades: readonly string[];
  /** How many lots a bidder of a grade may lead or win on one day; a grade that is not here has no limit. */
  readonly limits: readonly { readonly grade: string; readonly lotsPerDay: number }[];
}

/** What is known of a bidder. Cities and niches are normalised in the same way as those of leads. */
export interface BidderProfile {
  readonly isActive: boolean;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly grade: string | null;
}

/** What is known of a lead before it is sold. */
export interface LeadPlace {
  readonly city: string | null;
  readonly niche: string | null;
}

/** What a bidder has taken today: lots won, and other lots that money is held for. */
export interface DayOfBidder {
  readonly won: number;
  readonly held: number;
}

/**
 * Whether a bidder may bid on leads, all of them. A lead whose city or niche is not known shuts nobody out. Refuses
 * `bidder_inactive`, `grade_not_admitted`, `city_not_served`, `niche_not_served`.
 */
export function checkEligibility(
  rule: EligibilityRule,
  bidder: BidderProfile,
  leads: readonly LeadPlace[],
): Decision<null> {
  if (!bidder.isActive)
    return refuse('bidder_inactive', 'This account may not bid at present.', 'bidder_id');
  const isAdmitted =
    rule.grades.length === 0 || (bidder.grade !== null && rule.grades.includes(bidder.grade));
  if (!isAdmitted)
    return refuse('grade_not_admitted', 'Leads like this are for other grades.', 'grade');
  for (const { city, niche } of leads) {
    if (rule.matchCity && city !== null && !bidder.cities.includes(city))
      return refuse('city_not_served', `You do not work in ${city}.`, 'city');
    if (rule.matchNiche && niche !== null && !bidder.niches.includes(niche))
      return refuse('niche_not_served', `You do not work in the niche ${niche}.`, 'niche');
  }
  return accept(null);
}

/** How many more lots a bidder may lead or win today; infinite without a limit. */
export function allowanceOf(
  { limits }: EligibilityRule,
  { grade }: BidderProfile,
  { won, held }: DayOfBidder,
): number {
  const limit = limits.find((one) => one.grade === grade);
  return limit === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(limit.lotsPerDay - won - held, 0);
}

/** What a bidder is good for, as the fold of bids asks for it. */
export function standingOf(
  rule: EligibilityRule,
  bidder: BidderProfile,
  leads: readonly LeadPlace[],
  day: DayOfBidder,
  available: number,
): Standing {
  const eligible = checkEligibility(rule, bidder, leads);
  return {
    available,
    allowance: allowanceOf(rule, bidder, day),
    barredBy: eligible.ok ? null : eligible.refusal,
  };
}

/** Whether a bidder sees a lot: who may bid, and who has bid already. Money does not matter. */
export function isLotVisible({ allowance, barredBy }: Standing, hasBid: boolean): boolean {
  return hasBid || (barredBy === null && allowance > 0);
}
