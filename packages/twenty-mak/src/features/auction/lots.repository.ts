import type { AmountBand, Instant, Lot } from 'twenty-mak-domain';
import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { announceListed } from './lot-events.ts';
import { LOT_COLUMNS } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';
import type { LotLeadRow } from './lots.view.ts';
import { sellsAtOnce } from './lots.terms.ts';

/** Who looks, and what of the market he may see. */
export interface Sight {
  /** Null: the head office, which sees every lot. */
  readonly participantId: string | null;
  /** Who works where the leads are, and has not had enough today. Null when none of the market may be seen. */
  readonly market: Readonly<{
    cities: readonly string[] | null;
    niches: readonly string[] | null;
  }> | null;
}

export interface LotFilter {
  readonly scope: 'market' | 'selling' | 'bidding' | 'followed';
  readonly phase: 'upcoming' | 'open' | 'active' | 'closed' | null;
  readonly kind: string | null;
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string | null;
  /** Lots with a lead in it. */
  readonly amountBand: AmountBand | null;
  /** The person, for what is followed. */
  readonly accountId: string;
  readonly sellerId: string;
  readonly lotId: string | null;
}

const SEES = `($2::uuid IS NULL OR seller_id = $2
    OR EXISTS (SELECT FROM bid WHERE bidder_id = $2 AND lot_id = lot.id)
    OR ($3 AND ($4::text[] IS NULL OR cities <@ $4) AND ($5::text[] IS NULL OR niches <@ $5)))`;

/** Lots that somebody may see: those that are not closed by their end, closed ones the last first. */
export async function listLots(
  tx: Transaction,
  tenantId: string,
  sight: Sight,
  filter: LotFilter,
  { after, limit }: Readonly<{ after: readonly [Instant, string] | null; limit: number }>,
): Promise<LotRow[]> {
  const isClosed = filter.phase === 'closed';
  const order = isClosed ? 'closed_at DESC, id DESC' : 'ends_at, id';
  const beyond = isClosed ? '(closed_at, id) < ($14, $15)' : '(ends_at, id) > ($14, $15)';
  const phase = {
    closed: 'outcome IS NOT NULL',
    active: 'outcome IS NULL',
    open: 'outcome IS NULL AND opens_at <= now()',
    upcoming: 'outcome IS NULL AND opens_at > now()',
  };
  return tx.query<LotRow>(
    `SELECT ${LOT_COLUMNS} FROM lot WHERE tenant_id = $1 AND ${SEES}
       AND ($6::text IS NULL OR kind = $6) AND ($7::text IS NULL OR $7 = ANY (cities))
       AND ($8::text IS NULL OR $8 = ANY (niches)) AND ($9::text IS NULL OR $9 = ANY (sources))
       AND CASE $10 WHEN 'selling' THEN seller_id = $11
         WHEN 'bidding' THEN EXISTS (SELECT FROM bid WHERE bidder_id = $11 AND lot_id = lot.id)
         WHEN 'followed' THEN EXISTS (SELECT FROM lot_follower f WHERE f.account_id = $12 AND f.lot_id = lot.id)
         ELSE true END
       AND ($13::uuid IS NULL OR id = $13) AND ($14::timestamptz IS NULL OR ${beyond})
       AND (NOT $17 OR EXISTS (SELECT FROM lot_lead l WHERE l.lot_id = lot.id
         AND l.amount >= coalesce($18::bigint, 0) AND l.amount < coalesce($19::bigint, l.amount + 1)))
       AND ${filter.phase === null ? 'true' : phase[filter.phase]}
     ORDER BY ${order} LIMIT $16`,
    [
      tenantId,
      sight.participantId,
      sight.market !== null,
      listOf(sight.market?.cities),
      listOf(sight.market?.niches),
      filter.kind,
      filter.city,
      filter.niche,
      filter.source,
      filter.scope,
      filter.sellerId,
      filter.accountId,
      filter.lotId,
      after === null ? null : new Date(after[0]),
      after?.[1] ?? null,
      limit,
      filter.amountBand !== null,
      filter.amountBand?.from ?? null,
      filter.amountBand?.below ?? null,
    ],
  );
}

function listOf(texts: readonly string[] | null | undefined): string | null {
  return texts === null || texts === undefined ? null : textArray(texts);
}

/** Leads of lots in their order, at most `most` of each. */
export async function readLotLeads(
  tx: Transaction,
  lotIds: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, readonly LotLeadRow[]>> {
  const rows = await tx.query<LotLeadRow>(
    `SELECT l.lot_id, l.lead_id, l.city, l.niche, l.source, l.amount, l.score, l.lead_created_at
     FROM unnest($1::uuid[]) AS wanted (lot_id)
     CROSS JOIN LATERAL (SELECT * FROM lot_lead WHERE lot_lead.lot_id = wanted.lot_id ORDER BY place LIMIT $2) AS l`,
    [plainArray(lotIds), most],
  );
  return Map.groupBy(rows, ({ lot_id }) => lot_id);
}

export interface NewLot {
  readonly lot: Lot;
  readonly leads: readonly Omit<LotLeadRow, 'lot_id'>[];
  readonly createdBy: string;
  readonly relisted: number;
  readonly relistOf: string | null;
  readonly at: Instant;
}

export function insertLot(tx: Transaction, tenantId: string, made: NewLot): void {
  const { lot, leads, createdBy, relisted, relistOf, at } = made;
  const known = (texts: readonly (string | null)[]): string =>
    textArray([...new Set(texts.filter((text) => text !== null))]);
  tx.send(
    `INSERT INTO lot (id, tenant_id, seller_id, kind, terms, currency, opens_at, planned_end, ends_at, leads,
       cities, niches, sources, sells_at_once, relisted, relist_of, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      lot.id,
      tenantId,
      lot.sellerId,
      lot.terms.kind,
      JSON.stringify(lot.terms),
      lot.currency,
      new Date(lot.opensAt),
      new Date(lot.endsAt),
      leads.length,
      known(leads.map(({ city }) => city)),
      known(leads.map(({ niche }) => niche)),
      known(leads.map(({ source }) => source)),
      sellsAtOnce(lot.terms),
      relisted,
      relistOf,
      createdBy,
    ],
  );
  tx.send(
    `INSERT INTO lot_lead (tenant_id, lot_id, lead_id, place, city, niche, source, amount, score, lead_created_at)
     SELECT $1, $2, * FROM unnest($3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::bigint[],
       $9::integer[], $10::timestamptz[])`,
    [
      tenantId,
      lot.id,
      plainArray(leads.map(({ lead_id }) => lead_id)),
      plainArray(leads.map((_, index) => index + 1)),
      textArray(leads.map(({ city }) => city)),
      textArray(leads.map(({ niche }) => niche)),
      textArray(leads.map(({ source }) => source)),
      plainArray(leads.map(({ amount }) => amount)),
      plainArray(leads.map(({ score }) => score)),
      timeArray(leads.map(({ lead_created_at }) => lead_created_at)),
    ],
  );
  tx.send('INSERT INTO lot_notice (tenant_id, lot_id) VALUES ($1, $2)', [tenantId, lot.id]);
  announceListed(tx, tenantId, lot, relistOf, at);
}

/** Which of these lots a person follows. */
export async function readFollowed(
  tx: Transaction,
  accountId: string,
  lotIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ lot_id: string }>(
    'SELECT lot_id FROM lot_follower WHERE account_id = $1 AND lot_id = ANY ($2::uuid[])',
    [accountId, plainArray(lotIds)],
  );
  return new Set(rows.map(({ lot_id }) => lot_id));
}

export async function setFollowed(
  tx: Transaction,
  tenantId: string,
  accountId: string,
  lotId: string,
  follow: boolean,
): Promise<void> {
  await tx.execute(
    follow
      ? 'INSERT INTO lot_follower (tenant_id, account_id, lot_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
      : 'DELETE FROM lot_follower WHERE tenant_id = $1 AND account_id = $2 AND lot_id = $3',
    [tenantId, accountId, lotId],
  );
}
