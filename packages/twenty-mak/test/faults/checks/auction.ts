import { faultsOfLot, faultsOfMoney, isInRealTime } from '../../../src/bench/auction-check.ts';
import type { SentBid } from '../bidding.ts';
import type { Market } from '../market.ts';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { groupBy } from './canonical.ts';
import type { OutboxRow } from './outbox.ts';
import { checkReturns } from './returns.ts';
import type { ReturnRow } from './returns.ts';

interface LotRow {
  readonly id: string;
  readonly seller_id: string;
  readonly relist_of: string | null;
  readonly next_step: string | null;
  readonly sells_at_once: boolean;
  readonly ends_at: number;
  readonly extensions: number;
  readonly closed_at: number | null;
  readonly outcome: string | null;
  readonly winner_id: string | null;
  readonly final_price: number | null;
}

interface BidRow {
  readonly lot_id: string;
  readonly seq: number;
  readonly bidder_id: string;
  readonly key: string;
  readonly offered: number;
  readonly amount: number;
}

/** What the market has come to. */
export interface MarketFigures {
  /** Acknowledged. */
  readonly bids: number;
  readonly lots: number;
  readonly closed: number;
  /** Closed more than a second after their end: what had to do it was away. */
  readonly closedLate: number;
  /** Leads that were given back. */
  readonly returned: number;
}

/** Longer than a close takes whose worker is there. */
const LATE_MS = 1_000;

/** Lots, bids, money and leads are what was acknowledged and what the rules make of it. Every lot whose end has come is closed. */
export async function checkMarket(
  store: Store,
  market: Market,
  rows: readonly OutboxRow[],
  report: Report,
): Promise<MarketFigures> {
  const lots = await store.rows<LotRow>(
    `SELECT id, seller_id, relist_of, next_step, sells_at_once, ends_at, extensions, closed_at, outcome, winner_id, final_price
     FROM lot WHERE tenant_id = $1`,
  );
  const bids = await store.rows<BidRow>(
    'SELECT lot_id, seq, bidder_id, key, offered, amount FROM bid WHERE tenant_id = $1',
  );
  checkLots(lots, market, report);
  checkBids(lots, bids, market, report);
  const read = <Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> =>
    store.read<Row>(sql, values);
  for (const { id } of lots)
    for (const fault of await faultsOfLot(read, store.tenantId, id))
      report.expect(
        false,
        /^(held|paid)/.test(fault) ? 'money' : 'auction',
        () => `${id}: ${fault}`,
      );
  for (const fault of await faultsOfMoney(read, store.tenantId))
    report.expect(false, 'money', () => fault);
  report.checks += lots.length;
  const returns = await checkReturns(store, market.returning, report);
  const returned = returns.filter(({ verdict }) => verdict === 'accepted');
  await checkWallets(store, lots, returned, market, report);
  await checkLeads(store, report);
  await checkTold(store, lots, report);
  checkLotEvents(rows, lots, returned, report);
  const closed = lots.filter(({ outcome }) => outcome !== null);
  return {
    bids: market.bidding.bids.filter(({ accepted }) => accepted !== null).length,
    lots: lots.length,
    returned: returned.length,
    closed: closed.length,
    closedLate: closed.filter(
      ({ sells_at_once: early, closed_at, ends_at }) =>
        !early && (closed_at ?? 0) > ends_at + LATE_MS,
    ).length,
  };
}

function checkLots(lots: readonly LotRow[], market: Market, report: Report): void {
  const known = new Set(lots.map(({ id }) => id));
  for (const id of market.lots) report.expect(known.has(id), 'lost', () => `lot ${id}`);
  const children = groupBy(
    lots.filter(({ relist_of }) => relist_of !== null),
    ({ relist_of }) => relist_of ?? '',
  );
  const now = Date.now();
  for (const lot of lots) {
    const { id, outcome, closed_at, ends_at, sells_at_once: early } = lot;
    if (lot.relist_of === null)
      report.expect(market.lots.has(id), 'twice', () => `nobody was told of lot ${id}`);
    report.expect(
      outcome !== null || ends_at > now,
      'auction',
      () => `${id} ended at ${ends_at} and is not closed`,
    );
    report.expect(
      outcome === null || (early && outcome === 'sold') || (closed_at ?? 0) >= ends_at,
      'auction',
      () => `${id} was closed at ${closed_at}, before its end at ${ends_at}`,
    );
    const again = children.get(id)?.length ?? 0;
    const expected = lot.next_step === 'relist' ? 1 : 0;
    report.expect(
      again === expected,
      again > expected ? 'twice' : 'auction',
      () => `${id} (${outcome}, ${lot.next_step}) was offered again ${again} times`,
    );
  }
}

/** What was acknowledged counts, once, as it was sent, in the order of real time, and before the end. */
function checkBids(
  lots: readonly LotRow[],
  rows: readonly BidRow[],
  market: Market,
  report: Report,
): void {
  const lotOf = new Map(lots.map((lot) => [lot.id, lot]));
  const kept = groupBy(rows, ({ lot_id, bidder_id, key }) => `${lot_id} ${bidder_id} ${key}`);
  const nameOf = ({ lotId, bidderId, key }: SentBid): string => `${lotId} ${bidderId} ${key}`;
  const times = new Map<string, { sent: number; answered: number; seq: number }[]>();
  for (const bid of market.bidding.bids) {
    const found = kept.get(nameOf(bid)) ?? [];
    kept.delete(nameOf(bid));
    const [row] = found;
    const { accepted, refused, amount, sentAt, sent, answered, lotId } = bid;
    report.expect(found.length <= 1, 'twice', () => `bid ${nameOf(bid)}: ${found.length} times`);
    report.expect(
      row === undefined || refused === null,
      'twice',
      () => `bid ${nameOf(bid)} was refused (${refused}) and counts`,
    );
    if (accepted !== null)
      report.expect(
        row?.offered === amount &&
          row.amount === accepted.amount &&
          (accepted.seq === null || accepted.seq === row.seq),
        'lost',
        () => `bid ${nameOf(bid)} is kept as ${JSON.stringify(row)}`,
      );
    if (row === undefined) continue;
    const lot = lotOf.get(lotId);
    const end = Math.min(lot?.ends_at ?? 0, lot?.closed_at ?? Number.POSITIVE_INFINITY);
    // The database cuts off parts of a millisecond.
    report.expect(
      sentAt <= end,
      'auction',
      () => `bid ${nameOf(bid)} was sent at ${sentAt} and counts; the end was at ${end}`,
    );
    times.set(lotId, [...(times.get(lotId) ?? []), { sent, answered, seq: row.seq }]);
  }
  for (const name of kept.keys()) report.expect(false, 'twice', () => `nobody sent bid ${name}`);
  for (const [lotId, list] of times)
    report.expect(
      isInRealTime(list),
      'auction',
      () => `the numbers of the bids of ${lotId} do not follow real time`,
    );
}

/** What everybody has, counted anew from payments, prices and returns, not from the ledger. */
async function checkWallets(
  store: Store,
  lots: readonly LotRow[],
  returned: readonly ReturnRow[],
  { payments }: Market,
  report: Report,
): Promise<void> {
  const entries = await store.rows<{ id: string }>(
    "SELECT id FROM wallet_entry WHERE tenant_id = $1 AND kind = 'top_up'",
  );
  const expected = new Map<string, number>();
  const add = (owner: string, amount: number): void =>
    void expected.set(owner, (expected.get(owner) ?? 0) + amount);
  for (const [reference, { companyId, amount, acknowledged }] of payments) {
    const times = entries.filter(({ id }) => id.endsWith(`/${reference}`)).length;
    report.expect(times > 0 || !acknowledged, 'lost', () => `payment ${reference}`);
    report.expect(times <= 1, 'twice', () => `payment ${reference} is there ${times} times`);
    if (times > 0) add(companyId, amount);
  }
  for (const { outcome, winner_id: winner, seller_id: seller, final_price: price } of lots) {
    if (outcome !== 'sold') continue;
    add(winner ?? '', -(price ?? 0));
    add(seller, price ?? 0);
  }
  for (const { buyer_id: buyer, seller_id: seller, price } of returned) {
    add(buyer, price);
    add(seller, -price);
  }
  const wallets = await store.rows<{ owner_id: string; balance: number }>(
    "SELECT owner_id, balance FROM wallet_account WHERE tenant_id = $1 AND kind = 'wallet'",
  );
  for (const { owner_id: owner, balance } of wallets)
    report.expect(
      balance === (expected.get(owner) ?? 0),
      'money',
      () => `${owner} has ${balance} and should have ${expected.get(owner) ?? 0}`,
    );
}

/** Who won a lot has its leads but for those that came back, and nobody else; what was sold is sold once. */
async function checkLeads(store: Store, report: Report): Promise<void> {
  const wrong = await store.rows<{ id: string; kind: string; sold: number; fits: boolean }>(
    `SELECT lead.id, lead.kind, count(lot.id) FILTER (WHERE lot.outcome = 'sold') AS sold,
       bool_or(lot.outcome = 'sold' AND lot.winner_id = lead.buyer_id) AS fits
     FROM lead JOIN lot_lead l ON l.lead_id = lead.id JOIN lot ON lot.id = l.lot_id
     WHERE lead.tenant_id = $1
       AND NOT EXISTS (SELECT FROM lead_return r WHERE r.lead_id = lead.id AND r.verdict = 'accepted')
     GROUP BY lead.id
     HAVING count(lot.id) FILTER (WHERE lot.outcome = 'sold') > 1
       OR (lead.buyer_id IS NOT NULL OR lead.kind = 'sold' OR count(lot.id) FILTER (WHERE lot.outcome = 'sold') > 0)
         AND NOT (lead.kind = 'sold' AND coalesce(bool_or(lot.outcome = 'sold' AND lot.winner_id = lead.buyer_id), false))
       OR (lead.kind = 'auction') <> bool_or(lot.outcome IS NULL)`,
  );
  report.checks += 1;
  for (const lead of wrong)
    report.expect(lead.sold <= 1, 'twice', () => `lead ${lead.id} was sold ${lead.sold} times`);
  for (const lead of wrong)
    report.expect(false, 'auction', () => `lead ${JSON.stringify(lead)} does not fit its lots`);
}

/** What the world was told of each lot is its story: listed, each move of the end, how it ended, what came back. */
function checkLotEvents(
  rows: readonly OutboxRow[],
  lots: readonly LotRow[],
  returned: readonly ReturnRow[],
  report: Report,
): void {
  const told = groupBy(
    rows.filter(({ type }) => type.startsWith('auction.')),
    ({ deal_id: id }) => id,
  );
  for (const { id, outcome, extensions } of lots) {
    const events = told.get(id) ?? [];
    const versions = events.map(({ deal_version: version }) => version);
    const types = events.map(({ type }) => type.replace('auction.lot.', ''));
    const ends = outcome === null ? [] : [outcome];
    // Several moves of one batch of bids are told as one.
    const moves = types.filter((type) => type === 'extended');
    const back = returned.filter(({ lot_id: lot }) => lot === id).map(() => 'returned');
    const wanted = ['listed', ...moves, ...ends, ...back];
    const last = 1 + extensions + ends.length + back.length;
    report.expect(
      types.join() === wanted.join() &&
        versions.at(-1) === last &&
        versions.every((version, index) => version > (versions[index - 1] ?? 0)),
      'outbox',
      () => `${id} (${outcome}, ${extensions} times extended): ${types.join()} ${versions.join()}`,
    );
    told.delete(id);
  }
  report.expect(told.size === 0, 'outbox', () => `nobody knows lots ${[...told.keys()].join()}`);
}

/** Who has won is told so once. */
async function checkTold(store: Store, lots: readonly LotRow[], report: Report): Promise<void> {
  const told = await store.rows<{ lot: string; account_id: string }>(
    "SELECT data ->> 'lot_id' AS lot, account_id FROM notification WHERE tenant_id = $1 AND kind = 'auction.won'",
  );
  const byLot = groupBy(told, ({ lot }) => lot);
  for (const { id, outcome, winner_id: winner } of lots) {
    const found = (byLot.get(id) ?? []).map(({ account_id: account }) => account);
    const wanted = outcome === 'sold' ? [winner ?? ''] : [];
    report.expect(
      found.join() === wanted.join(),
      found.length > wanted.length ? 'twice' : 'lost',
      () => `${id} (${outcome}): told of winning were ${found.join()}, not ${wanted.join()}`,
    );
  }
}

/** The short look after each round: bids that were accepted since the last one are there now. */
export async function checkFreshBids(
  store: Store,
  bids: readonly SentBid[],
  report: Report,
): Promise<void> {
  const missing = await store.rows<{ key: string }>(
    `SELECT sent.key FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS sent (lot, bidder, key)
     WHERE NOT EXISTS (SELECT FROM bid b WHERE b.tenant_id = $1 AND b.lot_id = lot AND b.bidder_id = bidder AND b.key = sent.key)`,
    bids.map(({ lotId }) => lotId),
    bids.map(({ bidderId }) => bidderId),
    bids.map(({ key }) => key),
  );
  report.expect(missing.length === 0, 'lost', () => `bids ${missing.map(({ key }) => key).join()}`);
  report.checks += bids.length;
}
