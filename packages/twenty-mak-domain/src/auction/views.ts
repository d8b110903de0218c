import type { Instant } from '../basics/index.ts';
import type { Bid } from './bid.ts';
import type { Viewer } from './masking.ts';
import { minimumBid, nextFall } from './prices.ts';
import { heldOf } from './state.ts';
import type { LotState } from './state.ts';
import type { Lot, LotTerms } from './terms.ts';

/** `ended` is over and not closed yet. */
export type LotPhase = 'upcoming' | 'open' | 'ended' | 'closed';

/** A bid as a viewer sees it. Bidders have numbers, in the order of their first bids. */
export interface BidView {
  readonly seq: number;
  readonly bidder: number;
  readonly isOwn: boolean;
  /** For the head office only. */
  readonly bidderId: string | null;
  readonly amount: number;
  readonly at: Instant;
}

export interface OutcomeView {
  readonly kind: 'sold' | 'unsold' | 'withdrawn';
  /** Why nobody has won; null of a sale. */
  readonly reason: 'no_bids' | 'reserve_not_met' | 'seller' | 'consent' | null;
  readonly price: number | null;
  readonly isOwn: boolean;
  /** For the head office and the winner. */
  readonly winnerId: string | null;
}

/** What a viewer may know of a lot. What is secret is null. */
export interface LotView {
  readonly kind: LotTerms['kind'];
  readonly phase: LotPhase;
  readonly opensAt: Instant;
  readonly endsAt: Instant;
  /** The leading bid. */
  readonly price: number | null;
  /** The least that can be bid now; null when the lot is not open. */
  readonly minimumBid: number | null;
  readonly nextFallAt: Instant | null;
  readonly buyNow: number | null;
  /** The amount is for the seller and the head office; everybody knows the reserve of sealed bids. */
  readonly reserve: number | null;
  /** Null when there is no reserve to meet. */
  readonly isReserveMet: boolean | null;
  readonly bidCount: number | null;
  readonly bids: readonly BidView[];
  /** What is held of the viewer: the leading bid, or the own sealed bid. */
  readonly ownAmount: number | null;
  readonly outcome: OutcomeView | null;
}

/** Where a lot is in its life. */
export function phaseOf(lot: Lot, { endsAt, outcome }: LotState, now: Instant): LotPhase {
  if (outcome !== null) return 'closed';
  if (now < lot.opensAt) return 'upcoming';
  return now < endsAt ? 'open' : 'ended';
}

/**
 * Whether the bids of a lot are nobody's business but each bidder's own. Those of a sealed lot that was ended without being
 * decided stay so: the leads come again, and nobody is to know by then what they are worth to the others.
 */
export function areBidsSecret(
  { terms }: Pick<Lot, 'terms'>,
  { outcome }: Pick<LotState, 'outcome'>,
): boolean {
  return terms.kind === 'sealed' && (outcome === null || outcome.kind === 'withdrawn');
}

/**
 * A lot as a viewer may see it, whoever asks and by whichever way. Sealed bids are secret until the lot is decided, also for
 * the seller and the head office, and so is how many there are.
 */
export function viewLot(
  lot: Lot,
  state: LotState,
  bids: readonly Bid[],
  viewer: Viewer,
  now: Instant,
): LotView {
  const { terms } = lot;
  const phase = phaseOf(lot, state, now);
  const isSecret = areBidsSecret(lot, state);
  const own = viewer.kind === 'participant' ? heldOf(state, viewer.participantId) : 0;
  return {
    kind: terms.kind,
    phase,
    opensAt: lot.opensAt,
    endsAt: state.endsAt,
    price: state.leader?.amount ?? null,
    minimumBid: phase === 'open' ? minimumBid(lot, state, now) : null,
    nextFallAt: phase === 'open' && terms.kind === 'descending' ? nextFall(terms, lot, now) : null,
    buyNow: terms.kind === 'ascending' ? terms.buyNow : null,
    reserve: knownReserve(lot, viewer),
    isReserveMet: reserveMet(terms, state),
    bidCount: isSecret ? null : bids.length,
    bids: isSecret ? [] : viewBids(bids, viewer),
    ownAmount: own === 0 ? null : own,
    outcome: viewOutcome(state, viewer),
  };
}

/** Bids as a viewer may see them once they are not secret. */
export function viewBids(bids: readonly Bid[], viewer: Viewer): readonly BidView[] {
  const numbers = new Map<string, number>();
  for (const { bidderId } of bids)
    if (!numbers.has(bidderId)) numbers.set(bidderId, numbers.size + 1);
  return bids.map(({ seq, bidderId, amount, at }) => ({
    seq,
    bidder: numbers.get(bidderId) ?? 0,
    isOwn: isParticipant(viewer, bidderId),
    bidderId: viewer.kind === 'staff' ? bidderId : null,
    amount,
    at,
  }));
}

function isParticipant(viewer: Viewer, id: string): boolean {
  return viewer.kind === 'participant' && viewer.participantId === id;
}

function knownReserve({ terms, sellerId }: Lot, viewer: Viewer): number | null {
  if (terms.kind === 'sealed') return terms.reserve;
  const isInside = viewer.kind === 'staff' || viewer.participantId === sellerId;
  return terms.kind === 'ascending' && isInside ? terms.reserve : null;
}

function reserveMet(terms: LotTerms, { leader }: LotState): boolean | null {
  if (terms.kind !== 'ascending' || terms.reserve === null) return null;
  return leader !== null && leader.amount >= terms.reserve;
}

function viewOutcome({ outcome }: LotState, viewer: Viewer): OutcomeView | null {
  if (outcome === null) return null;
  if (outcome.kind !== 'sold') return { ...outcome, price: null, isOwn: false, winnerId: null };
  const { kind, price, winnerId } = outcome;
  const isOwn = isParticipant(viewer, winnerId);
  return {
    kind,
    reason: null,
    price,
    isOwn,
    winnerId: isOwn || viewer.kind === 'staff' ? winnerId : null,
  };
}
