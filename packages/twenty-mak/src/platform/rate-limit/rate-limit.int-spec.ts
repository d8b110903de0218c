import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { testRedisUrl } from '../../../test/support/redis.ts';
import { readConfig } from '../config/config.ts';
import { Metrics } from '../observability/index.ts';
import { RateLimiter } from './index.ts';
import type { Grant } from './index.ts';

let mak: TestApp;
let redis: Redis;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_CLIENT: '20' } });
  redis = new Redis(testRedisUrl());
});
afterAll(async () => {
  redis.disconnect();
  await mak.close();
});

/** A limiter of another process. */
async function limiter(url = testRedisUrl(), metrics = new Metrics()): Promise<RateLimiter> {
  const made = new RateLimiter({ ...readConfig(), REDIS_URL: url }, metrics);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return made;
}

async function spendUntilRefused(
  one: RateLimiter,
  name: string,
  budget: { burst: number; perSecond: number },
) {
  let given = 0;
  let grant: Grant = await one.spend(name, budget);
  while (grant.given > 0 && given < 1_000) {
    given += 1;
    grant = await one.spend(name, budget);
  }
  return { given, waitMs: grant.waitMs };
}

describe('a token bucket', () => {
  it('gives the burst, then the rate, then tells how long to wait', async () => {
    const one = await limiter();
    const name = randomUUID();
    const budget = { burst: 5, perSecond: 10 };
    expect(await one.take(name, budget, 3)).toEqual({ given: 3, waitMs: 0 });
    expect(await one.take(name, budget, 3)).toEqual({ given: 2, waitMs: 0 });
    const spent = await one.take(name, budget);
    expect(spent.given).toBe(0);
    expect(spent.waitMs).toBeGreaterThan(0);
    expect(spent.waitMs).toBeLessThanOrEqual(100);
    await new Promise((resolve) => setTimeout(resolve, spent.waitMs + 20));
    expect((await one.take(name, budget)).given).toBe(1);
    one.onApplicationShutdown();
  });

  it('is one for all processes', async () => {
    const [one, two] = [await limiter(), await limiter()];
    const name = randomUUID();
    const budget = { burst: 40, perSecond: 0.001 };
    const first = await spendUntilRefused(one, name, budget);
    const second = await spendUntilRefused(two, name, budget);
    expect(first.given + second.given).toBe(40);
    expect(second.waitMs).toBeGreaterThan(1_000);
    one.onApplicationShutdown();
    two.onApplicationShutdown();
  });

  it('of somebody else’s system is a spent one after Redis was emptied, and without Redis', async () => {
    const one = await limiter();
    const name = randomUUID();
    const budget = { burst: 100, perSecond: 1, unknown: 'spent' } as const;
    expect((await one.take(name, budget)).given).toBe(0);
    const key = `mak:rate:${name}`;
    await redis.hset(key, 'tokens', '50');
    expect((await one.take(name, budget)).given).toBe(1);
    await redis.del(key);
    expect((await one.take(name, budget)).given).toBe(0);
    one.onApplicationShutdown();
    const alone = await limiter('redis://127.0.0.1:1');
    expect(await alone.take(name, budget)).toEqual({ given: 0, waitMs: 1_000 });
    alone.onApplicationShutdown();
  });

  it('leaves tokens for who is in a greater hurry', async () => {
    const one = await limiter();
    const name = randomUUID();
    const budget = { burst: 10, perSecond: 20 };
    const patient = { ...budget, leaves: 8 };
    expect(await one.take(name, patient, 5)).toEqual({ given: 2, waitMs: 0 });
    const refused = await one.take(name, patient);
    expect(refused.given).toBe(0);
    expect(refused.waitMs).toBeGreaterThan(0);
    expect(refused.waitMs).toBeLessThanOrEqual(50);
    expect((await one.take(name, budget, 8)).given).toBe(8);
    const later = await one.take(name, patient);
    expect(later.waitMs).toBeGreaterThan(300);
    one.onApplicationShutdown();
    const alone = await limiter('redis://127.0.0.1:1');
    expect(await alone.take(name, patient, 5)).toEqual({ given: 2, waitMs: 0 });
    expect((await alone.take(name, patient)).given).toBe(0);
    alone.onApplicationShutdown();
  });

  it('of which only whole tokens flow back loses the rest of one at every take', async () => {
    const [one, alone] = [await limiter(), await limiter('redis://127.0.0.1:1')];
    const name = randomUUID();
    const budget = { burst: 5, perSecond: 2, flow: 'whole' } as const;
    for (const each of [one, alone]) {
      expect((await each.take(name, budget, 5)).given).toBe(5);
      await new Promise((resolve) => setTimeout(resolve, 750));
      expect((await each.take(name, budget, 5)).given).toBe(1);
      const refused = await each.take(name, budget);
      expect(refused.given).toBe(0);
      expect(refused.waitMs).toBeGreaterThan(250);
      expect(refused.waitMs).toBeLessThanOrEqual(500);
      await new Promise((resolve) => setTimeout(resolve, refused.waitMs + 10));
      expect((await each.take(name, budget)).given).toBe(1);
      each.onApplicationShutdown();
    }
  });

  it('of a system that refused a call gives nothing for a while, to no process, and longer each time', async () => {
    const [one, two] = [await limiter(), await limiter()];
    const name = randomUUID();
    const budget = { burst: 5, perSecond: 100 };
    expect(await one.pause(name)).toBe(1_000);
    const left = await two.pause(name);
    expect(left).toBeLessThanOrEqual(1_000);
    const refused = await two.take(name, budget);
    expect(refused.given).toBe(0);
    expect(refused.waitMs).toBeGreaterThan(500);
    await new Promise((resolve) => setTimeout(resolve, left + 20));
    expect((await two.take(name, budget)).given).toBe(1);
    expect(await one.pause(name)).toBe(2_000);
    await redis.hset(`mak:rate:${name}`, 'until', '1');
    expect(await one.pause(name)).toBe(1_000);
    one.onApplicationShutdown();
    two.onApplicationShutdown();
  });

  it("of somebody else's limit tells how much of it is used", async () => {
    const metrics = new Metrics();
    const one = await limiter(testRedisUrl(), metrics);
    const foreign = { burst: 5, perSecond: 50, unknown: 'spent' } as const;
    const bucket = `outer:${randomUUID()}`;
    let taken = 0;
    while (taken < 4) taken += (await one.take(bucket, foreign)).given;
    await one.take(randomUUID(), { burst: 5, perSecond: 50 }, 3);
    one.onApplicationShutdown();
    const lines = (await metrics.registry.metrics()).split('\n');
    expect(lines.filter((line) => line.startsWith('mak_budget_used_seconds_total'))).toEqual([
      'mak_budget_used_seconds_total{system="outer"} 0.08',
    ]);
  });

  it('is counted in the process when there is no Redis', async () => {
    const alone = await limiter('redis://127.0.0.1:1');
    const { given } = await spendUntilRefused(alone, 'x', { burst: 30, perSecond: 0.001 });
    expect(given).toBe(30);
    alone.onApplicationShutdown();
  });

  it('costs a machine less than 30 µs a request', async () => {
    const one = await limiter();
    const budget = { burst: 1_000_000, perSecond: 1_000_000 };
    await one.spend('fast', budget);
    const began = performance.now();
    for (let time = 0; time < 40_000; time += 1) {
      const grant = one.spend('fast', budget);
      if (grant instanceof Promise) await grant;
    }
    expect(((performance.now() - began) / 40_000) * 1_000).toBeLessThan(30);
    one.onApplicationShutdown();
  });
});

describe('a client that is too fast', () => {
  it('gets 429 with Retry-After, and others do not', async () => {
    const [fast, calm] = [await mak.createTenant(), await mak.createTenant()];
    const answers = await Promise.all(
      Array.from({ length: 80 }, () => mak.call('/v1/tenant', { key: fast.apiKey })),
    );
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(40);
    expect(refused[0]).toMatchObject({ body: { code: 'too_many_requests' } });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await mak.call('/v1/tenant', { key: calm.apiKey })).status).toBe(200);
  });
});
