import type { Bid, Instant, Lot, LotOutcome, LotState, LotTerms } from 'twenty-mak-domain';

/** What is offered: it never changes, so every process may remember it. */
export interface LotFacts {
  readonly lot: Lot;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly sellsAtOnce: boolean;
}

export interface FactsRow {
  readonly id: string;
  readonly seller_id: string;
  readonly terms: LotTerms;
  readonly currency: string;
  readonly opens_at: Instant;
  readonly planned_end: Instant;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly sells_at_once: boolean;
}

export const FACTS =
  'id, seller_id, terms, currency, opens_at, planned_end, cities, niches, sells_at_once';

export interface StateRow {
  readonly seq: number;
  readonly last_at: Instant | null;
  readonly ends_at: Instant;
  readonly extensions: number;
  readonly leader_id: string | null;
  readonly price: number | null;
  readonly outcome: LotOutcome['kind'] | null;
  readonly unsold_reason: 'no_bids' | 'reserve_not_met' | 'seller' | 'consent' | null;
  readonly winner_id: string | null;
  readonly winning_seq: number | null;
  readonly final_price: number | null;
}

export const STATE =
  'seq, last_at, ends_at, extensions, leader_id, price, outcome, unsold_reason, winner_id, winning_seq, final_price';

/** All of a lot's row. */
export interface LotRow extends FactsRow, StateRow {
  readonly leads: number;
  readonly relisted: number;
  readonly relist_of: string | null;
  readonly created_at: Instant;
  readonly closed_at: Instant | null;
  readonly next_step: 'relist' | 'assign' | 'head_office' | null;
}

export const LOT_COLUMNS = `${FACTS}, ${STATE}, leads, relisted, relist_of, created_at, closed_at, next_step`;

/** A lot of the rules; without the ids of its leads where nobody asks for them. */
export function lotOf(row: FactsRow, leadIds: readonly string[] = []): Lot {
  return {
    id: row.id,
    sellerId: row.seller_id,
    leadIds,
    currency: row.currency,
    opensAt: row.opens_at,
    endsAt: row.planned_end,
    terms: row.terms,
  };
}

/** The state that the bids of a lot have left; of sealed bids those that are given. */
export function stateOf(row: StateRow, sealed: readonly Bid[] = []): LotState {
  return {
    seq: row.seq,
    lastAt: row.last_at ?? 0,
    endsAt: row.ends_at,
    extensions: row.extensions,
    leader: leaderOf(row),
    sealed: new Map(sealed.map((bid) => [bid.bidderId, bid])),
    outcome: outcomeOf(row),
  };
}

/** The bid that leads. Its key and the end before it stand with the bids; no rule asks the leader for them. */
function leaderOf(row: StateRow): Bid | null {
  const { leader_id: bidderId, price, seq, last_at: at, ends_at: endsAt, extensions } = row;
  if (bidderId === null || price === null || at === null) return null;
  return { seq, key: '', bidderId, offered: price, amount: price, at, endsAt, extensions };
}

function outcomeOf(row: StateRow): LotOutcome | null {
  const { outcome, unsold_reason: reason, winner_id: winnerId } = row;
  switch (outcome) {
    case null:
      return null;
    case 'withdrawn':
      return { kind: 'withdrawn', reason: reason === 'consent' ? reason : 'seller' };
    case 'unsold':
      return { kind: 'unsold', reason: reason === 'reserve_not_met' ? reason : 'no_bids' };
    case 'sold':
      return {
        kind: 'sold',
        winnerId: winnerId ?? '',
        seq: row.winning_seq ?? 0,
        price: row.final_price ?? 0,
      };
  }
}
