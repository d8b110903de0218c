import { accept, DAY, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';

/** A lead, as far as its masked form is made of it. */
export interface LeadForSale {
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string;
  /** Minor units. */
  readonly amount: number | null;
  readonly score: number | null;
  readonly createdAt: Instant;
}

/** From this amount up to the next band; null where there is no bound. */
export interface AmountBand {
  readonly from: number | null;
  readonly below: number | null;
}

/** All that is seen of a lead before it is bought. */
export interface MaskedLead {
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string;
  readonly amountBand: AmountBand | null;
  readonly ageInDays: number;
  readonly score: number | null;
}

/** What may be shown of a lead before it is bought. Named field by field, so that what a lead gets in future stays hidden. */
export function maskLead(lead: LeadForSale, bounds: readonly number[], now: Instant): MaskedLead {
  return {
    city: lead.city,
    niche: lead.niche,
    source: lead.source,
    amountBand: lead.amount === null ? null : amountBand(lead.amount, bounds),
    ageInDays: Math.max(Math.floor((now - lead.createdAt) / DAY), 0),
    score: lead.score,
  };
}

/** The band of an amount; `bounds` are where a band begins, in any order. */
export function amountBand(amount: number, bounds: readonly number[]): AmountBand {
  const below = bounds.filter((bound) => bound > amount);
  const from = bounds.filter((bound) => bound <= amount);
  return {
    from: from.length === 0 ? null : Math.max(...from),
    below: below.length === 0 ? null : Math.min(...below),
  };
}

/**
 * The band that begins at an amount, at 0 the first one. Refuses `unknown_amount_band`: who could ask for any band would find
 * an amount by asking for ever narrower ones.
 */
export function bandFrom(from: number, bounds: readonly number[]): Decision<AmountBand> {
  const band = amountBand(from, bounds);
  if ((band.from ?? 0) === from) return accept(band);
  return refuse(
    'unknown_amount_band',
    'No band of amounts begins there. They begin where the rules of the auction say, the first one at 0.',
    'amount_band',
  );
}

/** Who looks: somebody of the head office, or somebody of a partner or franchisee. */
export type Viewer =
  | { readonly kind: 'staff' }
  | { readonly kind: 'participant'; readonly participantId: string };

/** Whether a viewer may see the contact of a lead: the head office, who brought it, and who has bought it and not returned it. */
export function maySeeContact(
  viewer: Viewer,
  lead: Readonly<{ ownerId: string | null; buyerId: string | null }>,
): boolean {
  if (viewer.kind === 'staff') return true;
  return viewer.participantId === lead.ownerId || viewer.participantId === lead.buyerId;
}
