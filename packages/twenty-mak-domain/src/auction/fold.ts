import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { refuseFunds } from '../wallet/index.ts';
import { answerKey, checkOffer, repeatAnswer } from './bid.ts';
import type { Answered, Bid, Offer, Standing } from './bid.ts';
import { effectsBetween } from './effects.ts';
import type { FundsEffect } from './effects.ts';
import { worthOf } from './prices.ts';
import { addBid, draftOf, heldOf } from './state.ts';
import type { LotState } from './state.ts';
import type { Lot } from './terms.ts';

export interface BidsFolded {
  readonly state: LotState;
  /** Of each offer, in their order. */
  readonly answers: readonly Decision<Bid>[];
  /** The bids that count, to be added to the history. */
  readonly bids: readonly Bid[];
  /** What all of them together do to the wallets. */
  readonly effects: readonly FundsEffect[];
  /** Answers that were given for the first time, refusals too; by `answerKey`. They are kept with the bids. */
  readonly answered: ReadonlyMap<string, Answered>;
}

/**
 * Puts offers to a lot, in their order; a batch gives the same as one by one. `standings` has every
 * bidder as they stand before the batch (who is missing has no money), `answered` the earlier answers to the keys of the offers.
 *
 * An answer stays: the same key with the same amount gets it again, a refusal too, so that no repeat that is late on its
 * way becomes a bid that nobody wants any more. The instants come from one clock; if it was set back, time stands still.
 *
 * Refuses `key_invalid`, `amount_invalid`, `key_conflict`, `lot_closed`, `lot_not_open`, `lot_ended`, `own_lot`, why the
 * bidder is barred, `bid_too_low`, `bid_not_higher`, `insufficient_funds`, `daily_limit_reached`.
 */
export function foldBids(
  lot: Lot,
  state: LotState,
  offers: readonly Offer[],
  standings: ReadonlyMap<string, Standing>,
  answered: ReadonlyMap<string, Answered> = new Map(),
): BidsFolded {
  const fresh = new Map<string, Answered>();
  const bids: Bid[] = [];
  const answers: Decision<Bid>[] = [];
  const now = draftOf(state);
  for (const offer of offers) {
    const checked = checkOffer(offer);
    if (!checked.ok) {
      answers.push(checked);
      continue;
    }
    const key = answerKey(offer);
    const known = fresh.get(key) ?? answered.get(key);
    if (known !== undefined) {
      answers.push(repeatAnswer(known, offer));
      continue;
    }
    const answer = weigh(lot, state, now, offer, standings.get(offer.bidderId));
    answers.push(answer);
    fresh.set(key, { amount: offer.amount, answer });
    if (!answer.ok) continue;
    const bid = answer.value;
    bids.push(bid);
    addBid(lot, now, bid);
    const { bidderId, seq, amount } = bid;
    if (buys(lot, amount)) now.outcome = { kind: 'sold', winnerId: bidderId, seq, price: amount };
  }
  return { state: now, answers, bids, effects: effectsBetween(state, now), answered: fresh };
}

const NO_STANDING: Standing = { available: 0, allowance: 0, barredBy: null };

/** The bid that an offer makes now; `before` is the state at the start of the batch, which the standing belongs to. */
function weigh(
  lot: Lot,
  before: LotState,
  now: LotState,
  offer: Offer,
  { available, allowance, barredBy }: Standing = NO_STANDING,
): Decision<Bid> {
  const { bidderId, key, amount: offered } = offer;
  const at = Math.max(offer.at, now.lastAt);
  const closed = refuseByTime(lot, now, at);
  if (closed !== null) return closed;
  if (bidderId === lot.sellerId)
    return refuse('own_lot', 'Nobody bids on a lot of their own.', 'bidder_id');
  if (barredBy !== null) return { ok: false, refusal: barredBy };
  const worth = worthOf(lot, now, { bidderId, amount: offered, at });
  if (!worth.ok) return worth;
  const amount = worth.value;
  const wasHeld = heldOf(before, bidderId);
  const isHeld = heldOf(now, bidderId);
  // The earlier bids of the batch have taken from the wallet, or given back to it.
  const left = available + wasHeld - isHeld;
  const more = amount - isHeld;
  if (more > left) return refuseFunds(more, left, 'amount');
  if (isHeld === 0 && allowance + Number(wasHeld > 0) < 1)
    return refuse(
      'daily_limit_reached',
      'You lead or have won as many lots as you may on one day.',
      'bidder_id',
    );
  const end = buys(lot, amount) ? now : endAfter(lot, now, at);
  const { endsAt, extensions } = end;
  return accept({ seq: now.seq + 1, key, bidderId, offered, amount, at, endsAt, extensions });
}

/** Whether a bid that counts for this much is a purchase. */
function buys({ terms }: Lot, amount: number): boolean {
  return terms.kind === 'descending' || (terms.kind === 'ascending' && terms.buyNow === amount);
}

function refuseByTime(lot: Lot, now: LotState, at: Instant): Decision<never> | null {
  if (now.outcome !== null) return refuse('lot_closed', 'The lot is closed.', 'lot_id');
  if (at < lot.opensAt) return refuse('lot_not_open', 'The lot is not open yet.', 'at');
  return at < now.endsAt ? null : refuse('lot_ended', 'The time for bids is over.', 'at');
}

type End = Pick<LotState, 'endsAt' | 'extensions'>;

function endAfter({ terms }: Lot, now: End, at: Instant): End {
  const rule = terms.kind === 'ascending' ? terms.antiSniping : null;
  if (rule === null || now.extensions >= rule.times || at < now.endsAt - rule.window) return now;
  const moved = at + rule.extension;
  return moved > now.endsAt ? { endsAt: moved, extensions: now.extensions + 1 } : now;
}
