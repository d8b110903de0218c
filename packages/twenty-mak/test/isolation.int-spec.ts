import { randomUUID } from 'node:crypto';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceContact } from '../src/features/clients/contact-events.ts';
import { Database } from '../src/platform/database/index.ts';
import { GRAPHQL } from './isolation/graphql-recipes.ts';
import { REST } from './isolation/rest-recipes.ts';
import type { Recipe } from './isolation/rest-recipes.ts';
import { buildWorld, gatherIntruders, MARKER, snapshot } from './isolation/world.ts';
import type { Intruders, World } from './isolation/world.ts';
import { startApp } from './support/app.ts';
import type { Answer, TestApp } from './support/app.ts';
import { entered } from './support/leads.ts';

let mak: TestApp;
let world: World;
let intruders: Intruders;
let before: Record<string, string[]>;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  const built = await buildWorld(mak);
  ({ world } = built);
  intruders = await gatherIntruders(mak, world, built.partner);
  before = await snapshot(mak, world);
});
afterAll(() => mak.close());

const routes = (): string[] => mak.routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route));

async function callRoute(route: string, recipe: Recipe, key?: string): Promise<Answer<unknown>> {
  const [method = '', template = ''] = route.split(' ');
  return mak.call(recipe.path?.(world) ?? template, {
    method,
    ...(recipe.body === undefined ? {} : { body: recipe.body(world) }),
    ...(key === undefined ? {} : { key }),
  });
}

interface GraphqlBody {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

async function callGraphql(
  document: string,
  key?: string,
): Promise<GraphqlBody & { code: string | undefined }> {
  const { body } = await mak.call<GraphqlBody>('/graphql', {
    body: { query: document },
    ...(key === undefined ? {} : { key }),
  });
  return { ...body, code: body.errors?.[0]?.extensions?.code };
}

/** Names and ids of deals that belong to others, and of what hangs on them. */
const hiddenFromPartners = (): string[] => [
  `${MARKER} one`,
  `${MARKER} two`,
  `${MARKER}-1`,
  world.deal,
  world.otherDeal,
  world.task,
  world.notification,
  world.lead,
];

/** What a stranger is told who names something that exists. */
const NOTHING = ['not_found', 'forbidden', 'unknown_pipeline'];

/** Sums and counts of deals of others would tell of them too. */
const COUNTED = /"(deals|count|runs|running|breached|met|total)":[1-9]/;

const codeOf = (body: unknown): unknown => (body as { code?: unknown } | null)?.code;

/** Nothing of the first tenant stands in an answer, wherever. */
function expectNothing(answer: unknown, where: string): void {
  expect(JSON.stringify(answer), where).not.toContain(MARKER);
}

describe('every REST route', () => {
  it('has a recipe, and every recipe a route', () => {
    expect(routes().toSorted()).toEqual(Object.keys(REST).toSorted());
  });

  it('gives the first tenant its own, so that the recipes name what exists', async () => {
    for (const [route, recipe] of Object.entries(REST)) {
      if (recipe.kind !== 'theirs' || !route.startsWith('GET ')) continue;
      expect((await callRoute(route, recipe, world.apiKey)).status, route).toBe(200);
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives an admin and a key of another tenant nothing', async () => {
    const leaks: string[] = [];
    for (const key of [intruders.foreignAdmin, intruders.foreignKey]) {
      for (const [route, recipe] of Object.entries(REST)) {
        const { status, body } = await callRoute(route, recipe, key);
        expectNothing(body, route);
        const fine =
          recipe.kind === 'theirs'
            ? [403, 404].includes(status) || codeOf(body) === 'unknown_pipeline'
            : recipe.kind === 'operator'
              ? status === 403
              : status < 500;
        if (!fine) leaks.push(`${route} → ${status} ${JSON.stringify(body)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives a client without scopes nothing', async () => {
    for (const [route, recipe] of Object.entries(REST)) {
      if (recipe.kind === 'public' || recipe.needsNoScope === true) continue;
      const answer = await callRoute(route, recipe, intruders.withoutScopes);
      expect(answer.status, route).toBe(403);
      expectNothing(answer.body, route);
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives nobody who is not signed in anything', async () => {
    const leaks: string[] = [];
    for (const [route, recipe] of Object.entries(REST)) {
      for (const key of [undefined, 'mak_guessed', 'makt_guessed.guessed', 'guessed']) {
        const { status, body } = await callRoute(route, recipe, key);
        expectNothing(body, route);
        const fine = recipe.kind === 'public' ? status < 500 : status === 401;
        if (!fine) leaks.push(`${route} → ${status} ${JSON.stringify(body)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives a partner nothing of deals of others', async () => {
    const leaks: string[] = [];
    for (const [route, recipe] of Object.entries(REST)) {
      const { status, body } = await callRoute(route, recipe, intruders.partner);
      const text = JSON.stringify(body);
      for (const secret of hiddenFromPartners()) expect(text, route).not.toContain(secret);
      expect(text, route).not.toMatch(COUNTED);
      const namesDeal = /^\S+ \/v1\/(deals|leads)\/:id/.test(route);
      const fine =
        recipe.kind === 'operator' ? status === 403 : !namesDeal || [403, 404].includes(status);
      if (!fine) leaks.push(`${route} → ${status} ${text}`);
    }
    expect(leaks).toEqual([]);
    expect(await snapshot(mak, world)).toEqual(before);
  });
});

describe('every GraphQL operation', () => {
  const operations = (): string[] => {
    const { schema } = mak.app.get(GraphQLSchemaHost);
    return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
      (type) => Object.keys(type?.getFields() ?? {}),
    );
  };
  const oneShots = () =>
    Object.entries(GRAPHQL).filter(([, recipe]) => recipe.kind !== 'subscription');

  it('has a recipe, and every recipe an operation', () => {
    expect(operations().toSorted()).toEqual(Object.keys(GRAPHQL).toSorted());
  });

  it('gives an admin and a key of another tenant nothing', async () => {
    for (const key of [intruders.foreignAdmin, intruders.foreignKey]) {
      for (const [name, { kind, document }] of oneShots()) {
        const answer = await callGraphql(document(world), key);
        expectNothing(answer, name);
        expect(answer.code, `${name} ${JSON.stringify(answer)}`).not.toBe('internal_error');
        const fine = kind !== 'theirs' || NOTHING.includes(answer.code ?? '');
        expect(fine, `${name} ${JSON.stringify(answer)}`).toBe(true);
      }
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives a client without scopes nothing', async () => {
    for (const [name, recipe] of oneShots()) {
      if (recipe.needsNoScope === true) continue;
      const answer = await callGraphql(recipe.document(world), intruders.withoutScopes);
      expect(answer.code, `${name} ${JSON.stringify(answer)}`).toBe('forbidden');
      expectNothing(answer, name);
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives nobody who is not signed in anything', async () => {
    for (const [name, { document }] of oneShots()) {
      for (const key of [undefined, 'mak_guessed']) {
        const answer = await callGraphql(document(world), key);
        expect(answer.code, `${name} ${JSON.stringify(answer)}`).toBe('unauthenticated');
        expectNothing(answer, name);
      }
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });

  it('gives a partner nothing of deals of others', async () => {
    for (const [name, { document }] of oneShots()) {
      const text = JSON.stringify(await callGraphql(document(world), intruders.partner));
      for (const secret of hiddenFromPartners()) {
        expect(text, name).not.toContain(secret);
      }
      expect(text, name).not.toMatch(COUNTED);
    }
    expect(await snapshot(mak, world)).toEqual(before);
  });
});

describe('the first tenant itself', () => {
  it('gets by GraphQL what strangers do not', async () => {
    for (const [name, { kind, document }] of Object.entries(GRAPHQL)) {
      const text = document(world);
      if (kind !== 'theirs' || text.startsWith('mutation')) continue;
      const { errors, data } = await callGraphql(text, world.apiKey);
      expect(errors ?? [], name).toEqual([]);
      expect(data?.[name], name).toBeTruthy();
    }
  });
});

/** What a subscription says beside the deal. */
const SAID: Readonly<Record<string, string>> = {
  masterDealEvents: 'masterdeal.owner.changed',
  orderEvents: 'order.changed',
  contactEvents: 'contact.changed',
};

/** A telephone number of two leads of the first tenant, which are a pair. */
const SHARED = '+380671239876';

/** What a subscription says to somebody who has nothing to hear of: that the server listens, or what is their own. */
const UNCONCERNED: Readonly<Record<string, readonly string[]>> = {
  dealChanges: ['[{"dealChanges":{"ids":[]}}]'],
  orderChanges: ['[]', '[{"orderChanges":{"ids":[]}}]'],
  leadPairsChanged: ['[]', '[{"leadPairsChanged":{"open":0}}]'],
};

describe('every subscription', () => {
  let owners = 0;

  /** What of the first tenant is told. */
  function subjectOf(name: string): string {
    if (name === 'lotChanged') return world.lot;
    if (name === 'orderEvents' || name === 'orderChanges') return world.order;
    if (name === 'contactEvents') return world.client;
    return name === 'leadPairsChanged' ? '{"leadPairsChanged":{"open":1}}' : world.deal;
  }

  beforeAll(async () => {
    for (const name of ['One', 'Other'])
      await entered(mak, world.apiKey, { name, phones: [SHARED] });
  });

  /** The first tenant works on its deal, which every subscriber of it hears. */
  async function changeOwner(): Promise<void> {
    const deal = await mak.call<{ version: number }>(`/v1/deals/${world.deal}`, {
      key: world.apiKey,
    });
    owners += 1;
    const body = { version: deal.body.version, owner_id: `${MARKER}-${owners}` };
    const answer = await mak.call(`/v1/deals/${world.deal}/owners`, {
      key: world.apiKey,
      method: 'PUT',
      body,
    });
    expect(answer.status).toBe(200);
  }

  /** And on an order. */
  async function changeOrder(): Promise<void> {
    const path = `/v1/orders/${world.order}`;
    const { body } = await mak.call<{ version: number }>(path, { key: world.apiKey });
    const answer = await mak.call(path, {
      key: world.apiKey,
      method: 'PATCH',
      body: { version: body.version, tracking_code: `${MARKER}-${owners}` },
    });
    expect(answer.status).toBe(200);
  }

  /** And another system changes a contact of its client. */
  async function changeContact(): Promise<void> {
    const change = { version: owners, fields: ['name'], system: 'keycrm' } as const;
    await mak.app.get(Database).within({ tenantId: world.tenantId }, async (tx) => {
      announceContact(
        tx,
        world.tenantId,
        { id: randomUUID(), clientId: world.client, ...change },
        Date.now(),
      );
    });
  }

  interface Subscriber {
    readonly received: unknown[];
    readonly refused: unknown[];
    readonly leave: () => Promise<void>;
  }

  function subscribe(query: string, key: string | undefined): Subscriber {
    const received: unknown[] = [];
    const refused: unknown[] = [];
    const client = createClient({
      url: `${mak.url.replace('http', 'ws')}/graphql`,
      retryAttempts: 0,
      ...(key === undefined ? {} : { connectionParams: { authorization: `Bearer ${key}` } }),
    });
    const stop = client.subscribe(
      { query },
      {
        next: (value) => {
          if (value.errors === undefined) received.push(value.data);
          else refused.push(value.errors);
        },
        error: (error) => refused.push(error instanceof Error ? error.message : error),
        complete: () => undefined,
      },
    );
    const leave = async (): Promise<void> => {
      stop();
      await client.dispose();
    };
    return { received, refused, leave };
  }

  /** What each of them receives while somebody works on the first tenant's deal, and how they were refused. */
  async function listen(
    query: string,
    keys: readonly (string | undefined)[],
  ): Promise<{ got: string; error: string }[]> {
    const subscribers = keys.map((key) => subscribe(query, key));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await changeOwner();
    await changeOrder();
    await changeContact();
    await new Promise((resolve) => setTimeout(resolve, 700));
    for (const { leave } of subscribers) await leave();
    return subscribers.map(({ received, refused }) => ({
      got: JSON.stringify(received),
      error: JSON.stringify(refused),
    }));
  }

  it.each(Object.entries(GRAPHQL).filter(([, { kind }]) => kind === 'subscription'))(
    '%s carries nothing to a stranger',
    async (name, { document }) => {
      const query = document(world);
      const { foreignAdmin, foreignKey, partner, withoutScopes } = intruders;
      const strangers = [foreignAdmin, foreignKey, partner];
      const nobodies = [undefined, 'mak_guessed', withoutScopes];
      const [own, ...others] = await listen(query, [world.apiKey, ...strangers, ...nobodies]);
      expect(own?.got).toContain(subjectOf(name));
      expect(own?.got).toContain(SAID[name] ?? '');
      const said = others.map(({ got }) => got);
      for (const heard of said.slice(0, strangers.length))
        expect(UNCONCERNED[name] ?? ['[]']).toContain(heard);
      expect(said.slice(strangers.length)).toEqual(nobodies.map(() => '[]'));
      expect(others.at(strangers.length)?.error).toContain('unauthenticated');
      expect(others.at(-1)?.error).toContain('forbidden');
    },
  );
});
