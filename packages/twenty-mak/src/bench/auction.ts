import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { faultsOf, isInRealTime } from './auction-check.ts';
import type { Answered } from './auction-check.ts';
import { connectOwner, openBidders, openLot } from './auction-place.ts';
import type { BiddingTenant } from './auction-place.ts';
import { BID_TABLES } from './bid-scripts.ts';
import { bidFor } from './bids.ts';
import { inTurns } from './frame.ts';
import type { BenchPlace } from './frame.ts';

const CONNECTIONS = 100;
const ROUNDS = 5;
const BIDS = 10_000;
/** Of the arm that locks for every bid, which is many times slower. */
const LOCKED_BIDS = 1_500;
const LONG = 600_000;

/** Bids a second that count, durable, on one lot over 100 connections ÷ the same as a script of a Redis that keeps nothing. */
export function auctionRatios(place: BenchPlace): Promise<number[]> {
  return withOthers(place, CONNECTIONS, async (owner, tenant, url) => {
    const redis = new Redis(place.redisUrl);
    await redis.config('SET', 'appendonly', 'no');
    await redis.config('SET', 'save', '');
    try {
      const product = () => bids(place, owner, tenant, BIDS);
      const script = async (): Promise<number> => {
        const lot = crypto.randomUUID();
        await seedScript(redis, lot, tenant.bidders);
        return rateOf(await bidFor({ url, path: `/script/${lot}`, ...load(tenant, BIDS) }));
      };
      await product();
      await script();
      return await inTurns(ROUNDS, product, script, place.log);
    } finally {
      redis.disconnect();
    }
  });
}

/** The same ÷ one `SELECT … FOR UPDATE` and one commit a bid. */
export function auctionNaiveRatios(place: BenchPlace): Promise<number[]> {
  return withOthers(place, CONNECTIONS, async (owner, tenant, url) => {
    const product = () => bids(place, owner, tenant, BIDS);
    const lock = async (): Promise<number> => {
      const lot = crypto.randomUUID();
      await owner.query(
        "INSERT INTO bench_lot VALUES ($1, 0, NULL, 0, now() + interval '1 hour')",
        [lot],
      );
      return rateOf(await bidFor({ url, path: `/lock/${lot}`, ...load(tenant, LOCKED_BIDS) }));
    };
    await product();
    await lock();
    return inTurns(ROUNDS, product, lock, place.log);
  });
}

/** Bids a second with 1,000 bidders ÷ with one, who raises the own bid. */
export async function auctionBiddersRatios(place: BenchPlace): Promise<number[]> {
  const owner = await connectOwner(place);
  try {
    const tenant = await openBidders(place, owner, 1_000);
    const one = { ...tenant, bidders: tenant.bidders.slice(0, 1) };
    const many = () => bids(place, owner, tenant, BIDS);
    const single = () => bids(place, owner, one, BIDS);
    await many();
    await single();
    return await inTurns(ROUNDS, many, single, place.log);
  } finally {
    await owner.end();
  }
}

/** Bids that were accepted at or after the end, while 100 connections go on bidding beyond it. One count a round. */
export async function auctionLateRatios(place: BenchPlace): Promise<number[]> {
  const owner = await connectOwner(place);
  try {
    const tenant = await openBidders(place, owner, CONNECTIONS);
    const counts: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, endsAt } = await openLot(place, tenant, 2_000);
      const deadline = endsAt + 1_000;
      const answered = await bidFor({
        ...way(place, tenant, id),
        ...load(tenant, BIDS * 10),
        until: deadline,
      });
      await closed(owner, id);
      await assertRight(owner, tenant, id, answered.accepted);
      const { rows } = await owner.query<{ late: number; taken: number }>(
        `SELECT count(*) FILTER (WHERE at >= lot.planned_end OR at >= lot.closed_at)::int AS late, count(*)::int AS taken
         FROM bid JOIN lot ON lot.id = bid.lot_id WHERE lot.id = $1`,
        [id],
      );
      const { late = 0, taken = 0 } = rows[0] ?? {};
      place.log(
        `round ${round + 1}: ${taken} bids taken, ${answered.refused} refused, ${late} late`,
      );
      if (answered.refused === 0) throw new Error('nothing was sent after the end');
      counts.push(late);
    }
    return counts;
  } finally {
    await owner.end();
  }
}

const LOTS = 100;
const APART = 30;

/** How late lots are closed, p99 ÷ how late a timer of an idle process goes off in the same time, p99. */
export async function auctionClosingRatios(place: BenchPlace): Promise<number[]> {
  const owner = await connectOwner(place);
  try {
    const tenant = await openBidders(place, owner, 1);
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = Date.now();
      const lots = [];
      for (let index = 0; index < LOTS; index += 1)
        lots.push(await openLot(place, tenant, 15_000 + begin - Date.now() + index * APART));
      const timers = await Promise.all(lots.map(({ endsAt }) => lateness(endsAt)));
      await Promise.all(lots.map(({ id }) => closed(owner, id)));
      const { rows } = await owner.query<{ late: number }>(
        `SELECT (extract(epoch FROM closed_at - ends_at) * 1000)::float8 AS late FROM lot WHERE id = ANY ($1::uuid[])`,
        [lots.map(({ id }) => id)],
      );
      // The ledger's clock drops parts of a millisecond: the most that it can have been.
      const close = p99(rows.map(({ late }) => late + 1));
      const timer = p99(timers);
      place.log(`round ${round + 1}: ${close.toFixed(1)} ÷ ${timer.toFixed(1)} ms`);
      ratios.push(close / timer);
    }
    return ratios;
  } finally {
    await owner.end();
  }
}

/** By the clock and with the allowance of a lot's end: whole milliseconds, the most that it can have been. */
async function lateness(at: number): Promise<number> {
  await sleep(at - Date.now());
  return Date.now() + 1 - at;
}

/** Rate of one round of the product, on a new lot; what it has written is checked. */
async function bids(
  place: BenchPlace,
  owner: pg.Client,
  tenant: BiddingTenant,
  count: number,
): Promise<number> {
  const { id } = await openLot(place, tenant, LONG);
  const answered = await bidFor({ ...way(place, tenant, id), ...load(tenant, count) });
  await assertRight(owner, tenant, id, answered.accepted);
  return rateOf(answered);
}

function way(place: BenchPlace, { apiKey }: BiddingTenant, lot: string) {
  const headers = { authorization: `Bearer ${apiKey}` };
  return { url: place.url, path: `/v1/lots/${lot}/bids`, headers };
}

function load({ bidders }: BiddingTenant, count: number) {
  return { bidders, count, connections: CONNECTIONS };
}

function rateOf({ accepted, seconds }: { accepted: readonly Answered[]; seconds: number }): number {
  return accepted.length / seconds;
}

async function assertRight(
  owner: pg.Client,
  { id: tenantId }: BiddingTenant,
  lot: string,
  accepted: readonly Answered[],
): Promise<void> {
  const read = async <Row extends object>(sql: string, values: readonly unknown[]) =>
    (await owner.query<Row>(sql, [...values])).rows;
  const faults = await faultsOf(read, tenantId, lot);
  const stored = await read<{ seq: number }>('SELECT seq FROM bid WHERE lot_id = $1', [lot]);
  if (stored.length !== accepted.length)
    throw new Error(`${accepted.length} bids were accepted and ${stored.length} are stored`);
  if (!isInRealTime(accepted)) throw new Error('the order of bids is not that of real time');
  if (faults.length > 0) throw new Error(faults.join('; '));
}

async function closed(owner: pg.Client, lot: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { rowCount } = await owner.query(
      'SELECT 1 FROM lot WHERE id = $1 AND outcome IS NOT NULL',
      [lot],
    );
    if (rowCount === 1) return;
    await sleep(100);
  }
  throw new Error('a lot was not closed within half a minute of its end');
}

async function seedScript(redis: Redis, lot: string, bidders: readonly string[]): Promise<void> {
  await redis.hset(`bench:lot:${lot}`, {
    price: 0,
    leader: '',
    seq: 0,
    ends_at: Date.now() + LONG,
  });
  const wallets = bidders.flatMap((id) => [`b/${id}`, 1e12, `h/${id}`, 0]);
  await redis.hset(`bench:lot:${lot}:wallets`, ...wallets);
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((one, two) => one - two);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}

/** Runs `work` beside a server with the other arms. */
async function withOthers(
  place: BenchPlace,
  bidders: number,
  work: (owner: pg.Client, tenant: BiddingTenant, url: string) => Promise<number[]>,
): Promise<number[]> {
  const owner = await connectOwner(place);
  const others = spawn(process.execPath, [join(import.meta.dirname, 'bid-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [url] = (await once(createInterface(others.stdout), 'line')) as [string];
    await owner.query(BID_TABLES);
    const tenant = await openBidders(place, owner, bidders);
    await owner.query(
      'INSERT INTO bench_wallet SELECT *, 1000000000000, 0 FROM unnest($1::text[])',
      [tenant.bidders],
    );
    return await work(owner, tenant, url);
  } finally {
    others.kill();
    await owner.query('DROP TABLE IF EXISTS bench_bid, bench_lot, bench_wallet');
    await owner.end();
  }
}
