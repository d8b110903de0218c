import { ANY_FIELD, URGENCIES } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { feedSql, markChanged } from '../../platform/records/index.ts';
import { LOT_COLUMNS } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';

/** Days for which the bids of a lot that has ended are compared at night: they do not change any more. */
const COMPARED_DAYS = 90;

const BID_ID =
  /^(?<lot>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(?<seq>[1-9]\d{0,8})$/;

/** Whether bids of a lot may be told of: sealed ones once they have counted, and never when they were for nothing. */
const MAY_BE_TOLD = `(lot.kind <> 'sealed' OR lot.outcome IN ('sold', 'unsold'))`;

export interface LotRecordRow extends LotRow {
  /** Of a lot with one lead. */
  readonly lead_id: string | null;
  /** Of those that have won the franchisees. */
  readonly winner: string | null;
}

export async function findLotRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<LotRecordRow[]> {
  return tx.query<LotRecordRow>(
    `SELECT ${LOT_COLUMNS},
       CASE leads WHEN 1 THEN (SELECT lead_id FROM lot_lead l WHERE l.lot_id = lot.id LIMIT 1) END AS lead_id,
       (SELECT id FROM account WHERE account.id = lot.winner_id AND role = 'franchisee') AS winner
     FROM lot WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
    [tenantId, plainArray(ids.filter(isUuid))],
  );
}

/** Ids of lots in their order, after one of them. */
export async function listLotIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM lot WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** A bid as other systems may know it. */
export interface BidRecordRow {
  readonly id: string;
  readonly lot_id: string;
  readonly seq: number;
  readonly amount: number;
  readonly currency: string;
  readonly at: Instant;
  readonly franchisee_id: string | null;
  readonly status: 'leading' | 'outbid' | 'won' | null;
}

/** Bids by id, of those that may be told of. The last one of a lot that nobody has won leads no more and was not outbid. */
export async function findBidRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<BidRecordRow[]> {
  const places = ids.flatMap((id) => placeOf(id) ?? []);
  return tx.query<BidRecordRow>(
    `SELECT b.lot_id::text || ':' || b.seq AS id, b.lot_id, b.seq, b.amount, lot.currency, b.at, head.id AS franchisee_id,
       CASE WHEN lot.winning_seq = b.seq THEN 'won' WHEN lot.kind = 'sealed' OR b.seq < lot.seq THEN 'outbid'
         WHEN lot.outcome IS NULL THEN 'leading' END AS status
     FROM unnest($2::uuid[], $3::integer[]) AS wanted (lot_id, seq)
     JOIN bid b ON b.lot_id = wanted.lot_id AND b.seq = wanted.seq
     JOIN lot ON lot.id = b.lot_id
     LEFT JOIN account head ON head.id = b.bidder_id AND head.role = 'franchisee'
     WHERE b.tenant_id = $1 AND ${MAY_BE_TOLD}`,
    [tenantId, plainArray(places.map(({ lot }) => lot)), plainArray(places.map(({ seq }) => seq))],
  );
}

/** Ids of bids that may be told of and may still change, in their order, after one of them. */
export async function listBidIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const last = after === null ? null : placeOf(after);
  const rows = await tx.query<{ id: string }>(
    `SELECT b.lot_id::text || ':' || b.seq AS id FROM bid b JOIN lot ON lot.id = b.lot_id
     WHERE b.tenant_id = $1 AND ($2::uuid IS NULL OR (b.lot_id, b.seq) > ($2, $3::integer)) AND ${MAY_BE_TOLD}
       AND (lot.outcome IS NULL OR lot.closed_at > now() - interval '${COMPARED_DAYS} days')
     ORDER BY b.lot_id, b.seq LIMIT $4`,
    [tenantId, last?.lot ?? null, last?.seq ?? null, limit],
  );
  return rows.map(({ id }) => id);
}

/** Tells other systems of a lot that was made. */
export function tellOfLot(tx: Transaction, tenantId: string, lotId: string): void {
  markChanged(tx, tenantId, 'lead_auction', [{ id: lotId, urgency: 'system', fields: [] }]);
}

/** A lot, and the bids of it that are new or say something else now; none where the last is before the first. */
export interface ToldLot {
  readonly id: string;
  readonly firstBid: number;
  readonly lastBid: number;
}

/**
 * Tells other systems of lots and their bids. Bids have no gaps, so none is read for it. One statement, because what waits has to
 * be locked in its order.
 */
export function tellOfLots(tx: Transaction, tenantId: string, lots: readonly ToldLot[]): void {
  if (lots.length === 0) return;
  tx.send(
    feedSql(
      `SELECT named.entity, named.id, $5::smallint AS urgency, $6::text AS fields
       FROM unnest($2::text[], $3::integer[], $4::integer[]) AS told (lot_id, first_bid, last_bid)
       CROSS JOIN LATERAL (
         SELECT 'lead_auction' AS entity, told.lot_id AS id
         UNION ALL SELECT 'bid', told.lot_id || ':' || seq FROM generate_series(told.first_bid, told.last_bid) AS seq) AS named`,
    ),
    [
      tenantId,
      plainArray(lots.map(({ id }) => id)),
      plainArray(lots.map(({ firstBid }) => firstBid)),
      plainArray(lots.map(({ lastBid }) => lastBid)),
      URGENCIES.indexOf('system'),
      ANY_FIELD,
    ],
  );
}

function placeOf(id: string): { readonly lot: string; readonly seq: number } | null {
  const { lot, seq } = BID_ID.exec(id)?.groups ?? {};
  return lot === undefined || seq === undefined ? null : { lot, seq: Number(seq) };
}
