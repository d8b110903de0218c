import { Inject, Injectable } from '@nestjs/common';
import { answerKey, checkOffer, foldBids, outbidIn } from 'twenty-mak-domain';
import type { Bid, BidsFolded, Decision, LotState, Offer } from 'twenty-mak-domain';
import type { Counter, Histogram } from 'prom-client';
import type { Principal } from '../../platform/auth/index.ts';
import { apart, Batcher, COMMIT_BEFORE_DISK, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, isOutage, notFound } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { inSpan, Metrics } from '../../platform/observability/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { bidderProfiles } from '../cabinets/index.ts';
import { lockBooks } from '../wallet/index.ts';
import { auctionNotices } from './auction.jobs.ts';
import {
  fenceLot,
  insertBids,
  insertRefusals,
  readAnswers,
  readClock,
  readLastBids,
  readLotsBidOn,
  saveState,
} from './bids.repository.ts';
import { bidView } from './bids.dto.ts';
import type { PlaceBid, PlacedBid } from './bids.dto.ts';
import { LeadSales } from '../leads/index.ts';
import { announceEnd, announceExtended } from './lot-events.ts';
import { LOTS_CHANNEL, lotsRing } from './lot-ring.ts';
import { LotFactsStore } from './lot-facts.ts';
import { stateOf } from './lot-record.ts';
import type { LotFacts } from './lot-record.ts';
import { readRules } from './rules.service.ts';
import { handOver, moveMoney, saveOutcome } from './sale.ts';
import { standingsOf } from './standings.ts';

/** Bids that one commit takes at most; more only make everybody wait longer. */
const BATCH_LIMIT = 2_000;

/** An offer on its way to its lot's writer. */
interface Item extends Omit<Offer, 'at'> {
  /** Account or client that sent it. */
  readonly placedBy: string;
}

interface Answer {
  readonly decision: Decision<Bid>;
  /** The bidder may not bid on this lot, and so sees it only after an own bid. */
  readonly isBarred: boolean;
}

interface Written {
  readonly folded: BidsFolded;
  readonly answers: Answer[];
  readonly isSomebodyOutbid: boolean;
  readonly isExtended: boolean;
}

/**
 * The one way to bid. The bids of a lot that arrive together are folded in their order by one writer, which holds the lot's
 * fence, and are answered when their common commit is on disk; the next ones are folded meanwhile. Every process may be
 * that writer, one after the other.
 */
@Injectable()
export class BidsService {
  private readonly batcher: Batcher<Item, Answer>;
  private readonly sizes: Histogram;
  private readonly counted: Counter<'answer'>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LotFactsStore) private readonly facts: LotFactsStore,
    @Inject(LeadSales) private readonly sales: LeadSales,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.sizes = metrics.histogram(
      'mak_auction_batch_size',
      'Bids of one commit',
      [1, 10, 50, 100, 500, 2_000],
    );
    this.counted = metrics.counter('mak_auction_bids_total', 'Bids received, by answer', [
      'answer',
    ]);
    this.batcher = new Batcher({
      write: (place, items, sent) => this.write(place, items, sent),
      limit: BATCH_LIMIT,
      isOutage,
    });
  }

  /**
   * Puts an offer to a lot. When this resolves the bid is committed; the same key again gets the same answer. Refuses as
   * the rules do. Who may not see the lot is told that there is none.
   */
  async place(principal: Principal, lotId: string, offer: PlaceBid): Promise<PlacedBid> {
    const { tenantId, id: placedBy } = principal;
    const bidderId = bidderOf(principal, offer.bidder_id);
    const { key, amount } = offer;
    accepted(checkOffer({ key, amount, bidderId, at: 0 }));
    const facts = await this.facts.find(tenantId, lotId);
    if (facts === undefined) throw notFound('lot');
    const item = { key, amount, bidderId, placedBy };
    const [answer] = await this.batcher.submit(`${tenantId}/${lotId}`, [item]);
    if (answer === undefined) throw notFound('lot');
    if (answer.isBarred && !(await this.hasBid(tenantId, bidderId, lotId))) throw notFound('lot');
    return bidView(facts.lot, accepted(answer.decision));
  }

  private async hasBid(tenantId: string, bidderId: string, lotId: string): Promise<boolean> {
    const bidOn = await this.database.within({ tenantId }, (tx) =>
      readLotsBidOn(tx, bidderId, [lotId]),
    );
    return bidOn.has(lotId);
  }

  private async write(place: string, items: readonly Item[], sent: () => void): Promise<Answer[]> {
    const [tenantId = '', lotId = ''] = place.split('/');
    const facts = await this.facts.find(tenantId, lotId);
    if (facts === undefined) throw notFound('lot');
    return inSpan('auction.batch', { 'mak.bids': items.length }, async () => {
      const { folded, answers, isSomebodyOutbid, isExtended } = await apart(() =>
        this.database.within({ tenantId }, async (tx) => {
          const folding = await this.fold(tx, tenantId, facts, items);
          sent();
          return folding;
        }),
      );
      try {
        await this.database.durable();
      } finally {
        // Also when the disk was not heard of: the bids are committed, and pages ask what is true.
        if (folded.bids.length > 0) this.bus.ring(LOTS_CHANNEL, lotsRing(tenantId, lotId));
        if (isExtended) this.bus.ring(OUTBOX_CHANNEL, tenantId);
        if (isSomebodyOutbid) this.bell.ring(auctionNotices, { tenantId });
      }
      this.count(items.length, answers);
      return answers;
    });
  }

  /**
   * Statements that do not need each other's answers travel together: a batch is two journeys to PostgreSQL, one that
   * takes the fence and reads, and one that writes and commits.
   */
  private async fold(
    tx: Transaction,
    tenantId: string,
    facts: LotFacts,
    items: readonly Item[],
  ): Promise<Written> {
    const { lot, sellsAtOnce } = facts;
    const isSealed = lot.terms.kind === 'sealed';
    const bidderIds = [...new Set(items.map(({ bidderId }) => bidderId))];
    tx.send(`SET LOCAL enable_seqscan = off; ${COMMIT_BEFORE_DISK}`);
    const [row, now, answered, books, rules, profiles, sealed] = await Promise.all([
      fenceLot(tx, tenantId, lot.id),
      readClock(tx),
      readAnswers(tx, lot.id, items),
      lockBooks(tx, tenantId, {
        currency: lot.currency,
        owners: sellsAtOnce ? [...bidderIds, lot.sellerId] : bidderIds,
        purpose: lot.id,
        withHolders: !isSealed,
      }),
      readRules(tx, tenantId),
      bidderProfiles(tx, tenantId, bidderIds),
      isSealed ? readLastBids(tx, lot.id, bidderIds) : [],
    ]);
    if (row === undefined) throw notFound('lot');
    const known = { rules: rules.rules, profiles, books };
    const standings = await standingsOf(tx, tenantId, facts, bidderIds, known);
    const before = stateOf(row, sealed);
    const offers = items.map(({ key, amount, bidderId }) => ({ key, amount, bidderId, at: now }));
    const folded = foldBids(lot, before, offers, standings, answered);
    const isExtended = announceExtended(tx, tenantId, lot.id, before, folded.state);
    await this.save(tx, tenantId, facts, items, folded, before, now);
    moveMoney(tx, tenantId, lot, folded.effects, books, now);
    const answers = folded.answers.map((decision, index) => {
      const standing = standings.get(items[index]?.bidderId ?? '');
      return { decision, isBarred: !decision.ok && standing?.barredBy !== null };
    });
    const isSomebodyOutbid = outbidIn(lot, before, folded).length > 0;
    return { folded, answers, isSomebodyOutbid, isExtended };
  }

  private async save(
    tx: Transaction,
    tenantId: string,
    { lot }: LotFacts,
    items: readonly Item[],
    { bids, state, answered }: BidsFolded,
    before: LotState,
    now: number,
  ): Promise<void> {
    const placedBy = new Map(items.map((item) => [answerKey(item), item.placedBy]));
    insertBids(tx, tenantId, lot.id, bids, placedBy);
    insertRefusals(tx, tenantId, lot.id, answered, now);
    if (bids.length > 0) saveState(tx, tenantId, lot.id, state);
    const { outcome } = state;
    if (outcome === null || before.outcome !== null) return;
    saveOutcome(tx, tenantId, lot.id, outcome, now);
    announceEnd(tx, tenantId, lot, state, outcome, now);
    if (outcome.kind === 'sold') await handOver(tx, tenantId, this.sales, lot, outcome, now);
  }

  private count(size: number, answers: readonly Answer[]): void {
    this.sizes.observe(size);
    const taken = answers.filter(({ decision }) => decision.ok).length;
    this.counted.inc({ answer: 'accepted' }, taken);
    this.counted.inc({ answer: 'refused' }, size - taken);
  }
}

/** People bid for their company. A client names the company that it bids for. */
function bidderOf({ kind, restrictedTo }: Principal, named: string | undefined): string {
  const isOther = named !== undefined && restrictedTo !== undefined && named !== restrictedTo;
  if (isOther) throw forbidden('You bid for your own company only.');
  const bidderId = restrictedTo ?? (kind === 'client' ? named : undefined);
  if (bidderId === undefined)
    throw forbidden(
      'Only partners and franchisees bid. A client names the one that it bids for in bidder_id.',
    );
  return bidderId;
}
