import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from './isolation/companies.ts';
import type { Inhabitant } from './isolation/companies.ts';
import { GRAPHQL } from './isolation/graphql-recipes.ts';
import { REST } from './isolation/rest-recipes.ts';
import { buildWorld, snapshot } from './isolation/world.ts';
import type { World } from './isolation/world.ts';
import { startApp } from './support/app.ts';
import type { TestApp } from './support/app.ts';
import { inTurns } from './support/in-turns.ts';

/*
 * Every route and every operation, called by everybody of a tenant with what is somebody else's: what belongs to one is
 * never in an answer for the other, and nothing of it changes. That the routes are all is what the isolation of tenants
 * asserts.
 */

let mak: TestApp;
let world: World;
let people: Inhabitant[];

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '100000' } });
  ({ world } = await buildWorld(mak));
  people = await settle(mak, world);
});
afterAll(() => mak?.close());

interface Request {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  /** Changes nothing. */
  readonly reads: boolean;
}

/** Every route and operation, naming what is in this world. */
function requestsIn(of: World): Request[] {
  const routes = Object.entries(REST).map(([route, recipe]): Request => {
    const [method = '', template = ''] = route.split(' ');
    const body = recipe.body === undefined ? null : JSON.stringify(recipe.body(of));
    return {
      name: route,
      method,
      path: recipe.path?.(of) ?? template,
      body,
      reads: method === 'GET',
    };
  });
  const operations = Object.entries(GRAPHQL)
    .filter(([, { kind }]) => kind !== 'subscription')
    .map(([name, { document }]): Request => {
      const query = document(of);
      const body = JSON.stringify({ query });
      return { name, method: 'POST', path: '/graphql', body, reads: !query.startsWith('mutation') };
    });
  return [...routes, ...operations];
}

/** Every subscription, naming what is in this world. */
function subscriptionsIn(of: World): string[] {
  return Object.values(GRAPHQL)
    .filter(({ kind }) => kind === 'subscription')
    .map(({ document }) => document(of));
}
const ALL_EVENTS = 'subscription { masterDealEvents { type masterDealId data } }';

/** Requests that are not the same; most name nothing of anybody. */
function different(requests: readonly Request[]): Request[] {
  return [...new Map(requests.map((one) => [JSON.stringify(one), one])).values()];
}

/** The answer as text: an export is no JSON. */
async function answerTo({ name, method, path, body }: Request, key: string): Promise<string> {
  const answer = await fetch(`${mak.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body,
  });
  expect(answer.status, name).toBeLessThan(500);
  const text = await answer.text();
  expect(text, name).not.toContain('internal_error');
  return text;
}

const isShared = (owner: Inhabitant, viewer: Inhabitant): boolean =>
  viewer.role === 'employee' || viewer.company === owner.company;

/** What a viewer may not read of an owner. The office works for all companies; nobody reads what is personal. */
function secretsOf(owner: Inhabitant, viewer: Inhabitant): readonly string[] {
  if (owner === viewer) return [];
  return isShared(owner, viewer) ? owner.personal : [...owner.ofCompany, ...owner.personal];
}

/** Rows that tell of these people, by table. */
async function rowsOf(owners: readonly Inhabitant[]): Promise<Record<string, string[]>> {
  const named = owners.flatMap(({ ofCompany, personal }) => [...ofCompany, ...personal]);
  const tables = Object.entries(await snapshot(mak, world)).map(
    ([table, rows]): [string, string[]] => [
      table,
      rows.filter((row) => named.some((name) => row.includes(name))),
    ],
  );
  return Object.fromEntries(tables);
}

describe('what belongs to somebody', () => {
  it('is there, and its owner reads it', async () => {
    for (const { name, role, token, ofCompany, personal, world: own } of people) {
      const answers: string[] = [];
      await inTurns(
        requestsIn(own).filter(({ reads }) => reads),
        async (request) => {
          answers.push(await answerTo(request, token));
        },
      );
      const isCompany = role === 'partner' || role === 'franchisee';
      // Guests see neither tasks nor views; all see their notifications.
      const seen = isCompany ? [...ofCompany, ...personal] : personal.slice(0, 1);
      expect(
        seen.filter((secret) => !answers.some((answer) => answer.includes(secret))),
        name,
      ).toEqual([]);
    }
  });

  it(
    'is in no answer for anybody else, and nobody else changes it',
    { timeout: 300_000 },
    async () => {
      const leaks = new Set<string>();
      for (const viewer of people) {
        const others = people.filter((owner) => secretsOf(owner, viewer).length > 0);
        const strangers = others.filter((owner) => !isShared(owner, viewer));
        const before = await rowsOf(strangers);
        // Of one's own company, and for the office, much may be changed; there what is read is the matter.
        const requests = different(
          others.flatMap((owner) => {
            const all = requestsIn(owner.world);
            return isShared(owner, viewer) ? all.filter(({ reads }) => reads) : all;
          }),
        );
        await inTurns(requests, async (request) => {
          const answer = await answerTo(request, viewer.token);
          for (const owner of others)
            for (const secret of secretsOf(owner, viewer))
              if (answer.includes(secret))
                leaks.add(`${viewer.name} ← ${owner.name}: ${request.name}: ${secret}`);
        });
        expect(await rowsOf(strangers), viewer.name).toEqual(before);
      }
      expect([...leaks]).toEqual([]);
    },
  );

  it('is told by subscriptions to its own company only', async () => {
    const heard = new Map<Inhabitant, string[]>();
    const clients = people
      .filter(({ role }) => role !== 'guest')
      .map((person) => {
        const told: string[] = [];
        heard.set(person, told);
        const client = createClient({
          url: `${mak.url.replace('http', 'ws')}/graphql`,
          retryAttempts: 0,
          connectionParams: { authorization: `Bearer ${person.token}` },
        });
        for (const query of [...subscriptionsIn(person.world), ALL_EVENTS])
          client.subscribe(
            { query },
            {
              next: (message) => void told.push(JSON.stringify(message)),
              error: (error) => void told.push(`error ${JSON.stringify(error)}`),
              complete: () => undefined,
            },
          );
        return client;
      });
    const owners = people.filter(({ role }) => role === 'partner' || role === 'franchisee');
    for (const { world: own } of owners) {
      const path = `/v1/deals/${own.deal}/notes`;
      await mak.call(path, { key: world.apiKey, body: { text: 'Something new' } });
    }
    // They begin to listen at some time; each hears of its own deal when they do.
    for (const owner of owners) {
      await expect
        .poll(
          async () => {
            const path = `/v1/deals/${owner.world.deal}`;
            const { body } = await mak.call<{ version: number }>(path, { key: world.apiKey });
            await mak.call(path, {
              key: world.apiKey,
              method: 'PATCH',
              body: { version: body.version, amount: body.version, currency: 'EUR' },
            });
            return heard.get(owner)?.some((message) => message.includes(owner.world.deal));
          },
          { timeout: 20_000, interval: 400 },
        )
        .toBe(true);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (const client of clients) await client.dispose();
    for (const [viewer, messages] of heard)
      for (const owner of owners) {
        const secrets = secretsOf(owner, viewer);
        const found = secrets.filter((secret) => messages.some((text) => text.includes(secret)));
        expect(found, `${viewer.name} ← ${owner.name}`).toEqual([]);
      }
  });
});
