import type { Instant, LeadReturn, Purchase } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { ReturnRow } from './returns.dto.ts';

const COLUMNS =
  'id, lot_id, lead_id, buyer_id, seller_id, price, currency, bought_at, requested_by, reason, comment, requested_at, verdict, arbiter_id, note, decided_at';

/** A lead that was sold, locked, so that it is asked back once. */
export async function findPurchase(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  leadId: string,
): Promise<(Purchase & { readonly currency: string }) | undefined> {
  const [row] = await tx.query<Purchase & { currency: string }>(
    `SELECT lot.id AS "lotId", l.lead_id AS "leadId", lot.winner_id AS "buyerId", lot.seller_id AS "sellerId",
       coalesce(l.price, 0) AS price, lot.closed_at AS "boughtAt", lot.currency
     FROM lot_lead l JOIN lot ON lot.id = l.lot_id
     WHERE lot.tenant_id = $1 AND lot.id = $2 AND l.lead_id = $3 AND lot.outcome = 'sold'
     FOR UPDATE OF l`,
    [tenantId, lotId, leadId],
  );
  return row;
}

export async function findReturnOf(
  tx: Transaction,
  lotId: string,
  leadId: string,
): Promise<ReturnRow | undefined> {
  const [row] = await tx.query<ReturnRow>(
    `SELECT ${COLUMNS} FROM lead_return WHERE lot_id = $1 AND lead_id = $2`,
    [lotId, leadId],
  );
  return row;
}

/** Locks the return until the transaction ends. */
export async function findReturn(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<ReturnRow | undefined> {
  const [row] = await tx.query<ReturnRow>(
    `SELECT ${COLUMNS} FROM lead_return WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenantId, id],
  );
  return row;
}

/** Takes the fence of the lot of a return, before anything else is locked. Gives what its events are numbered by. */
export async function fenceLotOfReturn(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<{ readonly extensions: number } | undefined> {
  const [row] = await tx.query<{ extensions: number }>(
    `SELECT extensions FROM lot WHERE tenant_id = $1 AND id = (SELECT lot_id FROM lead_return WHERE id = $2)
     FOR NO KEY UPDATE`,
    [tenantId, id],
  );
  return row;
}

/** How many leads of a lot were taken back. */
export async function countReturned(tx: Transaction, lotId: string): Promise<number> {
  const [row] = await tx.query<{ returned: number }>(
    "SELECT count(*) AS returned FROM lead_return WHERE lot_id = $1 AND verdict = 'accepted'",
    [lotId],
  );
  return row?.returned ?? 0;
}

/** Newest first, before `before`. */
export async function listReturns(
  tx: Transaction,
  tenantId: string,
  status: 'open' | 'decided' | null,
  before: string | null,
  limit: number,
): Promise<ReturnRow[]> {
  return tx.query<ReturnRow>(
    `SELECT ${COLUMNS} FROM lead_return
     WHERE tenant_id = $1 AND ($2::text IS NULL OR (verdict IS NULL) = ($2 = 'open')) AND ($3::uuid IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [tenantId, status, before, limit],
  );
}

export async function insertReturn(
  tx: Transaction,
  tenantId: string,
  id: string,
  { purchase, request }: LeadReturn,
  currency: string,
): Promise<ReturnRow | undefined> {
  const [row] = await tx.query<ReturnRow>(
    `INSERT INTO lead_return (id, tenant_id, lot_id, lead_id, buyer_id, seller_id, price, currency, bought_at,
       requested_by, reason, comment, requested_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING ${COLUMNS}`,
    [
      id,
      tenantId,
      purchase.lotId,
      purchase.leadId,
      purchase.buyerId,
      purchase.sellerId,
      purchase.price,
      currency,
      new Date(purchase.boughtAt),
      request.accountId,
      request.reason,
      request.comment,
      new Date(request.at),
    ],
  );
  return row;
}

export async function saveDecision(
  tx: Transaction,
  tenantId: string,
  id: string,
  { decision }: LeadReturn,
): Promise<void> {
  if (decision === null) return;
  await tx.execute(
    `UPDATE lead_return SET verdict = $3, arbiter_id = $4, note = $5, decided_at = $6
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, decision.verdict, decision.arbiterId, decision.note, new Date(decision.at)],
  );
}

/** A return as the rules see it. */
export function leadReturnOf(row: ReturnRow): LeadReturn {
  const { verdict, arbiter_id: arbiterId, note, decided_at: at } = row;
  return {
    purchase: {
      lotId: row.lot_id,
      leadId: row.lead_id,
      buyerId: row.buyer_id,
      sellerId: row.seller_id,
      price: row.price,
      boughtAt: row.bought_at,
    },
    request: {
      participantId: row.buyer_id,
      accountId: row.requested_by,
      reason: row.reason,
      comment: row.comment,
      at: row.requested_at,
    },
    decision: verdict === null ? null : decided(verdict, arbiterId, note, at),
  };
}

function decided(
  verdict: 'accepted' | 'rejected',
  arbiterId: string | null,
  note: string | null,
  at: Instant | null,
): LeadReturn['decision'] {
  return { verdict, arbiterId: arbiterId ?? '', note: note ?? '', at: at ?? 0 };
}
