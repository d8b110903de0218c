import { formatInstant } from 'twenty-mak-domain';
import type { Instant, JsonObject, Lot, LotOutcome, LotState, NextStep } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { announce } from '../../platform/outbox/index.ts';
import type { SubjectEntry } from '../../platform/outbox/index.ts';
import { tellOfLot } from './market-records.repository.ts';

type Happened = Pick<SubjectEntry, 'type' | 'subjectVersion' | 'occurredAt' | 'data'>;

/*
 * Whoever announces has the fence of the lot, so that its events leave in their order. Versions rise by what has happened:
 * listed, each move of the end, the end, each return.
 */
const LISTED = 1;
const endedAs = ({ extensions }: Pick<LotState, 'extensions'>): number => LISTED + extensions + 1;

function tell(tx: Transaction, tenantId: string, lotId: string, happened: Happened): void {
  announce(tx, tenantId, [{ ...happened, subjectId: lotId }]);
}

/** Leads are offered. `relistOf`: again, after nobody had bought this lot. */
export function announceListed(
  tx: Transaction,
  tenantId: string,
  lot: Lot,
  relistOf: string | null,
  at: Instant,
): void {
  const { id, sellerId, leadIds, currency, opensAt, endsAt, terms } = lot;
  tellOfLot(tx, tenantId, id);
  tell(tx, tenantId, id, {
    type: 'auction.lot.listed',
    subjectVersion: LISTED,
    occurredAt: at,
    data: {
      kind: terms.kind,
      seller_id: sellerId,
      leads: leadIds.length,
      currency,
      opens_at: formatInstant(opensAt),
      ends_at: formatInstant(endsAt),
      relist_of: relistOf,
    },
  });
}

/** A late bid has moved the end. Gives whether there was something to announce. */
export function announceExtended(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  before: Pick<LotState, 'extensions'>,
  { extensions, endsAt, lastAt }: LotState,
): boolean {
  if (extensions === before.extensions) return false;
  tell(tx, tenantId, lotId, {
    type: 'auction.lot.extended',
    subjectVersion: LISTED + extensions,
    occurredAt: lastAt,
    data: { ends_at: formatInstant(endsAt), extensions },
  });
  return true;
}

/** How a lot ended, and for one that nobody bought what comes next. */
export function announceEnd(
  tx: Transaction,
  tenantId: string,
  lot: Pick<Lot, 'id' | 'sellerId' | 'currency'>,
  state: Pick<LotState, 'extensions'>,
  outcome: LotOutcome,
  at: Instant,
  next: Next = NOTHING,
): void {
  tell(tx, tenantId, lot.id, {
    type: `auction.lot.${outcome.kind}`,
    subjectVersion: endedAs(state),
    occurredAt: at,
    data: dataOf(lot, outcome, next),
  });
}

interface Next {
  readonly step: NextStep | null;
  readonly relistedAs: string | null;
}

const NOTHING: Next = { step: null, relistedAs: null };

function dataOf(
  { sellerId: seller_id, currency }: Pick<Lot, 'sellerId' | 'currency'>,
  outcome: LotOutcome,
  { step: next_step, relistedAs: relisted_as }: Next,
): JsonObject {
  switch (outcome.kind) {
    case 'sold':
      return { price: outcome.price, currency, winner_id: outcome.winnerId, seller_id };
    case 'unsold':
      return { reason: outcome.reason, next_step, relisted_as };
    case 'withdrawn':
      return {};
  }
}

/** A lead of a sold lot was taken back, the `returned`th of the lot. */
export function announceReturned(
  tx: Transaction,
  tenantId: string,
  lot: Readonly<{ id: string; extensions: number; returned: number }>,
  lead: Readonly<{ returnId: string; leadId: string; price: number; currency: string }>,
  at: Instant,
): void {
  const { returnId: return_id, leadId: lead_id, price, currency } = lead;
  tell(tx, tenantId, lot.id, {
    type: 'auction.lot.returned',
    subjectVersion: endedAs(lot) + lot.returned,
    occurredAt: at,
    data: { return_id, lead_id, price, currency },
  });
}
