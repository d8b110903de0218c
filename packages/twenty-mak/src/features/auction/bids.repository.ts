import { accept, answerKey, refuse } from 'twenty-mak-domain';
import type { Answered, Bid, Instant, LotState, Offer } from 'twenty-mak-domain';
import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { STATE } from './lot-record.ts';
import type { StateRow } from './lot-record.ts';

interface BidRow {
  readonly seq: number;
  readonly key: string;
  readonly bidder_id: string;
  readonly offered: number;
  readonly amount: number;
  readonly at: Instant;
  readonly ends_at: Instant;
  readonly extensions: number;
}

const BID = 'seq, key, bidder_id, offered, amount, at, ends_at, extensions';

function bidOf({ bidder_id: bidderId, ends_at: endsAt, ...row }: BidRow): Bid {
  return { ...row, bidderId, endsAt };
}

/**
 * The fence of a lot: whoever has it is the lot's one writer until the transaction ends. Take it first and read
 * everything else after it, above all the clock.
 */
export async function fenceLot(
  tx: Transaction,
  tenantId: string,
  lotId: string,
): Promise<StateRow | undefined> {
  const [row] = await tx.query<StateRow>(
    `SELECT ${STATE} FROM lot WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [tenantId, lotId],
    'lot.fence',
  );
  return row;
}

/** The database's clock; parts of a millisecond are cut off, so that nothing counts as later than it was. */
export async function readClock(tx: Transaction): Promise<Instant> {
  const [row] = await tx.query<{ now: Instant }>(
    "SELECT date_trunc('milliseconds', clock_timestamp()) AS now",
    [],
    'auction.clock',
  );
  return row?.now ?? 0;
}

type Keyed = Pick<Offer, 'bidderId' | 'key'>;

/** The answers that were given to these keys before; each is one descent of an index, however many bids there are. */
export async function readAnswers(
  tx: Transaction,
  lotId: string,
  offers: readonly Keyed[],
): Promise<ReadonlyMap<string, Answered>> {
  const keys = [
    lotId,
    plainArray(offers.map(({ bidderId }) => bidderId)),
    textArray(offers.map(({ key }) => key)),
  ];
  const [taken, refused] = await Promise.all([
    tx.query<BidRow>(
      `SELECT known.* FROM unnest($2::uuid[], $3::text[]) AS sent (bidder, sent_key)
       CROSS JOIN LATERAL (
         SELECT ${BID} FROM bid WHERE bidder_id = bidder AND lot_id = $1 AND key = sent_key LIMIT 1) AS known`,
      keys,
      'bid.taken',
    ),
    tx.query<RefusedRow>(
      `SELECT known.* FROM unnest($2::uuid[], $3::text[]) AS sent (bidder, sent_key)
       CROSS JOIN LATERAL (
         SELECT bidder_id, key, amount, code, reason, field FROM bid_answer
         WHERE bidder_id = bidder AND lot_id = $1 AND key = sent_key LIMIT 1) AS known`,
      keys,
      'bid.refused',
    ),
  ]);
  return new Map([
    ...taken.map(bidOf).map((bid): [string, Answered] => {
      return [answerKey(bid), { amount: bid.offered, answer: accept(bid) }];
    }),
    ...refused.map(({ bidder_id: bidderId, key, amount, ...refusal }): [string, Answered] => {
      const answer = refuse(refusal.code, refusal.reason, refusal.field ?? undefined);
      return [answerKey({ bidderId, key }), { amount, answer }];
    }),
  ]);
}

interface RefusedRow {
  readonly bidder_id: string;
  readonly key: string;
  readonly amount: number;
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
}

/** The last bid of each of these bidders; of everybody when none are named. */
export async function readLastBids(
  tx: Transaction,
  lotId: string,
  bidderIds: readonly string[] | null,
): Promise<Bid[]> {
  const rows = await tx.query<BidRow>(
    `SELECT DISTINCT ON (bidder_id) ${BID} FROM bid
     WHERE lot_id = $1 AND ($2::uuid[] IS NULL OR bidder_id = ANY ($2))
     ORDER BY bidder_id, seq DESC`,
    [lotId, bidderIds === null ? null : plainArray(bidderIds)],
  );
  return rows.map(bidOf);
}

/** Bids of a lot, the last first, before `before`; each bidder with its number in the order of first bids. */
export async function readHistory(
  tx: Transaction,
  lotId: string,
  before: number | null,
  limit: number,
): Promise<(Bid & { readonly bidder: number })[]> {
  const rows = await tx.query<BidRow & { bidder: number }>(
    `WITH newcomer AS (
       SELECT bidder_id, row_number() OVER (ORDER BY min(seq)) AS bidder FROM bid WHERE lot_id = $1 GROUP BY bidder_id)
     SELECT ${BID.replace('bidder_id', 'bid.bidder_id')}, newcomer.bidder
     FROM bid JOIN newcomer ON newcomer.bidder_id = bid.bidder_id
     WHERE lot_id = $1 AND ($2::integer IS NULL OR seq < $2) ORDER BY seq DESC LIMIT $3`,
    [lotId, before, limit],
  );
  return rows.map((row) => ({ ...bidOf(row), bidder: row.bidder }));
}

/** All bids of a lot after the one with number `after`, in their order. */
export async function readBids(tx: Transaction, lotId: string, after: number): Promise<Bid[]> {
  const rows = await tx.query<BidRow>(
    `SELECT ${BID} FROM bid WHERE lot_id = $1 AND seq > $2 ORDER BY seq`,
    [lotId, after],
  );
  return rows.map(bidOf);
}

/** Which of these lots somebody has bid on. */
export async function readLotsBidOn(
  tx: Transaction,
  bidderId: string,
  lotIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ lot_id: string }>(
    `SELECT id AS lot_id FROM unnest($2::uuid[]) AS wanted (id)
     WHERE EXISTS (SELECT FROM bid WHERE bidder_id = $1 AND lot_id = id)`,
    [bidderId, plainArray(lotIds)],
  );
  return new Set(rows.map(({ lot_id }) => lot_id));
}

/** Writes bids; `placedBy` says who sent each, by `answerKey`. */
export function insertBids(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  bids: readonly Bid[],
  placedBy: ReadonlyMap<string, string>,
): void {
  if (bids.length === 0) return;
  tx.send(
    `INSERT INTO bid (tenant_id, lot_id, seq, bidder_id, key, offered, amount, at, ends_at, extensions, placed_by)
     SELECT $1, $2, * FROM unnest($3::integer[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::timestamptz[],
       $9::timestamptz[], $10::integer[], $11::uuid[])`,
    [
      tenantId,
      lotId,
      plainArray(bids.map(({ seq }) => seq)),
      plainArray(bids.map(({ bidderId }) => bidderId)),
      textArray(bids.map(({ key }) => key)),
      plainArray(bids.map(({ offered }) => offered)),
      plainArray(bids.map(({ amount }) => amount)),
      timeArray(bids.map(({ at }) => at)),
      timeArray(bids.map(({ endsAt }) => endsAt)),
      plainArray(bids.map(({ extensions }) => extensions)),
      plainArray(bids.map((bid) => placedBy.get(answerKey(bid)) ?? bid.bidderId)),
    ],
    'bid.insert',
  );
}

/** Keeps the refusals among answers that were given for the first time. */
export function insertRefusals(
  tx: Transaction,
  tenantId: string,
  lotId: string,
  answered: ReadonlyMap<string, Answered>,
  at: Instant,
): void {
  const refused = [...answered].flatMap(([key, { amount, answer }]) => {
    const [bidderId = '', sent = ''] = key.split('\n');
    return answer.ok ? [] : [{ bidderId, key: sent, amount, ...answer.refusal }];
  });
  if (refused.length === 0) return;
  tx.send(
    `INSERT INTO bid_answer (tenant_id, lot_id, bidder_id, key, amount, code, reason, field, at)
     SELECT $1, $2, *, $9 FROM unnest($3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])`,
    [
      tenantId,
      lotId,
      plainArray(refused.map(({ bidderId }) => bidderId)),
      textArray(refused.map(({ key }) => key)),
      plainArray(refused.map(({ amount }) => amount)),
      textArray(refused.map(({ code }) => code)),
      textArray(refused.map(({ reason }) => reason)),
      textArray(refused.map(({ field }) => field ?? null)),
      new Date(at),
    ],
    'bid_answer.insert',
  );
}

/** Writes the state that bids have left. */
export function saveState(tx: Transaction, tenantId: string, lotId: string, state: LotState): void {
  const { seq, lastAt, endsAt, extensions, leader } = state;
  tx.send(
    `UPDATE lot SET seq = $3, last_at = $4, ends_at = $5, extensions = $6, leader_id = $7, price = $8
     WHERE tenant_id = $1 AND id = $2`,
    [
      tenantId,
      lotId,
      seq,
      new Date(lastAt),
      new Date(endsAt),
      extensions,
      leader?.bidderId ?? null,
      leader?.amount ?? null,
    ],
    'lot.state',
  );
}
