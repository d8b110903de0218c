import { accept, compareBytewise, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { Lot, LotTerms } from './terms.ts';

/** What becomes of a lot that was not sold. */
export interface RedistributionRule {
  /** How often it is offered again. */
  readonly relists: number;
  /** By how many percent it gets cheaper each time. */
  readonly cheaperBy: number;
  /** Whether its leads are given out afterwards; otherwise they go back to the head office at once. */
  readonly assigns: boolean;
}

/** Refuses `relists_invalid` and `cheaper_by_invalid`. */
export function checkRedistribution(rule: RedistributionRule): Decision<RedistributionRule> {
  const { relists, cheaperBy } = rule;
  if (!isWithin(relists, 20))
    return refuse('relists_invalid', 'A lot is offered again 0 to 20 times.', 'relists');
  if (!isWithin(cheaperBy, 90))
    return refuse('cheaper_by_invalid', 'A lot gets cheaper by 0 to 90 percent.', 'cheaper_by');
  return accept(rule);
}

export type NextStep = 'relist' | 'assign' | 'head_office';

/** What comes next for a lot that was not sold and had been offered again `relisted` times before. */
export function nextStep({ relists, assigns }: RedistributionRule, relisted: number): NextStep {
  if (relisted < relists) return 'relist';
  return assigns ? 'assign' : 'head_office';
}

/** The same leads offered again, cheaper, for as long as before. It is a lot of its own. */
export function relist(
  lot: Lot,
  { cheaperBy }: RedistributionRule,
  id: string,
  opensAt: Instant,
): Lot {
  const endsAt = opensAt + lot.endsAt - lot.opensAt;
  return { ...lot, id, opensAt, endsAt, terms: cheaperTerms(lot.terms, cheaperBy) };
}

/** LotTerms with prices lower by some percent, never below one unit. A reserve or a price to buy now that meets what is below it falls away. */
export function cheaperTerms(terms: LotTerms, percent: number): LotTerms {
  const cheaper = (amount: number): number =>
    Math.max(amount - Math.floor((amount * percent) / 100), 1);
  switch (terms.kind) {
    case 'ascending': {
      const start = cheaper(terms.start);
      const reserve = above(start, terms.reserve, cheaper);
      const buyNow = above(reserve ?? start, terms.buyNow, cheaper);
      return { ...terms, start, reserve, buyNow };
    }
    case 'sealed':
      return { ...terms, reserve: cheaper(terms.reserve) };
    case 'descending': {
      const start = Math.max(cheaper(terms.start), 2);
      return { ...terms, start, floor: Math.min(cheaper(terms.floor), start - 1) };
    }
  }
}

/** Somebody who can be given leads. */
export interface LeadTaker {
  readonly id: string;
  readonly cities: readonly string[];
  /** How many more leads may be given. */
  readonly capacity: number;
  /** When a lead was given last; null for never. */
  readonly lastAssignedAt: Instant | null;
}

/** Who gets a lead; null for the head office. */
export interface Assignment {
  readonly leadId: string;
  readonly to: string | null;
}

/**
 * Gives leads out, each to the one of its city who has waited longest and has capacity left. Who got one goes to the end
 * of the queue. Nothing is charged: nobody has offered anything. A lead without a city goes to the head office.
 */
export function assignLeads(
  leads: readonly { readonly id: string; readonly city: string | null }[],
  takers: readonly LeadTaker[],
): readonly Assignment[] {
  const queue = takers
    .toSorted(
      (left, right) => waitedSince(left) - waitedSince(right) || compareBytewise(left.id, right.id),
    )
    .map(({ id, cities, capacity }) => ({ id, cities, capacity }));
  return leads.map(({ id: leadId, city }) => {
    const index = queue.findIndex(
      ({ cities, capacity }) => city !== null && cities.includes(city) && capacity > 0,
    );
    const [next] = index === -1 ? [] : queue.splice(index, 1);
    if (next === undefined) return { leadId, to: null };
    queue.push({ ...next, capacity: next.capacity - 1 });
    return { leadId, to: next.id };
  });
}

function waitedSince({ lastAssignedAt }: LeadTaker): Instant {
  return lastAssignedAt ?? -1;
}

function above(
  bound: number,
  amount: number | null,
  cheaper: (amount: number) => number,
): number | null {
  if (amount === null) return null;
  const lower = cheaper(amount);
  return lower > bound ? lower : null;
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
