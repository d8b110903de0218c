import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { startReceiver } from '../../../test/support/receiver.ts';
import type { Receiver } from '../../../test/support/receiver.ts';
import { removeRedis, startRedis } from '../../cli/local/redis.ts';
import type { RunningRedis } from '../../cli/local/redis.ts';
import { Database } from '../database/index.ts';
import { Bus, OUTBOX_CHANNEL, writeOutbox } from '../outbox/index.ts';

// One event goes all the way: a ring for the outbox, the relay, a ring for the delivery, the receiver.
const dir = mkdtempSync(join(tmpdir(), 'mak-jobs-redis-'));
const options = { dir, toolsDir: resolve(import.meta.dirname, '../../../../../.mak/tools') };
let redis: RunningRedis;
let api: TestApp;
let tenant: TestTenant;
let receiver: Receiver;

beforeAll(async () => {
  redis = await startRedis(options);
  api = await startApp({ env: { REDIS_URL: redis.url } });
  tenant = await api.createTenant();
  receiver = await startReceiver();
  await api.call('/v1/webhooks', { key: tenant.apiKey, body: { url: receiver.url } });
});
afterAll(async () => {
  await api.close();
  await receiver.close();
  await removeRedis(dir);
});

const startWorker = (poll: number): Promise<TestApp> =>
  startApp({
    role: 'worker',
    database: api.database,
    env: { REDIS_URL: redis.url, MAK_POLL_INTERVAL_MS: String(poll) },
  });

/** Writes an event and rings. Gives how often the receiver has it. */
async function write(): Promise<() => number> {
  const dealId = randomUUID();
  await api.app.get(Database).within({ tenantId: tenant.id }, async (tx) =>
    writeOutbox(tx, tenant.id, [
      {
        type: 'masterdeal.offer.approved',
        occurredAt: Date.now(),
        causationId: null,
        correlationId: null,
        dealId,
        dealVersion: 1,
        data: {},
      },
    ]),
  );
  api.app.get(Bus).ring(OUTBOX_CHANNEL, tenant.id);
  return () => receiver.received.filter(({ body }) => body.master_deal_id === dealId).length;
}

async function expectThroughAll(): Promise<void> {
  await expect.poll(await write(), { interval: 20 }).toBe(1);
}

describe('with Redis', () => {
  it('a ring brings the work at once, long before the next look, also after FLUSHALL', async () => {
    const worker = await startWorker(60_000);
    const client = new Redis(redis.url);
    try {
      await sleep(500);
      await expectThroughAll();
      for (let round = 0; round < 3; round += 1) {
        await client.flushall();
        await expectThroughAll();
      }
    } finally {
      client.disconnect();
      await worker.close();
    }
  });

  it('what an older transaction held back comes as soon as that one has ended', async () => {
    const worker = await startWorker(60_000);
    const older = new pg.Client({ connectionString: api.database.ownerUrl });
    await older.connect();
    try {
      await expectThroughAll();
      await older.query('BEGIN');
      await older.query('SELECT pg_current_xact_id()');
      const arrived = await write();
      await sleep(500);
      expect(arrived()).toBe(0);
      await older.query('COMMIT');
      await expect.poll(arrived, { interval: 20 }).toBe(1);
    } finally {
      await older.end();
      await worker.close();
    }
  });
});

describe('without Redis', () => {
  it('everything still happens, and rings come through again when it is back', async () => {
    const looking = await startWorker(100);
    await expectThroughAll();
    await redis.stop('kill');
    for (let round = 0; round < 3; round += 1) {
      await expectThroughAll();
    }
    await looking.close();

    const waiting = await startWorker(60_000);
    try {
      redis = await startRedis({ ...options, port: redis.port });
      await sleep(2_500);
      await expectThroughAll();
    } finally {
      await waiting.close();
    }
  });

  it('a worker starts, works and stops in good time', async () => {
    await redis.stop('kill');
    const worker = await startWorker(100);
    await expectThroughAll();
    const from = performance.now();
    await worker.close();
    expect(performance.now() - from).toBeLessThan(10_000);
    redis = await startRedis({ ...options, port: redis.port });
  });
});
