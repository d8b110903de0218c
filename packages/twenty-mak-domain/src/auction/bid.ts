import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant, Refusal } from '../basics/index.ts';
import { isAmount, refuseAmount } from '../wallet/index.ts';

/** What a bidder sends. */
export interface Offer {
  /** The client's own; with the bidder it makes a repeat recognisable. */
  readonly key: string;
  readonly bidderId: string;
  /** Minor units of the lot's currency: the most that the bidder is ready to pay by it. */
  readonly amount: number;
  /** The database's clock, read after the lot's fence. */
  readonly at: Instant;
}

/** A bid that counts. The bids of a lot are its history: written once, never changed. */
export interface Bid {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly key: string;
  readonly bidderId: string;
  /** What was offered. */
  readonly offered: number;
  /** What it counts for and what is held: the price itself where the bid buys at once, else what was offered. */
  readonly amount: number;
  readonly at: Instant;
  /** When the lot ends after it, and how often that was moved. */
  readonly endsAt: Instant;
  readonly extensions: number;
}

/** What a bidder is good for when a batch of bids is folded. The caller holds the wallets still meanwhile. */
export interface Standing {
  /** What the wallet has available, without what is held. */
  readonly available: number;
  /** How many more lots the bidder may lead or win today. */
  readonly allowance: number;
  /** Why the bidder may not bid on this lot; null if nothing speaks against it. */
  readonly barredBy: Refusal | null;
}

/** What was offered under a key, and the answer that it got and gets again. */
export interface Answered {
  readonly amount: number;
  readonly answer: Decision<Bid>;
}

const KEY = /^[\x20-\x7e]{1,200}$/;

/** The key of an answer: every bidder has keys of its own. */
export function answerKey({ bidderId, key }: Pick<Offer, 'bidderId' | 'key'>): string {
  return `${bidderId}\n${key}`;
}

/** An offer that can be put to a lot. Refuses `key_invalid` and `amount_invalid`; such an offer leaves no trace. */
export function checkOffer(offer: Offer): Decision<Offer> {
  if (!KEY.test(offer.key))
    return refuse('key_invalid', 'A key is 1 to 200 printable ASCII characters.', 'key');
  if (!isAmount(offer.amount)) return refuseAmount('amount');
  return accept(offer);
}

/** The answer that was given before. Refuses `key_conflict` when the key came with another amount. */
export function repeatAnswer(answered: Answered, offer: Offer): Decision<Bid> {
  if (answered.amount === offer.amount) return answered.answer;
  return refuse(
    'key_conflict',
    'This key was used for a bid with another amount; a new bid needs a new key.',
    'key',
  );
}
