import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { Bid } from './bid.ts';
import { effectsBetween } from './effects.ts';
import type { FundsEffect } from './effects.ts';
import { sealedWinner } from './prices.ts';
import { addBid, draftOf, newLot } from './state.ts';
import type { LotState, LotOutcome } from './state.ts';
import type { Lot } from './terms.ts';

export interface LotClosed {
  readonly state: LotState;
  readonly effects: readonly FundsEffect[];
}

/** Closes a lot whose end has come. A lot that is closed stays as it is. Refuses `lot_not_ended`. */
export function closeLot(lot: Lot, state: LotState, at: Instant): Decision<LotClosed> {
  if (state.outcome !== null) return accept({ state, effects: [] });
  if (at < state.endsAt) return refuse('lot_not_ended', 'The lot is open for bids still.', 'at');
  return accept(end(state, outcomeOf(lot, state)));
}

/** Takes back a lot that nobody has bid on. Refuses `lot_closed` and `lot_has_bids`. */
export function withdrawLot(state: LotState): Decision<LotClosed> {
  if (state.outcome?.kind === 'withdrawn') return accept({ state, effects: [] });
  if (state.outcome !== null) return refuse('lot_closed', 'The lot is closed.', 'lot_id');
  if (state.seq > 0)
    return refuse('lot_has_bids', 'Somebody has bid; the lot goes on to its end.', 'lot_id');
  return accept(end(state, { kind: 'withdrawn', reason: 'seller' }));
}

/**
 * Ends a lot, whatever has been bid, because what it offers may not be sold any more: nobody wins, and nothing stays held.
 * A lot that is closed stays as it is.
 */
export function voidLot(state: LotState): LotClosed {
  if (state.outcome !== null) return { state, effects: [] };
  return end(state, { kind: 'withdrawn', reason: 'consent' });
}

/** The state of a lot from its history: the bids by their order, and the outcome if it is closed. */
export function resumeLot(lot: Lot, bids: readonly Bid[], outcome: LotOutcome | null): LotState {
  const draft = draftOf(newLot(lot));
  for (const bid of bids) addBid(lot, draft, bid);
  draft.outcome = outcome;
  return draft;
}

function end(state: LotState, outcome: LotOutcome): LotClosed {
  const closed = { ...state, outcome };
  return { state: closed, effects: effectsBetween(state, closed) };
}

const NO_BIDS: LotOutcome = { kind: 'unsold', reason: 'no_bids' };

function outcomeOf({ terms }: Lot, state: LotState): LotOutcome {
  if (terms.kind === 'sealed') {
    const winner = sealedWinner(terms, state);
    return winner === null ? NO_BIDS : { kind: 'sold', ...winner };
  }
  const { leader } = state;
  if (leader === null) return NO_BIDS;
  const reserve = terms.kind === 'ascending' ? terms.reserve : null;
  if (reserve !== null && leader.amount < reserve)
    return { kind: 'unsold', reason: 'reserve_not_met' };
  return { kind: 'sold', winnerId: leader.bidderId, seq: leader.seq, price: leader.amount };
}
