import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn, signInCall } from '../../../test/support/people.ts';

interface Following {
  deals: string[];
  errors: string[];
}

let mak: TestApp;
let tenant: TestTenant;
let admin: string;
const clients: Client[] = [];
const employees = ['one', 'two', 'three'].map((name) => `${name}.access@example.com`);

beforeAll(async () => {
  mak = await startApp();
  const accounts = employees.map((email) => ({
    email,
    name: 'E',
    role: 'employee',
    password: PASSWORD,
  }));
  tenant = await mak.createTenant({ pipelines: ['adtech'], accounts });
  admin = tenant.apiKey;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});
afterAll(() => mak.close());

/** Follows the events of deals with the given headers of the socket. Resolves once the first event came or it was refused. */
async function follow(headers: Record<string, string>): Promise<Following> {
  const following: Following = { deals: [], errors: [] };
  class Socket extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, { protocols, headers } as never);
    }
  }
  const client = createClient({
    url: `${mak.url.replace('http', 'ws')}/graphql`,
    retryAttempts: 0,
    webSocketImpl: Socket,
  });
  clients.push(client);
  client.subscribe<{ masterDealEvents: { masterDealId: string } }>(
    { query: 'subscription { masterDealEvents { masterDealId } }' },
    {
      next: ({ data, errors }) => {
        if (data?.masterDealEvents) following.deals.push(data.masterDealEvents.masterDealId);
        following.errors.push(...(errors ?? []).map(({ message }) => message));
      },
      error: (error) => following.errors.push(JSON.stringify(error)),
      complete: () => undefined,
    },
  );
  await expect
    .poll(
      async () => {
        await makeDeal(headers.owner);
        return following.deals.length + following.errors.length;
      },
      { timeout: 15_000, interval: 300 },
    )
    .toBeGreaterThan(0);
  return following;
}

async function makeDeal(owner?: string): Promise<void> {
  const body = { name: 'A deal', ...(owner === undefined ? {} : { owner_id: owner }) };
  const made = await mak.call('/v1/deals', { key: admin, body });
  expect(made.status).toBe(201);
}

/** Nothing comes any more, although deals are made. */
async function expectEnded(following: Following): Promise<void> {
  await expect.poll(() => following.errors.length).toBe(1);
  expect(following.errors[0]).toContain('no longer valid');
  const seen = following.deals.length;
  await makeDeal();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(following.deals.length).toBe(seen);
}

interface Person {
  readonly id: string;
  readonly version: number;
  readonly email: string;
}

/** One of the employees, each of whom is asked for once. */
async function employee(): Promise<Person> {
  const people = await mak.call<{ items: Person[] }>('/v1/accounts', { key: admin });
  const wanted = employees.pop();
  const person = people.body.items.find(({ email }) => email === wanted);
  if (person === undefined) throw new Error('no employee left');
  return person;
}

describe('a running subscription', () => {
  it('ends at once when its key is revoked', async () => {
    const key = await mak.call<{ id: string; secret: string }>('/v1/api-clients', {
      key: admin,
      body: { name: 'follower', scopes: ['deals:read'] },
    });
    const following = await follow({ authorization: `Bearer ${key.body.secret}` });
    expect(following.deals.length).toBeGreaterThan(0);
    const revoked = await mak.call(`/v1/api-clients/${key.body.id}`, {
      key: admin,
      method: 'DELETE',
    });
    expect(revoked.status).toBeLessThan(300);
    await expectEnded(following);
  });

  it.each([
    ['is deactivated', { status: 'deactivated' }],
    ['may see less than before', { role: 'partner' }],
  ])('ends at once when its account %s', async (_case, change) => {
    const person = await employee();
    const { token } = await signIn(mak, person.email);
    const following = await follow({ authorization: `Bearer ${token}` });
    expect(following.deals.length).toBeGreaterThan(0);
    const changed = await mak.call(`/v1/accounts/${person.id}`, {
      key: admin,
      method: 'PATCH',
      body: { version: person.version, ...change },
    });
    expect(changed.body).toMatchObject(change);
    await expectEnded(following);
  });

  it('goes on when the credential of somebody else is revoked', async () => {
    const other = await mak.call<{ id: string }>('/v1/api-clients', {
      key: admin,
      body: { name: 'other', scopes: ['deals:read'] },
    });
    const following = await follow({ authorization: `Bearer ${admin}` });
    await mak.call(`/v1/api-clients/${other.body.id}`, { key: admin, method: 'DELETE' });
    const seen = following.deals.length;
    await makeDeal();
    await expect.poll(() => following.deals.length).toBeGreaterThan(seen);
    expect(following.errors).toEqual([]);
  });
});

describe('a socket with a session cookie', () => {
  it('is believed only from our own pages', async () => {
    const person = await employee();
    const answer = await signInCall(mak, person.email, PASSWORD);
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    for (const origin of ['https://evil.example', 'null']) {
      const foreign = await follow({ cookie, origin });
      expect(foreign.deals).toEqual([]);
      expect(foreign.errors.join()).toContain('A session cookie is accepted only from pages of');
    }
    const own = await follow({ cookie, origin: 'http://127.0.0.1:3000' });
    expect(own.errors).toEqual([]);
    expect(own.deals.length).toBeGreaterThan(0);
  });
});
