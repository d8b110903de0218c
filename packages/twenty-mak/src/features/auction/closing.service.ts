import { Inject, Injectable } from '@nestjs/common';
import { closeLot } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { afterCommit, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { lockBooks } from '../wallet/index.ts';
import { auctionClosing, auctionNotices } from './auction.jobs.ts';
import { fenceLot, readClock, readLastBids } from './bids.repository.ts';
import { LeadSales } from '../leads/index.ts';
import { LotFactsStore } from './lot-facts.ts';
import { stateOf } from './lot-record.ts';
import type { LotFacts, StateRow } from './lot-record.ts';
import { announceEnd } from './lot-events.ts';
import { LOTS_CHANNEL, lotsRing } from './lot-ring.ts';
import { redistribute } from './redistribution.ts';
import { readRules } from './rules.service.ts';
import { handOver, moveMoney, saveOutcome } from './sale.ts';

/** The longest that a transaction waits for the end of a lot, in milliseconds. */
const EARLY = 250;

export interface Closing {
  /** Null: the lot is closed, or there is none. */
  readonly opensUntil: Instant | null;
  /** The database's clock. */
  readonly now: Instant;
  /** How much after its end this call has closed the lot, in milliseconds; null when it has not. */
  readonly late: number | null;
}

/** Ends lots when their time has come: who wins pays and gets the leads, what nobody bought goes on as the rule says. */
@Injectable()
export class ClosingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LotFactsStore) private readonly facts: LotFactsStore,
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** Closes a lot whose end has come; an earlier call changes nothing. The end is waited for if it is only moments away. */
  async close(tenantId: string, lotId: string): Promise<Closing> {
    const facts = await this.facts.find(tenantId, lotId);
    if (facts === undefined) return { opensUntil: null, now: 0, late: null };
    return this.database.within({ tenantId }, async (tx) => {
      awaitEnd(tx, lotId);
      const [row, now] = await Promise.all([fenceLot(tx, tenantId, lotId), readClock(tx)]);
      if (row === undefined || row.outcome !== null) return { opensUntil: null, now, late: null };
      if (now < row.ends_at) return { opensUntil: row.ends_at, now, late: null };
      await this.end(tx, tenantId, facts, row, now);
      return { opensUntil: null, now, late: now - row.ends_at };
    });
  }

  /** `row` is what the fence gave. */
  private async end(
    tx: Transaction,
    tenantId: string,
    { lot }: LotFacts,
    row: StateRow,
    now: Instant,
  ): Promise<void> {
    const { currency, sellerId, terms, id } = lot;
    const [sealed, books, { rules }, relisted] = await Promise.all([
      terms.kind === 'sealed' ? readLastBids(tx, id, null) : [],
      lockBooks(tx, tenantId, { currency, owners: [sellerId], purpose: id, withHolders: true }),
      readRules(tx, tenantId),
      readRelisted(tx, id),
    ]);
    const closed = closeLot(lot, stateOf(row, sealed), now);
    if (!closed.ok) return;
    const { state, effects } = closed.value;
    if (state.outcome === null) return;
    moveMoney(tx, tenantId, lot, effects, books, now);
    saveOutcome(tx, tenantId, id, state.outcome, now);
    if (state.outcome.kind === 'sold') {
      announceEnd(tx, tenantId, lot, state, state.outcome, now);
      await handOver(tx, tenantId, this.sales, lot, state.outcome, now);
    } else {
      const unsold = { lot, relisted, now };
      const next = await redistribute(tx, tenantId, this.sales, rules, unsold);
      announceEnd(tx, tenantId, lot, state, state.outcome, now, next);
      const { relistedAs } = next;
      if (relistedAs !== null)
        afterCommit(() => this.bell.ring(auctionClosing, { tenantId, lotId: relistedAs }));
    }
    this.bus.ring(LOTS_CHANNEL, lotsRing(tenantId, id));
    afterCommit(() => this.bell.ring(auctionNotices, { tenantId }));
  }
}

/**
 * PostgreSQL wakes up on its own clock, with the fence and the clock in its hands already: nothing of this process, however
 * busy it is, lies between the end and the decision.
 */
function awaitEnd(tx: Transaction, lotId: string): void {
  tx.send(
    `SELECT pg_sleep(extract(epoch FROM ends_at - clock_timestamp())) FROM lot
     WHERE id = $1 AND outcome IS NULL AND ends_at > clock_timestamp()
       AND ends_at < clock_timestamp() + $2 * interval '1 millisecond'`,
    [lotId, EARLY],
    'lot.await',
  );
}

async function readRelisted(tx: Transaction, lotId: string): Promise<number> {
  const [row] = await tx.query<{ relisted: number }>('SELECT relisted FROM lot WHERE id = $1', [
    lotId,
  ]);
  return row?.relisted ?? 0;
}
