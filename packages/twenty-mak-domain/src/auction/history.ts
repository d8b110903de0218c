import type { Bid, Standing } from './bid.ts';
import { closeLot, voidLot, withdrawLot } from './close.ts';
import { foldBids } from './fold.ts';
import { newLot } from './state.ts';
import type { LotState, LotOutcome } from './state.ts';
import type { Lot } from './terms.ts';

/** The first thing in a recorded history that the rules would not have written. */
export interface HistoryFault {
  /** Place of the bid, from 1; null for the outcome. */
  readonly place: number | null;
  /** Code of the refusal that the bid should have got, or what differs. */
  readonly problem: string;
}

const UNBOUNDED: Standing = {
  available: Number.MAX_SAFE_INTEGER,
  allowance: Number.POSITIVE_INFINITY,
  barredBy: null,
};

/**
 * Does again what was recorded of a lot: bids without a gap, each by the terms and before the end, the right end after it,
 * the right winner and price. Null when all is right. Whether everybody had the money is told by the ledger.
 */
export function checkHistory(
  lot: Lot,
  bids: readonly Bid[],
  outcome: LotOutcome | null,
): HistoryFault | null {
  const offers = bids.map(({ key, bidderId, offered, at }) => ({
    key,
    bidderId,
    amount: offered,
    at,
  }));
  const standings = new Map(bids.map(({ bidderId }) => [bidderId, UNBOUNDED]));
  const { state, answers } = foldBids(lot, newLot(lot), offers, standings);
  for (const [index, answer] of answers.entries()) {
    const place = index + 1;
    if (!answer.ok) return { place, problem: answer.refusal.code };
    // A bid that is written twice gets its first answer again.
    const isRepeated = answer.value.seq !== place;
    if (isRepeated || !isSame(answer.value, bids[index])) return { place, problem: 'bid_differs' };
  }
  const isRight =
    outcome === null
      ? state.outcome === null
      : isSame(outcome, expectedOutcome(lot, state, outcome));
  return isRight ? null : { place: null, problem: 'outcome_differs' };
}

function expectedOutcome(lot: Lot, state: LotState, outcome: LotOutcome): LotOutcome | null {
  const { kind } = outcome;
  if (kind === 'withdrawn' && outcome.reason === 'consent') return voidLot(state).state.outcome;
  const closed = kind === 'withdrawn' ? withdrawLot(state) : closeLot(lot, state, state.endsAt);
  return closed.ok ? closed.value.state.outcome : null;
}

function isSame(expected: object, found: object | null | undefined): boolean {
  const others = new Map<string, unknown>(Object.entries(found ?? {}));
  return Object.entries(expected).every(([name, value]) => others.get(name) === value);
}
