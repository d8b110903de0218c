import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { LotState } from './state.ts';
import type { DescendingTerms, Lot, SealedTerms } from './terms.ts';

/** The price of a descending lot at an instant. */
export function fallenPrice(terms: DescendingTerms, opensAt: Instant, at: Instant): number {
  const { start, step, floor, interval } = terms;
  const falls = Math.floor(Math.max(at - opensAt, 0) / interval);
  return Math.max(start - falls * step, floor);
}

/** When the price of a descending lot falls next; null when it stays until the end. */
export function nextFall(
  terms: DescendingTerms,
  { opensAt, endsAt }: Pick<Lot, 'opensAt' | 'endsAt'>,
  at: Instant,
): Instant | null {
  if (fallenPrice(terms, opensAt, at) === terms.floor) return null;
  const falls = Math.floor(Math.max(at - opensAt, 0) / terms.interval);
  const next = opensAt + (falls + 1) * terms.interval;
  return next < endsAt ? next : null;
}

/** The least that the next bid can be; who pays the price to buy now need not offer more. */
export function minimumBid(lot: Lot, state: LotState, at: Instant): number {
  const { terms } = lot;
  switch (terms.kind) {
    case 'ascending': {
      const next = state.leader === null ? terms.start : state.leader.amount + terms.step;
      return terms.buyNow === null ? next : Math.min(next, terms.buyNow);
    }
    case 'sealed':
      return terms.reserve;
    case 'descending':
      return fallenPrice(terms, lot.opensAt, at);
  }
}

/** What an offer counts for by the terms of the lot. Refuses `bid_too_low` and `bid_not_higher`. */
export function worthOf(
  lot: Lot,
  state: LotState,
  offer: Readonly<{ bidderId: string; amount: number; at: Instant }>,
): Decision<number> {
  const { amount, bidderId, at } = offer;
  const { terms } = lot;
  const minimum = minimumBid(lot, state, at);
  if (amount < minimum)
    return refuse('bid_too_low', `The least that can be bid now is ${minimum}.`, 'amount');
  if (terms.kind === 'ascending') return accept(Math.min(amount, terms.buyNow ?? amount));
  if (terms.kind === 'descending') return accept(minimum);
  const own = state.sealed.get(bidderId);
  if (own === undefined || amount > own.amount) return accept(amount);
  return refuse(
    'bid_not_higher',
    `You have bid ${own.amount}; a sealed bid can only be raised.`,
    'amount',
  );
}

/** What the winner of sealed bids pays, and who that is: of equal bids the earlier wins. Null without a bid. */
export function sealedWinner(
  { reserve }: SealedTerms,
  { sealed }: LotState,
): Readonly<{ winnerId: string; seq: number; price: number }> | null {
  const [first, second] = [...sealed.values()].toSorted(
    (left, right) => right.amount - left.amount || left.seq - right.seq,
  );
  if (first === undefined) return null;
  return { winnerId: first.bidderId, seq: first.seq, price: second?.amount ?? reserve };
}
