import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GRAPHQL } from './isolation/graphql-recipes.ts';
import { REST } from './isolation/rest-recipes.ts';
import { hearSubscriptions, lettersIn, tablesWith, textOf } from './secrecy/ears.ts';
import { AMOUNT, CONTACT, foundIn, OPEN_BID, SEALED_A, SEALED_B } from './secrecy/secrets.ts';
import type { SecretName } from './secrecy/secrets.ts';
import { withEverything } from './secrecy/selections.ts';
import { openStage } from './secrecy/stage.ts';
import type { Stage, Viewer } from './secrecy/stage.ts';
import { inTurns } from './support/in-turns.ts';

/*
 * A lead is sold without anybody seeing who it is: every way out, for everybody, before and after. Likewise what others have
 * put into a sealed lot, who the other bidders are, and the seller's reserve.
 */

let stage: Stage;
/** What subscriptions said while bids came in, by viewer. */
const told = new Map<Viewer, string[]>();

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const ALL: readonly SecretName[] = [
  ...(['contact', 'amount', 'lead', 'reserve', 'bidderA', 'bidderB'] as const),
  ...(['sealedA', 'sealedB'] as const),
];
const withheld = (open: readonly SecretName[]): SecretName[] =>
  ALL.filter((name) => !open.includes(name));

interface Request {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** How deep documents ask: what refuses a deep field may take a shallow one away with it. */
const DEPTHS = [1, 2, 4];

/** Every route that reads, and every query asking for all that there is. */
function readings(): Request[] {
  const { world, api } = stage;
  const { schema } = api.app.get(GraphQLSchemaHost);
  const routes = Object.entries(REST).flatMap(([name, recipe]): Request[] => {
    const [method = '', template = ''] = name.split(' ');
    return method === 'GET' ? [{ name, method, path: recipe.path?.(world) ?? template }] : [];
  });
  const queries = Object.entries(GRAPHQL).flatMap(([name, recipe]): Request[] => {
    const document = recipe.document(world);
    if (recipe.kind === 'subscription' || document.startsWith('mutation')) return [];
    return DEPTHS.map((depth) => ({
      name: `query ${name} ${depth} deep`,
      method: 'POST',
      path: '/graphql',
      body: { query: withEverything(schema, document, depth) },
    }));
  });
  return [...routes, ...queries, ...searches()];
}

/** Ways to ask for something that a list of routes does not show: searches, filters, every list of lots, others' wallets. */
function searches(): Request[] {
  const { world, lots } = stage;
  const get = (path: string): Request => ({ name: `GET ${path}`, method: 'GET', path });
  const texts = [CONTACT.phone, CONTACT.email, CONTACT.name].map(encodeURIComponent);
  const filters = [
    { field: 'city', is: ['kyiv'] },
    { field: 'amount', from: AMOUNT },
    { field: 'phone', is: [CONTACT.phone] },
    { field: 'attributes.custom', is: [CONTACT.custom] },
  ].map((filter) => encodeURIComponent(JSON.stringify(filter)));
  const scopes = ['market', 'selling', 'bidding', 'followed'];
  const phases = ['active', 'closed'];
  return [
    ...texts.flatMap((text) => ['leads', 'clients', 'deals'].map((of) => `${of}?text=${text}`)),
    ...filters.flatMap((filter) => [`leads?filter=${filter}`, `leads/export?filter=${filter}`]),
    ...scopes.flatMap((scope) => phases.map((phase) => `lots?scope=${scope}&phase=${phase}`)),
    ...[lots.open, lots.sealed].flatMap((lot) => [`lots/${lot}`, `lots/${lot}/bids`]),
    ...[`wallet?account_id=${world.account}&currency=EUR`, 'wallet?currency=EUR'],
    ...[`wallet/statement?account_id=${world.account}&currency=EUR`, 'audit?limit=200'],
    'notifications?limit=200',
    ...['leads', 'clients'].map((of) => `${of}/export?format=xlsx`),
  ].map((path) => get(`/v1/${path}`));
}

/** Attempts of somebody who may not: their refusals are texts too. */
function attempts(): Request[] {
  const { world, lots } = stage;
  const routes = Object.entries(REST).flatMap(([name, recipe]): Request[] => {
    const [method = '', template = ''] = name.split(' ');
    const isOfLead = /\/v1\/(leads\/:id|lots\/:id\/withdraw|returns)/.test(template);
    if (method === 'GET' || !isOfLead) return [];
    const body = recipe.body?.(world);
    const path = recipe.path?.(world) ?? template;
    return [{ name, method, path, ...(body === undefined ? {} : { body }) }];
  });
  const post = (path: string, body: object): Request => {
    return { name: `POST ${path} ${JSON.stringify(body)}`, method: 'POST', path, body };
  };
  const { phone, email, name } = CONTACT;
  return [
    ...routes,
    post('/v1/leads/check', { phones: [phone] }),
    post('/v1/leads/check', { emails: [email] }),
    post('/v1/leads/check', { name, city: 'kyiv' }),
    post(`/v1/lots/${lots.open}/bids`, { key: 'too low', amount: 1 }),
    post(`/v1/lots/${lots.sealed}/bids`, { key: 'too low', amount: 1 }),
    post(`/v1/lots/${lots.open}/bids`, { key: 'too much', amount: 999_999_999_999 }),
  ];
}

/** The answer with its headers, as text. A request that was not understood, or that came too often, would prove nothing. */
async function answerTo({ name, method, path, body }: Request, key?: string): Promise<string> {
  const answer = await fetch(`${stage.api.url}${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(answer.status, name).toBeLessThan(500);
  expect(answer.status, name).not.toBe(429);
  const text = `${await textOf(answer)}${JSON.stringify([...answer.headers])}`;
  expect(text, name).not.toMatch(/internal_error|Cannot query field|has more than \d+ fields/);
  return text;
}

/** What a viewer reads by these requests that is withheld from it, and what it reads that it may. */
async function look(
  viewer: Viewer,
  requests: readonly Request[],
  open: readonly SecretName[],
): Promise<{ leaks: string[]; seen: Set<SecretName> }> {
  const leaks = new Set<string>();
  const seen = new Set<SecretName>();
  await inTurns(requests, async (request) => {
    const text = await answerTo(request, viewer.key);
    const asked = `${decodeURIComponent(request.path)}${JSON.stringify(request.body ?? '')}`;
    // Who asks for a telephone number knows it.
    const known = foundIn(asked, stage.secrets, ALL);
    for (const name of ALL) {
      const found = foundIn(text, stage.secrets, [name]).filter((one) => !known.includes(one));
      if (found.length > 0) seen.add(name);
      if (!open.includes(name))
        for (const one of found) leaks.add(`${viewer.name}: ${request.name}: ${one}`);
    }
  });
  return { leaks: [...leaks], seen };
}

async function lookAll(
  of: (viewer: Viewer) => readonly SecretName[],
  requests: readonly Request[],
): Promise<string[]> {
  const leaks: string[] = [];
  for (const viewer of stage.viewers) {
    const open = of(viewer);
    const found = await look(viewer, requests, open);
    leaks.push(...found.leaks);
    // A look that sees nothing proves nothing.
    expect(
      open.filter((name) => !found.seen.has(name)),
      viewer.name,
    ).toEqual([]);
  }
  return leaks;
}

/** What MaK calls the records of an object in twenty. */
function idsIn(object: string): readonly string[] {
  const rows = [...stage.twenty.twenty.workspace.table(object).rows.values()];
  return rows.map((row) => String(row['makId'])).toSorted();
}

/** What has left on other ways than answers, and what of it betrays one of these, or in a letter who bids. */
function overheard(names: readonly SecretName[]): string[] {
  const { log, redis, receiver, twenty, letters, secrets, viewers } = stage;
  const { workspace } = twenty.twenty;
  const ways: [string, readonly string[]][] = [
    ['log', log],
    ['Redis', redis],
    ['webhook', receiver.received.map(({ text, headers }) => text + JSON.stringify(headers))],
    [
      'twenty',
      workspace.objects.map(({ singular }) =>
        JSON.stringify([...workspace.table(singular).rows.values()]),
      ),
    ],
  ];
  const found = ways.flatMap(([way, texts]) =>
    texts.flatMap((text) => foundIn(text, secrets, names).map((one) => `${way}: ${one}`)),
  );
  const written = lettersIn(letters).flatMap(({ to, text }) => {
    const open = viewers.find(({ address }) => address === to)?.before ?? [];
    const named = [...names, 'bidderA', 'bidderB'] as const;
    const closed = named.filter((name) => !open.includes(name));
    return foundIn(text, secrets, closed).map((one) => `letter to ${to}: ${one}`);
  });
  return [...new Set([...found, ...written])];
}

describe('while the lots are open', () => {
  it('everybody listens, and two bid', { timeout: 120_000 }, async () => {
    const { api, world, viewers, lots, bid } = stage;
    const { schema } = api.app.get(GraphQLSchemaHost);
    const documents = [
      ...Object.values(GRAPHQL)
        .filter(({ kind }) => kind === 'subscription')
        .map(({ document }) => withEverything(schema, document(world), 4)),
      `subscription { lotChanged(ids: ["${lots.sealed}"]) { id seq price minimumBid endsAt isLeading outcome { price } } }`,
    ];
    const leave = viewers.map((viewer) => {
      const heard: string[] = [];
      told.set(viewer, heard);
      return hearSubscriptions(api, viewer.key, documents, heard);
    });
    const listening = told.get(stage.viewers.at(-1) as Viewer) ?? [];
    await expect
      .poll(() => listening.filter((text) => text.includes(lots.sealed)).length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);
    await bid('A', lots.open, OPEN_BID);
    await bid('B', lots.open, OPEN_BID + 1);
    await bid('A', lots.sealed, SEALED_A);
    await bid('B', lots.sealed, SEALED_B);
    await expect
      .poll(() => listening.some((text) => text.includes(String(OPEN_BID + 1))), {
        timeout: 20_000,
      })
      .toBe(true);
    // Letters about being outbid, and twenty, come a moment later.
    await expect
      .poll(
        () => lettersIn(stage.letters).flatMap(({ to, text }) => (/outbid/.test(text) ? [to] : [])),
        { timeout: 30_000 },
      )
      .toContain(viewers.find(({ name }) => name === 'bidder A')?.address);
    await expect.poll(() => idsIn('makBid').length).toBeGreaterThanOrEqual(2);
    await stage.twenty.settled('some');
    for (const end of leave) await end();
  });

  it(
    'nobody reads what is withheld, by whatever route or query',
    { timeout: 600_000 },
    async () => {
      expect(await lookAll(({ before }) => before, readings())).toEqual([]);
    },
  );

  it('no refusal says it', { timeout: 120_000 }, async () => {
    const leaks: string[] = [];
    for (const viewer of stage.viewers.filter(({ isOutsider }) => isOutsider))
      leaks.push(...(await look(viewer, attempts(), viewer.before)).leaks);
    expect(leaks).toEqual([]);
  });

  it('no subscription carries it', () => {
    const leaks = [...told].flatMap(([viewer, heard]) =>
      foundIn(heard.join('\n'), stage.secrets, withheld(viewer.before)).map(
        (one) => `${viewer.name}: ${one}`,
      ),
    );
    expect(leaks).toEqual([]);
  });

  it('twenty has the lead, both lots and the open bids, and no sealed one', () => {
    const { world, lots, secrets } = stage;
    expect(idsIn('makLead')).toContain(world.lead);
    expect(idsIn('makLeadAuction')).toEqual(expect.arrayContaining([lots.open, lots.sealed]));
    expect(idsIn('makBid')).toEqual([1, 2].map((seq) => `${lots.open}:${seq}`));
    expect(idsIn('makFranchisee')).toEqual(
      expect.arrayContaining([secrets.bidderA[0], secrets.bidderB[0]]),
    );
  });

  it('no log, job, webhook, letter or record of twenty has it', () => {
    expect(stage.log.length).toBeGreaterThan(0);
    expect(stage.redis.length).toBeGreaterThan(0);
    expect(stage.receiver.received.length).toBeGreaterThan(0);
    expect(overheard(['contact', 'amount', 'reserve', 'sealedA', 'sealedB'])).toEqual([]);
  });

  it('the contact lies in clear in no table but its own', async () => {
    expect(await tablesWith(stage.api, stage.secrets.contact)).toEqual([
      'public.lead_comment',
      'public.lead_contact',
    ]);
  });
});

describe('when the lots have ended', () => {
  it('the worker closes them and tells everybody', { timeout: 90_000 }, async () => {
    const { api, lots, end } = stage;
    for (const lot of [lots.open, lots.sealed]) await end(lot);
    await expect
      .poll(
        () =>
          api.database.query(
            'SELECT lot_id FROM lot_notice WHERE NOT finished AND lot_id = ANY ($1)',
            [[lots.open, lots.sealed]],
          ),
        { timeout: 30_000 },
      )
      .toEqual([]);
    await stage.twenty.settled('some');
  });

  it(
    'the winner, the seller and the head office read the contact, nobody else',
    {
      timeout: 600_000,
    },
    async () => {
      expect(await lookAll(({ after }) => after, readings())).toEqual([]);
    },
  );

  it('no log, job, webhook, letter or record of twenty has it', () => {
    const types = stage.receiver.received.map(({ body }) => body.type);
    expect(types).toEqual(
      expect.arrayContaining(['lead.status.changed', 'auction.lot.listed', 'auction.lot.sold']),
    );
    expect(overheard(['contact', 'amount', 'reserve'])).toEqual([]);
  });

  it('twenty has the bids of both lots', () => {
    const { lots } = stage;
    expect(idsIn('makBid')).toEqual(
      [lots.open, lots.sealed].flatMap((lot) => [1, 2].map((seq) => `${lot}:${seq}`)).toSorted(),
    );
  });
});
