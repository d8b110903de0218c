import type { Bid, Instant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { LOT_COLUMNS } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';

/** A lot that people may have to be told of. */
export interface NoticeRow extends LotRow {
  readonly told_seq: number;
  /** Its end is near, or over, by the clock of the database. */
  readonly soon: boolean;
  readonly told_at: Instant | null;
  readonly offered: boolean;
  readonly ending: boolean;
}

const QUALIFIED = LOT_COLUMNS.split(', ')
  .map((name) => `lot.${name}`)
  .join(', ');

/** Lots of which something has not been told yet, locked so that one process tells it. */
export async function readUntold(
  tx: Transaction,
  tenantId: string,
  soon: number,
  limit: number,
): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `SELECT ${QUALIFIED}, n.told_seq, n.told_at, n.offered, n.ending,
       lot.ends_at <= now() + $2 * interval '1 minute' AS soon
     FROM lot_notice n JOIN lot ON lot.id = n.lot_id
     WHERE n.tenant_id = $1 AND NOT n.finished AND (lot.outcome IS NOT NULL
       OR (NOT n.offered AND lot.opens_at <= now())
       OR (NOT n.ending AND lot.ends_at <= now() + $2 * interval '1 minute')
       OR (n.told_seq < lot.seq AND lot.leader_id IS NOT NULL
         AND (n.told_at IS NULL OR n.told_at < now() - interval '10 seconds')))
     ORDER BY lot.ends_at LIMIT $3 FOR UPDATE OF n SKIP LOCKED`,
    [tenantId, soon, limit],
  );
}

/** One bid of everybody who has bid on a lot from the bid with this number on. */
export async function readBiddersSince(
  tx: Transaction,
  lotId: string,
  seq: number,
): Promise<Pick<Bid, 'bidderId'>[]> {
  return tx.query<Pick<Bid, 'bidderId'>>(
    'SELECT DISTINCT bidder_id AS "bidderId" FROM bid WHERE lot_id = $1 AND seq >= $2 ORDER BY 1',
    [lotId, seq],
  );
}

export async function readFollowers(tx: Transaction, lotId: string): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }>(
    'SELECT account_id FROM lot_follower WHERE lot_id = $1 ORDER BY 1',
    [lotId],
  );
  return rows.map(({ account_id }) => account_id);
}

/** Companies that could bid: active franchisees. */
export async function readFranchisees(tx: Transaction, tenantId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM account WHERE tenant_id = $1 AND role = 'franchisee' AND member_of IS NULL AND status = 'active'
     ORDER BY id`,
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

/** Keeps what people have been told now. */
export async function saveTold(
  tx: Transaction,
  lotId: string,
  told: Readonly<{ seq: number; offered: boolean; ending: boolean; finished: boolean }>,
): Promise<void> {
  await tx.execute(
    `UPDATE lot_notice SET told_at = CASE WHEN told_seq < $2 THEN now() ELSE told_at END, told_seq = $2,
       offered = $3, ending = $4, finished = $5
     WHERE lot_id = $1`,
    [lotId, told.seq, told.offered, told.ending, told.finished],
  );
}

/** Leads of a lot that were given out, and the head account of whom they were given to. */
export async function readAssigned(
  tx: Transaction,
  lotId: string,
): Promise<{ leadId: string; to: string }[]> {
  return tx.query(
    `SELECT lead_id AS "leadId", assigned_to AS "to" FROM lot_lead
     WHERE lot_id = $1 AND assigned_to IS NOT NULL ORDER BY 2, 1`,
    [lotId],
  );
}
