import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { removeRedis, startRedis } from '../../cli/local/redis.ts';
import type { RunningRedis } from '../../cli/local/redis.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

const dir = mkdtempSync(join(tmpdir(), 'mak-changes-redis-'));
const options = { dir, toolsDir: resolve(import.meta.dirname, '../../../../../.mak/tools') };
let redis: RunningRedis;
let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  redis = await startRedis(options);
  mak = await startApp({ env: { REDIS_URL: redis.url } });
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await mak.close();
  await removeRedis(dir);
});

interface Answer {
  readonly results: readonly { readonly master_deal_id: string }[];
}

async function send(ref: string, type: string): Promise<string> {
  const event = {
    event_id: randomUUID(),
    type,
    version: 1,
    source: 'crm',
    occurred_at: new Date().toISOString(),
    external_refs: [{ system: 'crm', id: ref }],
    data: {},
  };
  const { body } = await mak.call<Answer>('/v1/events', {
    key: tenant.apiKey,
    body: { events: [event] },
  });
  return body.results[0]?.master_deal_id ?? '';
}

it('tells of a change that no canonical event tells of', async () => {
  const ref = randomUUID();
  const deal = await send(ref, 'crm.deal.created');
  const told = follow(tenant.apiKey);
  // A gate that leaves the stage as it is; each attempt is a change of its own.
  await expect
    .poll(
      async () => {
        await send(ref, told.length % 2 === 0 ? 'crm.lead.qualified' : 'crm.lead.disqualified');
        return told;
      },
      { timeout: 15_000, interval: 300 },
    )
    .toContain(deal);
});

interface Owned {
  readonly id: string;
  readonly version: number;
}

it('tells whoever loses a deal that it has changed, once and nothing else', async () => {
  const [loser, winner] = [await partner('loser'), await partner('winner')];
  const [losing, winning] = [follow(loser.token), follow(winner.token)];
  const { id } = await made(loser.id);
  const foreign = await made(winner.id);
  await expect
    .poll(
      async () => {
        await edit(id, { name: randomUUID() });
        return losing.includes(id);
      },
      { timeout: 15_000, interval: 300 },
    )
    .toBe(true);
  await quiet(losing);
  losing.length = 0;

  await edit(id, { owner_id: winner.id });
  await expect.poll(() => losing).toEqual([id]);
  await expect.poll(() => winning).toContain(id);
  const seen = await mak.call(`/v1/deals/${id}`, { key: loser.token });
  expect(seen.status).toBe(404);

  await edit(id, { name: 'None of your business' });
  await edit(foreign.id, { name: 'Nor this' });
  await edit(foreign.id, { owner_id: null });
  await quiet(losing);
  expect(losing).toEqual([id]);
  expect(raw.get(losing)?.at(-1)).toEqual({ data: { dealChanges: { ids: [id] } } });
});

it('tells that changes may have been missed when the doorbell was out of order', async () => {
  const words = raw.get(follow(tenant.apiKey));
  await expect.poll(() => words).toHaveLength(1);
  await redis.stop();
  await send(randomUUID(), 'crm.deal.created');
  redis = await startRedis(options);
  await expect.poll(() => words).toHaveLength(2);
  expect(words).toEqual(Array(2).fill({ data: { dealChanges: { ids: [] } } }));
});

/** What came, word for word. */
const raw = new Map<readonly string[], unknown[]>();
const clients: Client[] = [];

/** Ids that are told to the one with this token, as they come. */
function follow(token: string): string[] {
  const client = createClient({
    url: `${mak.url.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  clients.push(client);
  const told: string[] = [];
  const words: unknown[] = [];
  raw.set(told, words);
  client.subscribe<{ dealChanges: { ids: string[] } }>(
    { query: 'subscription { dealChanges { ids } }' },
    {
      next: (message) => {
        words.push(message);
        told.push(...(message.data?.dealChanges.ids ?? []));
      },
      error: (error) => expect(error).toBeUndefined(),
      complete: () => undefined,
    },
  );
  return told;
}

/** Waits until nothing has come for a second. */
async function quiet(told: readonly string[]): Promise<void> {
  for (let before = -1; before !== told.length;) {
    before = told.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function partner(name: string): Promise<{ id: string; token: string }> {
  const key = tenant.apiKey;
  const email = `${name}@example.com`;
  const invited = await mak.call<{ account: { id: string }; invitation: { token: string } }>(
    '/v1/accounts',
    { key, body: { email, name, role: 'partner' } },
  );
  const { token } = invited.body.invitation;
  await mak.call('/v1/invitations/accept', { body: { token, password: PASSWORD } });
  return { id: invited.body.account.id, token: (await signIn(mak, email)).token };
}

async function made(owner: string): Promise<Owned> {
  const body = { name: 'Passed on', owner_id: owner };
  const answer = await mak.call<Owned>('/v1/deals', { key: tenant.apiKey, body });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function edit(id: string, change: object): Promise<void> {
  const { body } = await mak.call<Owned>(`/v1/deals/${id}`, { key: tenant.apiKey });
  const answer = await mak.call(`/v1/deals/${id}`, {
    key: tenant.apiKey,
    method: 'PATCH',
    body: { version: body.version, ...change },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
