import { areBidsSecret, formatInstant, maskLead, viewLot } from 'twenty-mak-domain';
import type { Bid, Instant, LeadForSale, Viewer } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { lotOf, stateOf } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';
import type { LotDetails, MaskedLeadView } from './lots.dto.ts';
import { termsView } from './lots.terms.ts';

/** A lead of a lot, as its row keeps it. */
export interface LotLeadRow {
  readonly lot_id: string;
  readonly lead_id: string;
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string;
  readonly amount: number | null;
  readonly score: number | null;
  readonly lead_created_at: Instant;
}

/** What belongs to lots on their way out. */
export interface LotSurroundings {
  readonly now: Instant;
  readonly amountBands: readonly number[];
  /** Own bids on sealed lots, by lot. */
  readonly ownSealed: ReadonlyMap<string, Bid>;
  readonly bidOn: ReadonlySet<string>;
  readonly followed: ReadonlySet<string>;
  readonly leads: ReadonlyMap<string, readonly LotLeadRow[]>;
}

export function viewerOf({ restrictedTo }: Principal): Viewer {
  return restrictedTo === undefined
    ? { kind: 'staff' }
    : { kind: 'participant', participantId: restrictedTo };
}

/** A lot as this viewer may see it. Nothing of it goes out in another way. */
export function lotDetails(row: LotRow, viewer: Viewer, around: LotSurroundings): LotDetails {
  const { now, ownSealed, bidOn, followed, leads, amountBands } = around;
  const lot = lotOf(row);
  const own = ownSealed.get(row.id);
  const state = stateOf(row, own === undefined ? [] : [own]);
  const view = viewLot(lot, state, [], viewer, now);
  const isStaff = viewer.kind === 'staff';
  const isSeller = !isStaff && viewer.participantId === row.seller_id;
  const knowsLeads = isStaff || isSeller || view.outcome?.isOwn === true;
  return {
    id: row.id,
    kind: view.kind,
    phase: view.phase,
    currency: row.currency,
    opens_at: formatInstant(view.opensAt),
    ends_at: formatInstant(view.endsAt),
    now: formatInstant(now),
    ...termsView(lot.terms, state.extensions),
    price: view.price,
    minimum_bid: view.minimumBid,
    next_fall_at: view.nextFallAt === null ? null : formatInstant(view.nextFallAt),
    buy_now: view.buyNow,
    reserve: view.reserve,
    is_reserve_met: view.isReserveMet,
    bid_count: areBidsSecret(lot, state) ? null : row.seq,
    own_amount: view.ownAmount,
    is_seller: isSeller,
    seller_id: isStaff ? row.seller_id : null,
    has_bid: bidOn.has(row.id),
    followed: followed.has(row.id),
    relisted: row.relisted,
    next_step: knowsLeads ? row.next_step : null,
    outcome:
      view.outcome === null
        ? null
        : {
            kind: view.outcome.kind,
            reason: view.outcome.reason,
            price: view.outcome.price,
            is_own: view.outcome.isOwn,
            winner_id: view.outcome.winnerId,
          },
    closed_at: row.closed_at === null ? null : formatInstant(row.closed_at),
    lead_count: row.leads,
    leads: (leads.get(row.id) ?? []).map((lead) => maskedLead(lead, amountBands, now, knowsLeads)),
  };
}

/** A lead as it may be seen before it is bought; its id only by whom it is known to. */
export function maskedLead(
  row: LotLeadRow,
  bands: readonly number[],
  now: Instant,
  isKnown: boolean,
): MaskedLeadView {
  const { lead_created_at: createdAt, ...rest } = row;
  const forSale: LeadForSale = { ...rest, createdAt };
  const { city, niche, source, amountBand, ageInDays, score } = maskLead(forSale, bands, now);
  return {
    lead_id: isKnown ? row.lead_id : null,
    city,
    niche,
    source,
    amount_band: amountBand && { ...amountBand },
    age_in_days: ageInDays,
    score,
  };
}
