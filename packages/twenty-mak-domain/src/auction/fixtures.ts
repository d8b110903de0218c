import { accept } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { Bid, Offer, Standing } from './bid.ts';
import { closeLot } from './close.ts';
import { foldBids } from './fold.ts';
import type { BidsFolded } from './fold.ts';
import { newLot } from './state.ts';
import type { LotState } from './state.ts';
import type { AscendingTerms, DescendingTerms, Lot, SealedTerms } from './terms.ts';

export { expectRefusal } from '../wallet/fixtures.ts';

export const OPENS = 1_000;
export const ENDS = 2_000;

export const ASCENDING: AscendingTerms = {
  kind: 'ascending',
  start: 100,
  step: 10,
  reserve: null,
  buyNow: null,
  antiSniping: null,
};
export const SEALED: SealedTerms = { kind: 'sealed', reserve: 100 };
export const DESCENDING: DescendingTerms = {
  kind: 'descending',
  start: 100,
  step: 30,
  floor: 25,
  interval: 200,
};

/** A lot that is open from 1000 to 2000. */
export function lotOf(terms: Lot['terms'], change: Partial<Lot> = {}): Lot {
  return {
    id: 'lot',
    sellerId: 'seller',
    leadIds: ['lead'],
    currency: 'EUR',
    opensAt: OPENS,
    endsAt: ENDS,
    terms,
    ...change,
  };
}

export const ascending = (change: Partial<AscendingTerms> = {}): Lot =>
  lotOf({ ...ASCENDING, ...change });
export const sealed = (): Lot => lotOf(SEALED);
export const descending = (): Lot => lotOf(DESCENDING);

export const RICH: Standing = {
  available: 1_000_000,
  allowance: Number.POSITIVE_INFINITY,
  barredBy: null,
};

/** An offer with a key of its own unless one is given. */
export function offer(bidderId: string, amount: number, at = OPENS, key?: string): Offer {
  return { bidderId, amount, at, key: key ?? `${bidderId}-${amount}-${at}` };
}

/** Folds offers of bidders who have the standing, by default money and no limit. */
export function fold(
  lot: Lot,
  offers: readonly Offer[],
  state: LotState = newLot(lot),
  standing: Partial<Standing> = {},
): BidsFolded {
  const everybody = new Map(
    offers.map(({ bidderId }) => [bidderId, { ...RICH, ...standing }] as const),
  );
  return foldBids(lot, state, offers, everybody);
}

/** The answer to a single offer. */
export function answerTo(
  lot: Lot,
  one: Offer,
  state: LotState = newLot(lot),
  standing: Partial<Standing> = {},
): Decision<Bid> {
  return fold(lot, [one], state, standing).answers[0] ?? accept(raise('no answer'));
}

/** The lot after its bids and its end. */
export function closed(lot: Lot, offers: readonly Offer[]): LotState {
  const { state } = fold(lot, offers);
  const decision = closeLot(lot, state, state.endsAt);
  return decision.ok ? decision.value.state : raise(decision.refusal.code);
}

export function raise(message: string): never {
  throw new Error(message);
}
