import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Metrics } from '../observability/metrics.ts';
import { LocalBucket } from './local-bucket.ts';
import { PAUSE_BUCKET, TOKEN_BUCKET } from './token-bucket.lua.ts';

export interface Budget {
  /** Tokens that a full bucket holds. */
  readonly burst: number;
  /** Tokens that flow in, per second; may be a fraction. */
  readonly perSecond: number;
  /**
   * What a bucket that Redis does not know is taken for. `spent` for limits of somebody else's system, which must hold
   * also after Redis was emptied; `full` (the default) for our own, where it would refuse every first request. The name of a
   * bucket of somebody else's limit begins with that system and a colon.
   */
  readonly unknown?: 'full' | 'spent';
  /** Tokens that are left for who is in a greater hurry; less than the burst. Default 0. */
  readonly leaves?: number;
  /**
   * `whole`: only whole tokens flow in, and what has flowed of one is lost when another is taken, as twenty's own buckets
   * have it. Default: every part of one counts.
   */
  readonly flow?: 'whole' | 'parts';
}

export interface Grant {
  readonly given: number;
  /** Milliseconds until the next token; 0 when some were given. */
  readonly waitMs: number;
}

interface Lease {
  tokens: number;
  /** A renewal under way, so that a crowd of requests asks once. */
  renewal: Promise<Grant> | undefined;
}

/** Names that are remembered; more are forgotten all at once, which costs nothing but a question to Redis. */
const MAX_NAMES = 20_000;
/** A lease is this part of the burst: small enough to be fair among processes, large enough to ask Redis seldom. */
const LEASE_PART = 20;
/** Milliseconds. */
const REDIS_TIMEOUT = 250;
const WITHOUT_REDIS = 1_000;
/** The shortest and the longest pause, in milliseconds. */
const PAUSES = [1_000, 60_000] as const;
const DAY = 86_400_000;

/** Token buckets that all processes share in Redis; without Redis each process counts for itself. */
@Injectable()
export class RateLimiter implements OnApplicationShutdown {
  private readonly redis: Redis & { takeTokens?: TakeTokens; pauseBucket?: PauseBucket };
  private readonly local = new Map<string, LocalBucket>();
  private readonly leases = new Map<string, Lease>();
  private readonly used;

  /** Who makes one by hand, outside of a process that tells its metrics, gives none. */
  constructor(
    @Inject(CONFIG) config: Pick<Config, 'REDIS_URL'>,
    @Inject(Metrics) metrics: Metrics = new Metrics(),
  ) {
    this.used = metrics.counter(
      'mak_budget_used_seconds_total',
      "Calls to other systems, each as the seconds of its account's budget that it takes: 1 a second is one whole budget.",
      ['system'],
    );
    this.redis = new Redis(config.REDIS_URL, {
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      commandTimeout: REDIS_TIMEOUT,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    });
    this.redis.on('error', () => undefined);
    this.redis.defineCommand('takeTokens', { numberOfKeys: 1, lua: TOKEN_BUCKET });
    this.redis.defineCommand('pauseBucket', { numberOfKeys: 1, lua: PAUSE_BUCKET });
  }

  /** Takes up to `wanted` tokens out of the bucket `name`, exactly. For rare things such as signing in. */
  async take(name: string, budget: Budget, wanted = 1): Promise<Grant> {
    const { burst, perSecond, unknown = 'full', leaves = 0, flow } = budget;
    const initial = unknown === 'spent' ? 0 : burst;
    try {
      if (this.redis.takeTokens === undefined) throw new Error('the script is not defined');
      const [given, waitMs] = await this.redis.takeTokens(
        `mak:rate:${name}`,
        burst,
        perSecond,
        wanted,
        initial,
        leaves,
        flow === 'whole' ? 1 : 0,
      );
      if (unknown === 'spent')
        this.used.inc({ system: name.split(':', 1)[0] ?? '' }, given / perSecond);
      return { given, waitMs };
    } catch {
      // What others allow us cannot be counted by one process alone: whoever calls them waits for Redis.
      if (unknown === 'spent') return { given: 0, waitMs: WITHOUT_REDIS };
      return this.takeLocally(name, budget, wanted);
    }
  }

  /**
   * Stops what all processes take from a bucket of somebody else's system, which refused a call: for a second, and twice as long
   * each time that follows within a minute, a minute at most. Gives the milliseconds of the pause. Without Redis nothing is
   * taken from such a bucket anyway.
   */
  async pause(name: string): Promise<number> {
    try {
      if (this.redis.pauseBucket === undefined) throw new Error('the script is not defined');
      return await this.redis.pauseBucket(`mak:rate:${name}`, ...PAUSES, DAY);
    } catch {
      return WITHOUT_REDIS;
    }
  }

  /** Tokens that are in the bucket now, and takes none. Null when Redis does not answer. */
  async level(name: string, budget: Budget): Promise<number | null> {
    const { burst, perSecond, unknown = 'full', flow } = budget;
    try {
      const [[tokens, at], [seconds, micros]] = await Promise.all([
        this.redis.hmget(`mak:rate:${name}`, 'tokens', 'at'),
        this.redis.time(),
      ]);
      if (tokens == null || at == null) return unknown === 'spent' ? 0 : burst;
      const passed = Number(seconds) + Number(micros) / 1e6 - Number(at) / 1e3;
      const flowed = Math.max(0, passed) * perSecond;
      return Math.min(burst, Number(tokens) + (flow === 'whole' ? Math.floor(flowed) : flowed));
    } catch {
      return null;
    }
  }

  /**
   * Takes one token with a lease: a process asks Redis for many at a time and counts them down in memory. Up to a
   * twentieth of the burst per process may lie unused meanwhile. For every request of a machine: it costs well under a
   * microsecond, except when a lease runs out. Gives a promise only then.
   */
  spend(name: string, budget: Budget): Grant | Promise<Grant> {
    const lease = this.leases.get(name);
    if (lease === undefined || lease.tokens < 1) return this.spendLast(name, budget);
    lease.tokens -= 1;
    return TAKEN;
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private async spendLast(name: string, budget: Budget): Promise<Grant> {
    const lease = this.leaseOf(name);
    const wanted = Math.max(1, Math.floor(budget.burst / LEASE_PART));
    while (lease.tokens < 1) {
      lease.renewal ??= this.take(name, budget, wanted)
        .then((grant) => {
          lease.tokens += grant.given;
          return grant;
        })
        .finally(() => (lease.renewal = undefined));
      const grant = await lease.renewal;
      if (grant.given === 0) return grant;
    }
    lease.tokens -= 1;
    return TAKEN;
  }

  private leaseOf(name: string): Lease {
    const known = this.leases.get(name);
    if (known !== undefined) return known;
    if (this.leases.size >= MAX_NAMES) this.leases.clear();
    const lease: Lease = { tokens: 0, renewal: undefined };
    this.leases.set(name, lease);
    return lease;
  }

  private takeLocally(name: string, budget: Budget, wanted: number): Grant {
    const now = performance.now();
    let bucket = this.local.get(name);
    if (bucket === undefined) {
      if (this.local.size >= MAX_NAMES) this.local.clear();
      bucket = new LocalBucket(budget, now);
      this.local.set(name, bucket);
    }
    return bucket.take(wanted, now, budget.leaves);
  }
}

const TAKEN: Grant = { given: 1, waitMs: 0 };

type TakeTokens = (
  key: string,
  burst: number,
  perSecond: number,
  wanted: number,
  initial: number,
  leaves: number,
  whole: 0 | 1,
) => Promise<[given: number, waitMs: number]>;
type PauseBucket = (
  key: string,
  shortest: number,
  longest: number,
  kept: number,
) => Promise<number>;
