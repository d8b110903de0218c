import { Inject, Injectable } from '@nestjs/common';
import { voidLot } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import { afterCommit } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { Audit } from '../audit/index.ts';
import { LeadOffers, LeadSales } from '../leads/index.ts';
import { lockBooks } from '../wallet/index.ts';
import { auctionNotices } from './auction.jobs.ts';
import { fenceLot, readClock, readLastBids } from './bids.repository.ts';
import { readFacts } from './lot-facts.ts';
import { announceEnd } from './lot-events.ts';
import { stateOf } from './lot-record.ts';
import type { LotFacts, StateRow } from './lot-record.ts';
import { LOTS_CHANNEL, lotsRing } from './lot-ring.ts';
import { moveMoney, saveOutcome } from './sale.ts';

/** Who is named in the audit log: the no itself has an entry of who recorded it. */
const ACTOR = { kind: 'system', id: 'consent' } as const;

/** Ends lots, open or not open yet, that offer somebody who has taken the consent back or was erased. */
@Injectable()
export class LotWithdrawals {
  constructor(
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(LeadOffers) offers: LeadOffers,
  ) {
    offers.endBy((tx, tenantId, leadIds) => this.end(tx, tenantId, leadIds));
  }

  /**
   * Nobody wins, what is held is released, and the leads go back to who worked them, all of it in the caller's transaction.
   * Locks as everybody does: lots, then wallets, then leads, and of each kind all at once in their order.
   */
  private async end(tx: Transaction, tenantId: string, leadIds: readonly string[]): Promise<void> {
    const lots = await this.fence(tx, tenantId, leadIds);
    if (lots.size === 0) return;
    await lockHolders(tx, tenantId, [...lots.keys()]);
    const now = await readClock(tx);
    const free: string[] = [];
    for (const [lotId, row] of lots) {
      const facts = await readFacts(tx, tenantId, lotId);
      if (facts !== undefined) free.push(...(await this.withdraw(tx, tenantId, facts, row, now)));
    }
    const move = { leadIds: free, kind: 'working', mover: 'auction', at: now } as const;
    accepted(await this.sales.move(tx, tenantId, move), 409);
    this.tell(tenantId, [...lots.keys()]);
  }

  /** The open lots of these leads with their fences. One that ended meanwhile may have been followed by another. */
  private async fence(
    tx: Transaction,
    tenantId: string,
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, StateRow>> {
    const fenced = new Map<string, StateRow>();
    for (;;) {
      const open = await openLotsOf(tx, tenantId, leadIds);
      const next = open.find((id) => !fenced.has(id));
      if (next === undefined) return fenced;
      const row = await fenceLot(tx, tenantId, next);
      if (row !== undefined && row.outcome === null) fenced.set(next, row);
    }
  }

  /** Gives the leads of the lot, which are still to be moved. */
  private async withdraw(
    tx: Transaction,
    tenantId: string,
    { lot }: LotFacts,
    row: StateRow,
    now: Instant,
  ): Promise<readonly string[]> {
    const { id, currency, terms, leadIds } = lot;
    const sealed = terms.kind === 'sealed' ? await readLastBids(tx, id, null) : [];
    const wanted = { currency, owners: [], purpose: id, withHolders: true };
    const books = await lockBooks(tx, tenantId, wanted);
    const { state, effects } = voidLot(stateOf(row, sealed));
    if (state.outcome === null) return [];
    moveMoney(tx, tenantId, lot, effects, books, now);
    saveOutcome(tx, tenantId, id, state.outcome, now);
    announceEnd(tx, tenantId, lot, state, state.outcome, now);
    const detail = { reason: 'consent' };
    await Audit.recordFor(tx, tenantId, ACTOR, 'lot.withdrawn', 'lot', id, detail);
    return leadIds;
  }

  private tell(tenantId: string, lotIds: readonly string[]): void {
    for (const lotId of lotIds) this.bus.ring(LOTS_CHANNEL, lotsRing(tenantId, lotId));
    afterCommit(() => this.bell.ring(auctionNotices, { tenantId }));
  }
}

/** Lots that are not closed, by id. */
async function openLotsOf(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT lot.id FROM lot_lead l JOIN lot ON lot.id = l.lot_id
     WHERE l.tenant_id = $1 AND l.lead_id = ANY ($2::uuid[]) AND lot.outcome IS NULL ORDER BY lot.id`,
    [tenantId, plainArray(leadIds)],
  );
  return rows.map(({ id }) => id);
}

/** Locks the wallets of several lots in one go, in their common order. */
async function lockHolders(
  tx: Transaction,
  tenantId: string,
  lotIds: readonly string[],
): Promise<void> {
  await tx.query(
    `SELECT id FROM wallet_account WHERE tenant_id = $1 AND id IN (
       SELECT account_id FROM wallet_hold WHERE tenant_id = $1 AND purpose = ANY ($2::text[]) AND amount > 0)
     ORDER BY id FOR NO KEY UPDATE`,
    [tenantId, textArray(lotIds)],
  );
}
