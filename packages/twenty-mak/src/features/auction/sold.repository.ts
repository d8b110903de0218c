import type { Instant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { LotStatistics } from './lots.dto.ts';
import type { LotLeadRow } from './lots.view.ts';

export interface WonLeadRow extends LotLeadRow {
  readonly price: number | null;
  readonly currency: string;
  readonly closed_at: Instant;
  readonly return_id: string | null;
  readonly verdict: 'accepted' | 'rejected' | null;
}

/** Leads that somebody has bought, the last first, before the cursor. */
export async function listWonLeads(
  tx: Transaction,
  tenantId: string,
  winnerId: string,
  before: readonly [Instant, string] | null,
  limit: number,
): Promise<WonLeadRow[]> {
  return tx.query<WonLeadRow>(
    `SELECT l.lot_id, l.lead_id, l.city, l.niche, l.source, l.amount, l.score, l.lead_created_at, l.price,
       lot.currency, lot.closed_at, r.id AS return_id, r.verdict
     FROM lot JOIN lot_lead l ON l.lot_id = lot.id
     LEFT JOIN lead_return r ON r.lot_id = l.lot_id AND r.lead_id = l.lead_id
     WHERE lot.tenant_id = $1 AND lot.winner_id = $2
       AND ($3::timestamptz IS NULL OR (lot.closed_at, l.lead_id) < ($3, $4::uuid))
     ORDER BY lot.closed_at DESC, l.lead_id DESC LIMIT $5`,
    [tenantId, winnerId, before === null ? null : new Date(before[0]), before?.[1] ?? null, limit],
  );
}

/** How the lots of a seller went; of everybody when none is named. */
export async function readStatistics(
  tx: Transaction,
  tenantId: string,
  sellerId: string | null,
): Promise<LotStatistics> {
  const own = 'tenant_id = $1 AND ($2::uuid IS NULL OR seller_id = $2)';
  const [[counts], proceeds] = await Promise.all([
    tx.query<Omit<LotStatistics, 'proceeds'>>(
      `SELECT count(*) FILTER (WHERE outcome IS NULL AND opens_at > now()) AS upcoming,
         count(*) FILTER (WHERE outcome IS NULL AND opens_at <= now()) AS open,
         count(*) FILTER (WHERE outcome = 'sold') AS sold,
         count(*) FILTER (WHERE outcome = 'unsold') AS unsold,
         count(*) FILTER (WHERE outcome = 'withdrawn') AS withdrawn,
         coalesce(sum(seq) FILTER (WHERE outcome IS NOT NULL), 0)::bigint AS bids,
         (SELECT count(*) FROM lead_return WHERE ${own} AND verdict = 'accepted') AS returned
       FROM lot WHERE ${own}`,
      [tenantId, sellerId],
    ),
    tx.query<LotStatistics['proceeds'][number]>(
      `SELECT currency, sum(final_price)::bigint AS amount, round(avg(final_price))::bigint AS average
       FROM lot WHERE ${own} AND outcome = 'sold' GROUP BY currency ORDER BY currency`,
      [tenantId, sellerId],
    ),
  ]);
  if (counts === undefined) throw new Error('counting gives a row');
  return { ...counts, proceeds };
}
