import { applyToLedger, ledgerOperations, pricePerLead } from 'twenty-mak-domain';
import type { FundsEffect, Instant, Lot, LotOutcome } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted } from '../../platform/errors/index.ts';
import { saveBooks } from '../wallet/index.ts';
import type { LockedBooks } from '../wallet/index.ts';
import type { LeadSales } from '../leads/index.ts';

/** Moves the money of a lot as its bids say. The books are those of everybody concerned, locked. */
export function moveMoney(
  tx: Transaction,
  tenantId: string,
  lot: Lot,
  effects: readonly FundsEffect[],
  { ledger, byOwner }: LockedBooks,
  at: Instant,
): void {
  if (effects.length === 0) return;
  const idOf = (owner: string): string => byOwner.get(owner)?.id ?? '';
  const wallets = { ofBidder: idOf, ofSeller: idOf(lot.sellerId) };
  const change = accepted(applyToLedger(ledger, ledgerOperations(lot, effects, wallets, at)), 500);
  saveBooks(tx, tenantId, change, { actor: `auction:${lot.id}` });
}

/** Writes how a lot ended. */
export function saveOutcome(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  outcome: LotOutcome,
  at: Instant,
): void {
  const sale = outcome.kind === 'sold' ? outcome : null;
  tx.send(
    `UPDATE lot SET outcome = $3, unsold_reason = $4, winner_id = $5, winning_seq = $6, final_price = $7, closed_at = $8
     WHERE tenant_id = $1 AND id = $2`,
    [
      tenantId,
      lotId,
      outcome.kind,
      outcome.kind === 'sold' ? null : outcome.reason,
      sale?.winnerId ?? null,
      sale?.seq ?? null,
      sale?.price ?? null,
      new Date(at),
    ],
  );
  // Nothing is held for it any more; the rows that said so are of no use.
  tx.send('DELETE FROM wallet_hold WHERE tenant_id = $1 AND purpose = $2 AND amount = 0', [
    tenantId,
    lotId,
  ]);
}

/** Hands the leads of a lot over to who has bought it. */
export async function handOver(
  tx: Transaction,
  tenantId: string,
  sales: LeadSales,
  lot: Lot,
  { winnerId, price }: Extract<LotOutcome, { kind: 'sold' }>,
  at: Instant,
): Promise<void> {
  const { id: lotId, leadIds } = lot;
  const shares = [...pricePerLead(lot, price)];
  tx.send(
    `UPDATE lot_lead l SET price = coalesce(share.price, 0)
     FROM lot_lead mine LEFT JOIN unnest($2::uuid[], $3::bigint[]) AS share (lead_id, price)
       ON share.lead_id = mine.lead_id
     WHERE mine.lot_id = $1 AND l.lot_id = mine.lot_id AND l.lead_id = mine.lead_id`,
    [lotId, plainArray(shares.map(([id]) => id)), plainArray(shares.map(([, share]) => share))],
  );
  const move = { leadIds, kind: 'sold', lotId, buyerId: winnerId, mover: 'auction', at } as const;
  accepted(await sales.move(tx, tenantId, move), 500);
}
