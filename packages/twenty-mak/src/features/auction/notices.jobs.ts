import { Inject, Injectable } from '@nestjs/common';
import { isLotVisible } from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { Letters } from '../../platform/mail/index.ts';
import type { LotNotice } from '../../platform/mail/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { bidderProfiles } from '../cabinets/index.ts';
import { rolesWhichMay } from '../roles/index.ts';
import { auctionNotices } from './auction.jobs.ts';
import { lotOf } from './lot-record.ts';
import { tellOfLots } from './market-records.repository.ts';
import type { ToldLot } from './market-records.repository.ts';
import {
  readAssigned,
  readBiddersSince,
  readFollowers,
  readFranchisees,
  readUntold,
  saveTold,
} from './notices.repository.ts';
import type { NoticeRow } from './notices.repository.ts';
import { membersById, peopleOf, sellersOf } from './people.ts';
import type { Member } from './people.ts';
import type { AuctionRules } from './rules.dto.ts';
import { readRules } from './rules.service.ts';
import { standingsOf } from './standings.ts';

interface Place {
  readonly tenantId: string;
}

type Told =
  | 'auction.lost'
  | 'auction.withdrawn'
  | 'auction.sold'
  | 'auction.unsold'
  | `auction.${LotNotice}`;

/** Lots of one transaction. */
const BATCH = 50;
const MINUTE = 60_000;
/** Leads that one notification names. */
const NAMED = 20;

/**
 * Tells people what happens to lots: a lot for them, outbid, ending soon, won, leads that they are given. What was told is
 * kept with the lot, so that it is told once. Of a lot whose price moves fast people hear of being outbid every ten seconds at most; pages see every price.
 */
@Injectable()
@HandlesJob(auctionNotices)
export class AuctionNotices implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Letters) private readonly letters: Letters,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM lot_notice WHERE NOT finished',
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    let more = true;
    while (more && !signal.aborted)
      more = await this.database.within({ tenantId }, async (tx) => {
        const { rules } = await readRules(tx, tenantId);
        const rows = await readUntold(tx, tenantId, rules.ending_soon_minutes, BATCH);
        for (const row of rows) await this.tell(tx, tenantId, rules, row);
        tellOfLots(tx, tenantId, rows.map(toldLot));
        return rows.length === BATCH;
      });
  }

  private async tell(
    tx: Transaction,
    tenantId: string,
    rules: AuctionRules,
    row: NoticeRow,
  ): Promise<void> {
    const isOver = row.outcome !== null;
    if (row.seq > row.told_seq && row.leader_id !== null) await this.outbid(tx, tenantId, row);
    if (isOver) await this.finished(tx, tenantId, row);
    else if (!row.offered) await this.offered(tx, tenantId, rules, row);
    // Who has just heard of a short lot need not hear that it ends soon.
    const isShort = row.planned_end - row.opens_at <= rules.ending_soon_minutes * MINUTE;
    if (!isOver && row.soon && !row.ending && !isShort) await this.ending(tx, tenantId, row);
    await saveTold(tx, row.id, {
      seq: row.seq,
      offered: row.offered || !isOver,
      ending: row.ending || row.soon,
      finished: isOver,
    });
  }

  private async outbid(tx: Transaction, tenantId: string, row: NoticeRow): Promise<void> {
    const bidders = await readBiddersSince(tx, row.id, row.told_seq);
    const outbid = bidders.map(({ bidderId }) => bidderId).filter((id) => id !== row.leader_id);
    // Who has lost by now is told that instead.
    if (row.outcome !== null) return;
    await this.send(tx, tenantId, row, 'auction.outbid', await peopleOf(tx, tenantId, outbid));
  }

  private async offered(
    tx: Transaction,
    tenantId: string,
    rules: AuctionRules,
    row: NoticeRow,
  ): Promise<void> {
    // Nobody is invited to what the role does not show.
    const roles = await rolesWhichMay(tx, tenantId, 'auction:bid');
    if (!roles.includes('franchisee')) return;
    const ids = await readFranchisees(tx, tenantId);
    const profiles = await bidderProfiles(tx, tenantId, ids);
    const facts = { lot: lotOf(row), cities: row.cities, niches: row.niches };
    const known = { rules, profiles, books: null };
    const standings = await standingsOf(tx, tenantId, facts, ids, known);
    const invited = ids.filter((id) => {
      const standing = standings.get(id);
      return standing !== undefined && isLotVisible(standing, false);
    });
    await this.send(tx, tenantId, row, 'auction.offered', await peopleOf(tx, tenantId, invited));
  }

  private async ending(tx: Transaction, tenantId: string, row: NoticeRow): Promise<void> {
    const bidders = await readBiddersSince(tx, row.id, 0);
    const people = [
      ...(await peopleOf(
        tx,
        tenantId,
        bidders.map(({ bidderId }) => bidderId),
      )),
      ...(await membersById(tx, tenantId, await readFollowers(tx, row.id))),
    ];
    const waiting = people.filter(({ companyId }) => companyId !== row.leader_id);
    await this.send(tx, tenantId, row, 'auction.ending', waiting);
  }

  private async finished(tx: Transaction, tenantId: string, row: NoticeRow): Promise<void> {
    const bidders = (await readBiddersSince(tx, row.id, 0)).map(({ bidderId }) => bidderId);
    const losers = bidders.filter((id) => id !== row.winner_id);
    const winners = row.winner_id === null ? [] : [row.winner_id];
    await this.send(tx, tenantId, row, 'auction.won', await peopleOf(tx, tenantId, winners));
    if (row.next_step === 'assign') await this.assigned(tx, tenantId, row);
    const isWithdrawn = row.outcome === 'withdrawn';
    const lost = isWithdrawn ? 'auction.withdrawn' : 'auction.lost';
    await this.send(tx, tenantId, row, lost, await peopleOf(tx, tenantId, losers));
    // Who has taken it back knows it.
    if (isWithdrawn && row.unsold_reason !== 'consent') return;
    const sellers = await sellersOf(tx, tenantId, { sellerId: row.seller_id, lotId: row.id });
    const kind = row.outcome === 'sold' ? 'auction.sold' : 'auction.unsold';
    await this.send(tx, tenantId, row, kind, sellers);
  }

  /** Who was given leads that nobody has bought hears of it: else they would lie unseen among the own ones. */
  private async assigned(tx: Transaction, tenantId: string, row: NoticeRow): Promise<void> {
    const byTaker = Map.groupBy(await readAssigned(tx, row.id), ({ to }) => to);
    for (const [to, leads] of byTaker) {
      const ids = leads.map(({ leadId }) => leadId);
      const given = { lot_id: row.id, lead_ids: ids.slice(0, NAMED), count: ids.length };
      const people = await peopleOf(tx, tenantId, [to]);
      await this.send(tx, tenantId, row, 'auction.assigned', people, given);
    }
  }

  private async send(
    tx: Transaction,
    tenantId: string,
    row: NoticeRow,
    kind: Told,
    people: readonly Member[],
    data: JsonObject = priceOf(row),
  ): Promise<void> {
    const once = [...new Map(people.map((person) => [person.id, person])).values()];
    await notify(
      tx,
      tenantId,
      once.map(({ id: accountId }) => ({ accountId, kind, dealId: null, data })),
    );
    const notice = LETTERS.get(kind);
    if (notice === undefined) return;
    await this.letters.writeAll(
      tx,
      once.map(({ email: to, name, locale }) => ({
        kind: 'lot' as const,
        to,
        name,
        locale,
        notice,
        lot: row.id,
      })),
    );
  }
}

function priceOf({ id, outcome, final_price: final, price, currency }: NoticeRow): JsonObject {
  return { lot_id: id, price: outcome === 'sold' ? final : price, currency };
}

/**
 * What other systems keep of a lot is told here and not where bids are taken, which nothing may slow down. The bid that led
 * until now leads no more; sealed bids are told of when all of them may be.
 */
function toldLot({ id, terms, outcome, seq, told_seq: toldSeq }: NoticeRow): ToldLot {
  if (terms.kind === 'sealed') return { id, firstBid: 1, lastBid: outcome === null ? 0 : seq };
  return { id, firstBid: Math.max(1, toldSeq), lastBid: seq };
}

/** What people hear by letter too. */
const LETTERS: ReadonlyMap<Told, LotNotice> = new Map([
  ['auction.offered', 'offered'],
  ['auction.outbid', 'outbid'],
  ['auction.ending', 'ending'],
  ['auction.won', 'won'],
  ['auction.assigned', 'assigned'],
]);
