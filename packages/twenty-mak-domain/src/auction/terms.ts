import { accept, DAY, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { isAmount, refuseAmount } from '../wallet/index.ts';

/** A bid within the last `window` moves the end to `extension` after the bid, at most `times` times. Milliseconds. */
export interface AntiSniping {
  readonly window: number;
  readonly extension: number;
  readonly times: number;
}

/** The price rises with the bids; the last one wins if it reaches the reserve, which only the seller knows. */
export interface AscendingTerms {
  readonly kind: 'ascending';
  readonly start: number;
  readonly step: number;
  readonly reserve: number | null;
  /** Who bids this much has bought the lot, for exactly this much. */
  readonly buyNow: number | null;
  readonly antiSniping: AntiSniping | null;
}

/** Nobody sees the bids until the end; the highest wins and pays the second highest, at least the reserve. */
export interface SealedTerms {
  readonly kind: 'sealed';
  /** The least that a bid can be; everybody knows it. */
  readonly reserve: number;
}

/** The price falls by `step` every `interval` milliseconds down to `floor`; who takes it first has bought the lot. */
export interface DescendingTerms {
  readonly kind: 'descending';
  readonly start: number;
  readonly step: number;
  readonly floor: number;
  readonly interval: number;
}

export type LotTerms = AscendingTerms | SealedTerms | DescendingTerms;

/** What is offered, and how. It does not change once the lot is open. */
export interface Lot {
  readonly id: string;
  readonly sellerId: string;
  readonly leadIds: readonly string[];
  readonly currency: string;
  readonly opensAt: Instant;
  /** A bid at or after it is refused; anti-sniping may move it. */
  readonly endsAt: Instant;
  readonly terms: LotTerms;
}

/** So that a lot ends and its timers stay countable. */
export const LONGEST_LOT = 90 * DAY;

/** So that a lot can be shown and paid lead by lead. */
export const MOST_LEADS = 1_000;

/**
 * A lot that can be offered. Refuses with the field at fault: `lot_empty`, `lot_too_large`, `lead_twice`,
 * `duration_invalid`, `amount_invalid`, `reserve_too_low`, `buy_now_too_low`, `floor_too_high`, `interval_invalid`,
 * `anti_sniping_invalid`.
 */
export function checkLot(lot: Lot): Decision<Lot> {
  const { leadIds, opensAt, endsAt, terms } = lot;
  if (leadIds.length === 0) return refuse('lot_empty', 'A lot offers at least one lead.', 'leads');
  if (leadIds.length > MOST_LEADS)
    return refuse('lot_too_large', `A lot offers at most ${MOST_LEADS} leads.`, 'leads');
  if (new Set(leadIds).size < leadIds.length)
    return refuse('lead_twice', 'A lot offers a lead once.', 'leads');
  if (!isSpan(endsAt - opensAt))
    return refuse(
      'duration_invalid',
      `A lot ends after it opens, at most ${LONGEST_LOT / DAY} days later.`,
      'ends_at',
    );
  const refusal = refuseTerms(terms);
  return refusal ?? accept(lot);
}

function refuseTerms(terms: LotTerms): Decision<never> | null {
  switch (terms.kind) {
    case 'ascending':
      return refuseAscending(terms);
    case 'sealed':
      return isAmount(terms.reserve) ? null : refuseAmount('reserve');
    case 'descending':
      return refuseDescending(terms);
  }
}

function refuseAscending(terms: AscendingTerms): Decision<never> | null {
  const { start, step, reserve, buyNow, antiSniping } = terms;
  if (!isAmount(start)) return refuseAmount('start');
  if (!isAmount(step)) return refuseAmount('step');
  if (reserve !== null && !isAmount(reserve)) return refuseAmount('reserve');
  if (buyNow !== null && !isAmount(buyNow)) return refuseAmount('buy_now');
  if (reserve !== null && reserve <= start)
    return refuse(
      'reserve_too_low',
      'A reserve is above the start price; without one every bid sells.',
      'reserve',
    );
  if (buyNow !== null && buyNow <= (reserve ?? start))
    return refuse(
      'buy_now_too_low',
      'The price to buy now is above the start price and the reserve.',
      'buy_now',
    );
  if (antiSniping === null) return null;
  const { window, extension, times } = antiSniping;
  const isValid = isSpan(window) && isSpan(extension) && isCount(times);
  if (isValid) return null;
  return refuse(
    'anti_sniping_invalid',
    'Window and extension are times above zero, and the end can move 1 to 1000 times.',
    'anti_sniping',
  );
}

function refuseDescending(terms: DescendingTerms): Decision<never> | null {
  const { start, step, floor, interval } = terms;
  if (!isAmount(start)) return refuseAmount('start');
  if (!isAmount(step)) return refuseAmount('step');
  if (!isAmount(floor)) return refuseAmount('floor');
  if (floor >= start)
    return refuse('floor_too_high', 'The price falls to a floor below its start.', 'floor');
  if (isSpan(interval)) return null;
  return refuse(
    'interval_invalid',
    'The interval of the price is a time above zero, in milliseconds.',
    'interval',
  );
}

function isSpan(milliseconds: number): boolean {
  return Number.isInteger(milliseconds) && milliseconds > 0 && milliseconds <= LONGEST_LOT;
}

function isCount(times: number): boolean {
  return Number.isInteger(times) && times > 0 && times <= 1_000;
}
