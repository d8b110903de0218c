import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { longTransaction } from '../../../test/support/long-transaction.ts';
import { Database } from '../../platform/database/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Bus, OUTBOX_CHANNEL, OUTBOX_START, writeOutbox } from '../../platform/outbox/index.ts';
import { EventFollower } from './subscriptions.service.ts';

interface Event {
  readonly eventId: string;
  readonly type: string;
  readonly tenantId: string;
  readonly masterDealId: string;
  readonly dealVersion: number;
  readonly position: string;
}

interface Following {
  readonly events: Event[];
  readonly errors: unknown[];
  ended: boolean;
  stop(): void;
}

let api: TestApp;
const clients: Client[] = [];

beforeAll(async () => {
  api = await startApp();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});
afterAll(() => api.close());

function follow(key: string | undefined, variables: Record<string, unknown> = {}): Following {
  const client = createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    retryAttempts: 0,
    ...(key === undefined ? {} : { connectionParams: { authorization: `Bearer ${key}` } }),
  });
  clients.push(client);
  const following: Following = { events: [], errors: [], ended: false, stop: () => undefined };
  const query = `subscription ($types: [String!], $dealId: ID, $after: String) {
    masterDealEvents(types: $types, dealId: $dealId, after: $after) { eventId type tenantId masterDealId dealVersion position }
  }`;
  following.stop = client.subscribe<{ masterDealEvents: Event }>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (data?.masterDealEvents) following.events.push(data.masterDealEvents);
        if (errors !== undefined) following.errors.push(...errors);
      },
      error: (error) => following.errors.push(error),
      complete: () => {
        following.ended = true;
      },
    },
  );
  return following;
}

async function announce(
  tenant: TestTenant,
  count: number,
  dealId: string = randomUUID(),
): Promise<string> {
  for (let version = 1; version <= count; version += 1) {
    await api.app.get(Database).within({ tenantId: tenant.id }, async (tx) =>
      writeOutbox(tx, tenant.id, [
        {
          type: version % 2 === 1 ? 'masterdeal.owner.changed' : 'masterdeal.offer.approved',
          occurredAt: Date.now(),
          causationId: null,
          correlationId: null,
          dealId,
          dealVersion: version,
          data: {},
        },
      ]),
    );
    api.app.get(Bus).ring(OUTBOX_CHANNEL, tenant.id);
  }
  return dealId;
}

const versions = ({ events }: Following): number[] => events.map(({ dealVersion }) => dealVersion);

describe('masterDealEvents', () => {
  it('sends what happens from now on, in order, to every follower', async () => {
    const tenant = await api.createTenant();
    const older = await longTransaction(api.app.get(Database));
    await announce(tenant, 2);
    const followers = [follow(tenant.apiKey), follow(tenant.apiKey)];
    await sleep(500);
    await older.end();
    const deal = await announce(tenant, 10);
    for (const follower of followers) {
      await expect.poll(() => versions(follower)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(new Set(follower.events.map(({ masterDealId }) => masterDealId))).toEqual(
        new Set([deal]),
      );
      expect(follower.errors).toEqual([]);
    }
  });

  it('resumes after the last event that was seen, and misses nothing', async () => {
    const tenant = await api.createTenant();
    const first = follow(tenant.apiKey);
    await sleep(300);
    const deal = await announce(tenant, 3);
    await expect.poll(() => first.events.length).toBe(3);
    first.stop();
    await announce(tenant, 250, deal);
    const second = follow(tenant.apiKey, { after: first.events[1]?.position });
    await expect.poll(() => second.events.length).toBe(251);
    expect(versions(second)).toEqual([3, ...Array.from({ length: 250 }, (_, index) => index + 1)]);
    await announce(tenant, 1, deal);
    await expect.poll(() => second.events.length).toBe(252);
  });

  it('filters by type and deal', async () => {
    const tenant = await api.createTenant();
    const deal = randomUUID();
    const typed = follow(tenant.apiKey, { types: ['masterdeal.offer.approved'] });
    const one = follow(tenant.apiKey, { dealId: deal });
    await sleep(300);
    await announce(tenant, 4);
    await announce(tenant, 2, deal);
    await expect.poll(() => typed.events.length).toBe(3);
    await expect.poll(() => one.events.length).toBe(2);
  });

  it('waits for a transaction that began earlier, and skips nothing', async () => {
    const tenant = await api.createTenant();
    const follower = follow(tenant.apiKey);
    await sleep(300);
    const slow = new pg.Client({ connectionString: api.database.ownerUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO outbox (tenant_id, event_id, type, deal_id, deal_version, occurred_at, data)
       VALUES ($1, gen_random_uuid(), 'masterdeal.created', gen_random_uuid(), 77, now(), '{}')`,
      [tenant.id],
    );
    await announce(tenant, 2);
    await sleep(300);
    expect(follower.events).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    await expect.poll(() => versions(follower)).toEqual([77, 1, 2]);
  });

  it('shows nothing to another tenant', async () => {
    const [tenant, other] = [await api.createTenant(), await api.createTenant()];
    const deal = randomUUID();
    const foreign = [follow(other.apiKey), follow(other.apiKey, { dealId: deal })];
    const own = follow(tenant.apiKey);
    await sleep(300);
    await announce(tenant, 3, deal);
    await expect.poll(() => own.events.length).toBe(3);
    const resumed = follow(other.apiKey, { after: own.events[0]?.position });
    await sleep(600);
    for (const follower of [...foreign, resumed]) expect(follower.events).toEqual([]);
  });

  it('shows a partner only the deals that are theirs', async () => {
    const tenant = await api.createTenant();
    const [partner, own, foreign] = [randomUUID(), randomUUID(), randomUUID()];
    for (const [deal, owner] of [
      [own, partner],
      [foreign, randomUUID()],
    ]) {
      await api.database.query(
        `INSERT INTO deal (id, tenant_id, pipeline_id, pipeline_version, stage, stage_started_at, gates, domain_stages, owner_id, state, published, created_at)
         VALUES ($1, $2, $2, 1, 'draft', now(), '{}', '{}', $3, '{}', '{}', now())`,
        [deal, tenant.id, owner],
      );
      await announce(tenant, 2, deal);
    }
    const principal: Principal = {
      kind: 'account',
      id: partner,
      tenantId: tenant.id,
      role: 'partner',
      scopes: new Set(['deals:read']),
      restrictedTo: partner,
    };
    const events = api.app
      .get(EventFollower)
      .follow(principal, OUTBOX_START, { stillAllowed: () => Promise.resolve(true) });
    const seen = [await events.next(), await events.next()].map(({ value }) => value?.deal_id);
    expect(seen).toEqual([own, own]);
    const third = await Promise.race([events.next(), sleep(1_500, 'nothing')]);
    expect(third).toBe('nothing');
  });

  it.each([
    ['without a credential', () => undefined],
    ['with a wrong one', () => 'mak_wrong'],
    ['with the operator key', () => api.operatorKey],
  ])('refuses %s', async (_case, key) => {
    const follower = follow(key());
    await expect.poll(() => follower.errors.length).toBe(1);
    expect(follower.events).toEqual([]);
  });

  it('refuses a position that is none, an unknown type, and a position that was deleted', async () => {
    const tenant = await api.createTenant();
    const refused = [
      follow(tenant.apiKey, { after: 'nonsense' }),
      follow(tenant.apiKey, { types: ['masterdeal.unknown'] }),
      follow(tenant.apiKey, { dealId: 'x' }),
    ];
    for (const follower of refused) await expect.poll(() => follower.errors.length).toBe(1);
    await api.database.query(
      "INSERT INTO outbox_cursor (tenant_id, consumer, tx, position) VALUES ($1, 'retention', 1000, 1000)",
      [tenant.id],
    );
    const late = follow(tenant.apiKey, { after: Buffer.from('999.1').toString('base64url') });
    await expect.poll(() => late.errors.length).toBe(1);
    expect(JSON.stringify(late.errors)).toContain('have been deleted');
  });
});
