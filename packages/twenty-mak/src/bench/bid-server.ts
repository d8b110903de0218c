import { Body, Controller, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';
import pg from 'pg';
import { BID_SCRIPT } from './bid-scripts.ts';

const POOL = Symbol('Pool');
const REDIS = Symbol('Redis');

interface RawBid {
  readonly key: string;
  readonly amount: number;
  readonly bidder_id: string;
}

interface RawAnswer {
  readonly seq: number | null;
  readonly code: string | null;
}

type Script = Redis & { bid?: (...values: string[]) => Promise<string> };

/** The other arms of the auction benchmark behind the same HTTP server: a script of Redis, and a lock a bid. */
@Controller()
class BidController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(REDIS) private readonly redis: Script,
  ) {}

  @Post('script/:lot')
  @HttpCode(200)
  async script(
    @Param('lot') lot: string,
    @Body() { key, amount, bidder_id }: RawBid,
  ): Promise<RawAnswer> {
    const names = ['', ':answers', ':wallets', ':bids'].map((part) => `bench:lot:${lot}${part}`);
    const answer = (await this.redis.bid?.(...names, lot, bidder_id, key, String(amount))) ?? '';
    return /^\d+$/.test(answer) ? { seq: Number(answer), code: null } : { seq: null, code: answer };
  }

  @Post('lock/:lot')
  @HttpCode(200)
  async lock(
    @Param('lot') lot: string,
    @Body() { key, amount, bidder_id }: RawBid,
  ): Promise<RawAnswer> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const answer = await bid(client, lot, bidder_id, key, amount);
      await client.query('COMMIT');
      return answer;
    } finally {
      client.release();
    }
  }
}

async function bid(
  client: pg.PoolClient,
  lot: string,
  bidder: string,
  key: string,
  amount: number,
): Promise<RawAnswer> {
  const { rows } = await client.query<{ price: string; leader: string | null; seq: number }>(
    'SELECT price, leader, seq FROM bench_lot WHERE id = $1 AND ends_at > now() FOR UPDATE',
    [lot],
  );
  const [now] = rows;
  if (now === undefined) return { seq: null, code: 'lot_ended' };
  if (amount < Number(now.price) + 1) return { seq: null, code: 'bid_too_low' };
  const held = await client.query(
    'UPDATE bench_wallet SET held = held + $2 WHERE id = $1 AND balance - held >= $2',
    [bidder, amount - (now.leader === bidder ? Number(now.price) : 0)],
  );
  if (held.rowCount === 0) return { seq: null, code: 'insufficient_funds' };
  if (now.leader !== null && now.leader !== bidder)
    await client.query('UPDATE bench_wallet SET held = held - $2 WHERE id = $1', [
      now.leader,
      now.price,
    ]);
  const seq = now.seq + 1;
  await client.query('UPDATE bench_lot SET price = $2, leader = $3, seq = $4 WHERE id = $1', [
    lot,
    amount,
    bidder,
    seq,
  ]);
  await client.query('INSERT INTO bench_bid VALUES ($1, $2, $3, $4, $5, clock_timestamp())', [
    lot,
    seq,
    bidder,
    key,
    amount,
  ]);
  return { seq, code: null };
}

@Module({
  controllers: [BidController],
  providers: [
    {
      provide: POOL,
      useFactory: () => new pg.Pool({ connectionString: process.env['PG_DATABASE_URL'], max: 16 }),
    },
    {
      provide: REDIS,
      useFactory: () => {
        const redis = new Redis(process.env['REDIS_URL'] ?? '');
        redis.defineCommand('bid', { numberOfKeys: 4, lua: BID_SCRIPT });
        return redis;
      },
    },
  ],
})
class BidModule {}

const app = await NestFactory.create<NestFastifyApplication>(BidModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${await app.getUrl()}\n`);
