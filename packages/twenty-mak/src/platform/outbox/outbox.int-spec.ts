import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { testRedisUrl } from '../../../test/support/redis.ts';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { Bus } from './bus.ts';
import { eventsChannel } from './bus-consumer.ts';
import { holdCursor, moveCursor } from './outbox-cursors.ts';
import { OUTBOX_CHANNEL, writeOutbox } from './outbox.ts';
import type { OutboxEntry } from './outbox.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { OUTBOX_START, readOutbox, readPosition, writePosition } from './outbox-reader.ts';
import type { OutboxPosition } from './outbox-reader.ts';
import { deletedUpTo, OutboxRetention } from './outbox-retention.ts';

let test: TestApp;
let database: Database;

beforeAll(async () => {
  test = await startApp({
    role: 'worker',
    env: { MAK_POLL_INTERVAL_MS: '200', MAK_OUTBOX_DAYS: '0' },
  });
  database = test.app.get(Database);
});
afterAll(() => test.close());

function entries(count: number, dealId: string = randomUUID()): OutboxEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'masterdeal.owner.changed' as const,
    occurredAt: 1_700_000_000_000 + index,
    causationId: null,
    correlationId: null,
    dealId,
    dealVersion: index + 1,
    data: { from: null, to: `person-${index}` },
  }));
}

function write(tenantId: string, count: number): Promise<void> {
  return database.within({ tenantId }, async (tx) => writeOutbox(tx, tenantId, entries(count)));
}

function readAll(tenantId: string, limit = 100): ReturnType<typeof readOutbox> {
  return database.within({ tenantId }, (tx) => readOutbox(tx, tenantId, OUTBOX_START, limit));
}

/** Any older transaction of the whole server, also of the file beside this one, hides rows for a moment. */
async function allShown(tenantId: string, count: number): Promise<void> {
  const shown = async (): Promise<number> => (await readAll(tenantId)).rows.length;
  await expect.poll(shown).toBe(count);
}

/** A way to Redis that, once `dropAll` was called, holds back by what a new connection sees that Redis is ready. */
async function startRedisProxy() {
  const redis = new URL(testRedisUrl());
  const clients = new Set<Socket>();
  const held: (() => void)[] = [];
  let isHolding = false;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect(port, redis.hostname);
    clients.add(client);
    client.on('close', () => clients.delete(client) && upstream.destroy());
    client.on('error', () => undefined);
    client.on('data', (data) => upstream.write(data));
    upstream.on('data', (data) => {
      if (!isHolding || !data.includes('redis_version')) client.write(data);
      else held.push(() => client.end(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = Number(redis.port);
  redis.port = String((server.address() as AddressInfo).port);
  return {
    url: redis.href,
    held,
    get open(): number {
      return clients.size;
    },
    dropAll(): void {
      isHolding = true;
      clients.forEach((client) => client.destroy());
    },
    close(): void {
      clients.forEach((client) => client.destroy());
      server.close();
    },
  };
}

describe('the reader of the outbox', () => {
  it('pages through all rows in the order of writing', async () => {
    const { id } = await test.createTenant();
    await write(id, 7);
    await write(id, 3);
    await allShown(id, 10);
    const seen: number[] = [];
    let after = OUTBOX_START;
    for (let more = true; more;) {
      const page = await database.within({ tenantId: id }, (tx) => readOutbox(tx, id, after, 4));
      seen.push(...page.rows.map(({ deal_version: version }) => version));
      after = page.next;
      more = page.more;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 1, 2, 3]);
  });

  it('stops before the oldest running transaction, so that nothing is skipped', async () => {
    const { id } = await test.createTenant();
    const slow = new pg.Client({ connectionString: test.database.ownerUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, data)
       VALUES ($1, gen_random_uuid(), 'masterdeal.created', gen_random_uuid(), 1, now(), '{}')`,
      [id],
    );
    await write(id, 2);

    const during = await readAll(id);
    expect(during.rows).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    await allShown(id, 3);

    const after = await database.within({ tenantId: id }, (tx) =>
      readOutbox(tx, id, during.next, 100),
    );
    expect(after.rows.map(({ type }) => type)).toEqual([
      'masterdeal.created',
      'masterdeal.owner.changed',
      'masterdeal.owner.changed',
    ]);
  });

  it('filters by type and deal and still comes to the end', async () => {
    const { id } = await test.createTenant();
    const dealId = randomUUID();
    await database.within({ tenantId: id }, async (tx) => {
      writeOutbox(tx, id, entries(3));
      writeOutbox(tx, id, entries(2, dealId));
    });
    const read = (filter: object): ReturnType<typeof readOutbox> =>
      database.within({ tenantId: id }, (tx) => readOutbox(tx, id, OUTBOX_START, 10, filter));
    await allShown(id, 5);
    expect((await read({ dealId })).rows).toHaveLength(2);
    const none = await read({ types: ['masterdeal.closed'] });
    expect(none.rows).toEqual([]);
    expect(none.next.tx).toBeGreaterThan((await readAll(id)).rows.at(-1)?.tx ?? Infinity);
  });

  it('writes and reads positions, and refuses what is none', () => {
    const position = { tx: 12_345, position: 678 };
    expect(readPosition(writePosition(position))).toEqual(position);
    expect(readPosition('')).toBeNull();
    expect(readPosition('!!')).toBeNull();
    expect(readPosition(Buffer.from('1.99999999999999999').toString('base64url'))).toBeNull();
  });
});

describe('the relay', () => {
  it('publishes every event on the bus, in order, also when the ring was lost', async () => {
    const { id } = await test.createTenant();
    const heard: { event_id: string; data: { to: string } }[] = [];
    const stop = test.app.get(Bus).listen(eventsChannel(id), (message) => {
      heard.push(JSON.parse(message) as (typeof heard)[number]);
    });
    await sleep(100);
    await write(id, 20);
    await expect.poll(() => heard.length).toBe(20);
    await write(id, 5);
    test.app.get(Bus).ring(OUTBOX_CHANNEL, id);
    await expect.poll(() => heard.length).toBe(25);
    stop();
    const expected = [...Array(20).keys(), ...Array(5).keys()].map((index) => `person-${index}`);
    expect(heard.map(({ data }) => data.to)).toEqual(expected);
    expect(new Set(heard.map((event) => event.event_id)).size).toBe(25);
  });

  it('gives a cursor to one worker at a time', async () => {
    const { id } = await test.createTenant();
    await database.within({ tenantId: id }, async (first) => {
      expect(await holdCursor(first, id, 'alone')).toEqual(OUTBOX_START);
      await moveCursor(first, id, 'alone', { tx: 5, position: 6 });
    });
    await database.within({ tenantId: id }, async (first) => {
      expect(await holdCursor(first, id, 'alone')).toEqual({ tx: 5, position: 6 });
      await database.within({ tenantId: id }, async (second) => {
        expect(await holdCursor(second, id, 'alone')).toBeNull();
      });
    });
  });

  it('finds no tenant once all is handed out', async () => {
    const { id } = await test.createTenant();
    await write(id, 3);
    const waits = async (): Promise<boolean> =>
      (await test.app.get(OutboxRelay).find()).some(({ tenantId }) => tenantId === id);
    await expect.poll(waits).toBe(false);
  });
});

describe('the bus', () => {
  it('may be closed in the moment in which Redis comes back', async () => {
    const unheard: unknown[] = [];
    const note = (reason: unknown): unknown => unheard.push(reason);
    process.on('unhandledRejection', note);
    const proxy = await startRedisProxy();
    try {
      const bus = new Bus({ ...test.app.get<Config>(CONFIG), REDIS_URL: proxy.url });
      bus.listen('some-channel', () => undefined);
      await expect.poll(() => bus.hasListeners('some-channel').catch(() => false)).toBe(true);
      proxy.dropAll();
      await expect.poll(() => proxy.held.length, { interval: 10 }).toBe(2);
      bus.onApplicationShutdown();
      proxy.held.forEach((answer) => answer());
      await expect.poll(() => proxy.open, { interval: 10 }).toBe(0);
      expect(unheard).toEqual([]);
    } finally {
      proxy.close();
      process.off('unhandledRejection', note);
    }
  });
});

describe('retention', () => {
  it('deletes what everybody has read and remembers up to where', async () => {
    const { id } = await test.createTenant();
    const retention = test.app.get(OutboxRetention);
    const { signal } = new AbortController();
    await database.within({ tenantId: id }, (tx) => holdCursor(tx, id, 'bus'));
    await write(id, 4);
    // Asked as they are stored: an older transaction of the file beside this one may hide them from readers.
    const stored = (): Promise<OutboxPosition[]> =>
      database.within({ tenantId: id }, (tx) =>
        tx.query('SELECT tx, position FROM outbox ORDER BY tx, position'),
      );
    const last = (await stored()).at(-1);
    await expect
      .poll(async () => {
        await retention.handle({ tenantId: id }, signal);
        return (await stored()).length;
      })
      .toBe(0);
    const mark = await database.within({ tenantId: id }, (tx) => deletedUpTo(tx, id));
    expect(mark).toEqual(last);
  });

  it('keeps what a consumer has not read', async () => {
    const { id } = await test.createTenant();
    await write(id, 4);
    // Somebody holds the cursor at the start, as a relay that cannot reach its consumer does.
    await database.within({ tenantId: id }, async (tx) => {
      await holdCursor(tx, id, 'bus');
      await moveCursor(tx, id, 'bus', OUTBOX_START);
      await test.app.get(OutboxRetention).handle({ tenantId: id }, new AbortController().signal);
      const [row] = await tx.query<{ count: number }>('SELECT count(*) FROM outbox');
      expect(row?.count).toBe(4);
    });
  });
});
