import type { Instant } from '../basics/index.ts';
import type { Bid } from './bid.ts';
import type { Lot } from './terms.ts';

/** How a lot ended. */
export type LotOutcome =
  /** `seq` is the bid that won, `price` what it costs. */
  | {
      readonly kind: 'sold';
      readonly winnerId: string;
      readonly seq: number;
      readonly price: number;
    }
  | { readonly kind: 'unsold'; readonly reason: 'no_bids' | 'reserve_not_met' }
  /** By its seller before the first bid, or because a person whom it offers has taken the consent back. */
  | { readonly kind: 'withdrawn'; readonly reason: 'seller' | 'consent' };

/** All that is needed to go on with a lot. */
export interface LotState {
  /** Of the last bid; 0 when there is none. */
  readonly seq: number;
  /** No later bid counts as earlier than this, even if the clock was set back. */
  readonly lastAt: Instant;
  readonly endsAt: Instant;
  readonly extensions: number;
  /** The last bid of an open price: it leads. */
  readonly leader: Bid | null;
  /** Sealed bids by bidder; of each the last one counts. */
  readonly sealed: ReadonlyMap<string, Bid>;
  /** Null while the lot is not closed. */
  readonly outcome: LotOutcome | null;
}

/** A lot without a bid. */
export function newLot(lot: Lot): LotState {
  return {
    seq: 0,
    lastAt: 0,
    endsAt: lot.endsAt,
    extensions: 0,
    leader: null,
    sealed: new Map(),
    outcome: null,
  };
}

/** A state of one's own to add bids to. */
export type LotDraft = { -readonly [Key in keyof Omit<LotState, 'sealed'>]: LotState[Key] } & {
  readonly sealed: Map<string, Bid>;
};

/** A draft that starts from a state and leaves it as it is. */
export function draftOf(state: LotState): LotDraft {
  return { ...state, sealed: new Map(state.sealed) };
}

/** Adds a bid to a draft. */
export function addBid(lot: Lot, draft: LotDraft, bid: Bid): void {
  draft.seq = bid.seq;
  draft.lastAt = bid.at;
  draft.endsAt = bid.endsAt;
  draft.extensions = bid.extensions;
  if (lot.terms.kind === 'sealed') draft.sealed.set(bid.bidderId, bid);
  else draft.leader = bid;
}

/** What is held of a bidder for the lot. */
export function heldOf({ leader, sealed, outcome }: LotState, bidderId: string): number {
  if (outcome !== null) return 0;
  if (leader?.bidderId === bidderId) return leader.amount;
  return sealed.get(bidderId)?.amount ?? 0;
}

/** Who has something held for the lot. */
export function holders({ leader, sealed, outcome }: LotState): readonly string[] {
  if (outcome !== null) return [];
  return leader === null ? [...sealed.keys()] : [leader.bidderId];
}
