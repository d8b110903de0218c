import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_DOCUMENT, MAX_TOP_FIELDS } from '../src/platform/graphql/query-limits.ts';
import { startApp } from './support/app.ts';
import type { TestApp, TestTenant } from './support/app.ts';

interface Problem {
  readonly code: string;
  readonly title: string;
}

interface GraphqlAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; extensions: { code: string; status: number } }[];
}

let mak: TestApp;
let tenant: TestTenant;
let dealId: string;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
  const deal = await mak.call<{ id: string }>('/v1/deals', {
    key: tenant.apiKey,
    body: { name: 'Untouched', external_refs: [{ system: 'crm', id: '1' }] },
  });
  dealId = deal.body.id;
});
afterAll(() => mak.close());

/** All that a request could have changed. */
async function everything(): Promise<unknown> {
  const tables = ['deal', 'event', 'event_rejection', 'pipeline', 'pipeline_version', 'api_client'];
  const more = ['account', 'webhook_subscription', 'tenant', 'outbox', 'idempotency_key', 'task'];
  const counts: unknown[] = [];
  for (const table of [...tables, ...more])
    counts.push(
      await mak.database.query(
        `SELECT count(*), md5(string_agg(row, '' ORDER BY row)) FROM
         (SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM ${table} t) AS rows`,
      ),
    );
  return counts;
}

async function sendRaw(
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; problem: Problem }> {
  // GraphQL tells of refusals in its own way: status 200, and the same codes in `errors`.
  const key = path === '/v1/tenants' ? mak.operatorKey : tenant.apiKey;
  const answer = await fetch(`${mak.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body,
  });
  const told = (await answer.json()) as Problem & GraphqlAnswer;
  const [error] = told.errors ?? [];
  if (path !== '/graphql' || error === undefined) return { status: answer.status, problem: told };
  const { code, status } = error.extensions;
  return { status, problem: { code, title: error.message } };
}

const deep = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

function posts(): string[] {
  return mak.routes
    .filter((route) => route.startsWith('POST ') && !route.includes('*'))
    .map((route) =>
      route
        .slice(5)
        .replace('v1/deals/:id', `v1/deals/${dealId}`)
        .replace(':key', 'adtech')
        .replace(/:\w+/, '01a1fe4c-9969-736e-b48e-41142356aa59'),
    );
}

describe('every POST route', () => {
  it.each([
    ['a body nested 100,000 levels', () => deep(100_000), 'nested_too_deeply'],
    ['lists nested 100,000 levels', () => '['.repeat(1e5) + ']'.repeat(1e5), 'nested_too_deeply'],
    ['malformed JSON', () => '{"name": ', 'malformed_json'],
    ['__proto__ as a member', () => '{"__proto__":{"a":1}}', 'malformed_json'],
    ['a polluted constructor', () => '{"constructor":{"prototype":{}}}', 'malformed_json'],
    ['a number that JSON has not', () => '{"amount": NaN}', 'malformed_json'],
  ])('refuses %s and changes nothing', async (_case, body, code) => {
    const before = await everything();
    expect(posts().length).toBeGreaterThan(25);
    for (const path of posts()) {
      for (const headers of [{}, { 'idempotency-key': crypto.randomUUID() }]) {
        const { status, problem } = await sendRaw(path, body(), headers);
        expect({ path, status, code: problem.code }).toEqual({ path, status: 400, code });
        expect(problem.title.length).toBeGreaterThan(20);
      }
    }
    expect(await everything()).toEqual(before);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it.each(['null', '5', '"text"', '[]', '[[]]', '{"version":"1"}', '{"id":{},"name":[]}'])(
    'refuses the wrong type %s without an internal error',
    async (body) => {
      for (const path of posts()) {
        const { status } = await sendRaw(path, body);
        expect({ path, isDefect: status >= 500 }).toEqual({ path, isDefect: false });
      }
      const deal = await mak.call<{ name: string; version: number }>(`/v1/deals/${dealId}`, {
        key: tenant.apiKey,
      });
      expect(deal.body).toMatchObject({ name: 'Untouched', version: 1 });
    },
  );
});

describe('addresses', () => {
  it('refuses NUL characters and ids that are none, on every route', async () => {
    for (const route of mak.routes.filter((one) => /^(GET|PUT|DELETE|PATCH) .*:/.test(one))) {
      const [method = '', path = ''] = route.split(' ');
      for (const id of ['%00', 'x%00y', 'none', '%27%3B', '-1', '9'.repeat(30), '%E2%80%AE']) {
        const address = path.replace(/:\w+/g, id);
        // A name may be anything printable; everything else has to be one that exists.
        if (path.includes('source-defaults') && !id.includes('%00')) continue;
        const answer = await fetch(`${mak.url}${address}`, {
          method,
          headers: {
            authorization: `Bearer ${tenant.apiKey}`,
            ...(method === 'PATCH' || method === 'PUT'
              ? { 'content-type': 'application/json' }
              : {}),
          },
          ...(method === 'PATCH' || method === 'PUT' ? { body: '{"version":1}' } : {}),
        });
        const refused = answer.status >= 400 && answer.status < 500;
        expect({ method, address, refused }).toEqual({ method, address, refused: true });
      }
    }
  });

  it.each([
    '/v1/audit',
    '/v1/api-clients',
    '/v1/clients',
    '/v1/leads',
    '/v1/leads/duplicates',
    '/v1/exchange-rates',
    '/v1/accounts',
    '/v1/twenty/users',
    '/v1/sla/runs',
    '/v1/tasks',
    '/v1/deals',
  ])('refuses cursors for %s that nobody gave out', async (path) => {
    const id = '01a1fe4c-9969-736e-b48e-41142356aa59';
    const keys = [[], [1e20, id], [-1e18, id], ['a\0', id], [null, id], [1e20, id, '', '', '']];
    const forged = [...keys, [0, id, '\0', '', '']].map((key) =>
      Buffer.from(JSON.stringify(key)).toString('base64url'),
    );
    for (const cursor of [...forged, 'x', 'a'.repeat(400), 'null']) {
      const answer = await mak.call<Problem>(`${path}?cursor=${cursor}`, { key: tenant.apiKey });
      expect({ cursor, status: answer.status, code: answer.body.code }).toEqual({
        cursor,
        status: 422,
        code: 'invalid_cursor',
      });
    }
  });
});

describe('GraphQL', () => {
  const ask = async (query: string, variables: object = {}): Promise<GraphqlAnswer> =>
    (
      await mak.call<GraphqlAnswer>('/graphql', {
        key: tenant.apiKey,
        body: { query, variables },
      })
    ).body;
  const aliases = (count: number, field: string): string =>
    Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

  it('refuses one field under a thousand aliases, also out of fragments', async () => {
    const many = aliases(700, 'deals { nodes { id } }');
    for (const query of [
      `{ ${aliases(MAX_TOP_FIELDS + 1, 'deals { nodes { id } }')} }`,
      `{ ...on Query { ${aliases(MAX_TOP_FIELDS + 1, '__typename')} } }`,
      `{ ...A ...B } fragment A on Query { ${aliases(20, '__typename')} } fragment B on Query { b: __typename }`,
      `mutation { ${aliases(21, `addDealNote(id: "${dealId}", text: "x") { id }`)} }`,
    ]) {
      const { data, errors } = await ask(query);
      expect(data).toBeNull();
      expect(errors?.map(({ message }) => message).join()).toContain('fields at its top');
      expect(errors?.[0]?.extensions.code).toBe('invalid_query');
    }
    const { data, errors } = await ask(`{ ${many} ${' '.repeat(MAX_DOCUMENT)} }`);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'document_too_long', status: 413 });
  });

  it('refuses a bomb of fragments and one of nested aliases', async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, index) => `fragment F${index} on Deal { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ');
    const nested = await ask(
      `{ deal(id: "${dealId}") { ...F0 } } ${bomb} fragment F12 on Deal { id name }`,
    );
    expect(nested.errors?.[0]?.message).toContain('more than 1000 fields');
    const wide = await ask(`{ deal(id: "${dealId}") { ${aliases(1_001, 'id')} } }`);
    expect(wide.errors?.[0]?.message).toContain('more than 1000 fields');
  });

  it.each([
    ['a field that is none', '{ nope }', 'Cannot query field "nope"'],
    [
      'a circle of fragments',
      '{ ...A } fragment A on Query { ...A }',
      'Cannot spread fragment "A"',
    ],
    ['no GraphQL at all', '{ '.repeat(5_000), 'Syntax Error'],
    [
      'a query that is too deep',
      `${'{ __schema { types { fields { type {'} ${'ofType {'.repeat(20)} name ${'}'.repeat(25)}`,
      'depth',
    ],
    ['a missing argument', '{ deal { id } }', 'argument "id"'],
  ])('says what is wrong with %s', async (_case, query, message) => {
    const { errors } = await ask(query);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions.code).toBe('invalid_query');
  });

  it('says which variable has a wrong type', async () => {
    const { errors } = await ask('query ($n: Int!) { deals(first: $n) { nodes { id } } }', {
      n: 'many',
    });
    expect(errors?.[0]?.message).toContain('"$n"');
  });

  it.each(['{"kind":"Document"}', '{"kind":"Document","definitions":[{"kind":"x"}]}'])(
    'refuses a syntax tree as text: %s',
    async (query) => {
      const { data, errors } = await ask(query);
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions.code).toBe('invalid_query');
    },
  );

  it('answers the introspection of tools, and nothing else without a credential', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const schema = await mak.call<GraphqlAnswer>('/graphql', {
      body: { query: getIntrospectionQuery() },
    });
    expect(schema.body.errors).toBeUndefined();
    const deals = await mak.call<GraphqlAnswer>('/graphql', {
      body: { query: '{ deals { nodes { id } } }' },
    });
    expect(deals.body.errors?.[0]?.extensions.code).toBe('unauthenticated');
  });

  it('takes no lists of operations', async () => {
    const { body } = await mak.call<GraphqlAnswer>('/graphql', {
      key: tenant.apiKey,
      body: [{ query: '{ __typename }' }, { query: '{ __typename }' }],
    });
    expect(body.data ?? null).toBeNull();
  });
});

it('lets pages of other origins read answers to a token that they hold, never with credentials', async () => {
  for (const method of ['OPTIONS', 'GET']) {
    const answer = await fetch(`${mak.url}/v1/deals`, {
      method,
      headers: { origin: 'https://evil.example', authorization: `Bearer ${tenant.apiKey}` },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  }
});

describe('one bad event among good ones', () => {
  const event = (more: object): object => ({
    event_id: crypto.randomUUID(),
    type: 'crm.deal.created',
    source: 'crm',
    occurred_at: '2026-02-01T10:00:00Z',
    external_refs: [{ system: 'crm', id: crypto.randomUUID() }],
    ...more,
  });
  const send = (events: object[]) =>
    mak.call<{ results: { status: string; code?: string }[] }>('/v1/events', {
      key: tenant.apiKey,
      body: events,
    });
  /** Does not compress, so that an index notices its length. */
  const random = (length: number): string =>
    Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join('');

  it.each([
    ['an owner of 60,000 characters', { owner_id: random(60_000) }],
    ['a client of 60,000 characters', { client_id: random(60_000) }],
    ['a name of 60,000 characters', { name: random(60_000) }],
    ['a role of 20,000 characters', { responsible: { [random(20_000)]: random(20_000) } }],
    ['an amount of 1e308', { amount: 1e308 }],
    ['an amount above 2^53', { amount: 2 ** 53 }],
    ['SQL as a name', { name: "'); DROP TABLE deal; --" }],
    ['text from right to left', { name: '\u202Eevil' }],
    ['members of the prototype', { attributes: { toString: 1, hasOwnProperty: 2 } }],
    ['a list as a contact', { contact: [['a'], { email: 'x@example.com' }, null, 5] }],
  ])('with %s does not spoil them', async (_case, data) => {
    const { status, body } = await send([event({ data }), event({})]);
    expect(status).toBe(200);
    expect(body.results.map((one) => one.status)).toEqual(['applied', 'applied']);
  });

  it.each([
    ['NUL characters', { name: 'a\0b' }, 'invalid_event'],
    ['half a surrogate pair', { name: '\ud800' }, 'invalid_event'],
    ['33 levels', { deep: JSON.parse(deep(33)) as object }, 'invalid_event'],
    ['200 KB', { name: 'x'.repeat(200_000) }, 'data_too_large'],
    ['an unknown pipeline', { pipeline: 'none' }, 'unknown_pipeline'],
  ])('with %s is refused alone', async (_case, data, code) => {
    const { body } = await send([event({ data }), event({})]);
    expect(body.results).toMatchObject([{ status: 'rejected', code }, { status: 'applied' }]);
  });

  it('sums amounts beyond what a 64-bit integer holds', async () => {
    const amount = Number.MAX_SAFE_INTEGER;
    for (let request = 0; request < 3; request += 1) {
      const most = Array.from({ length: 400 }, () => event({ data: { amount, currency: 'XTS' } }));
      expect((await send(most)).status).toBe(200);
    }
    for (const path of ['/v1/deals/counts', '/v1/deals/counts?currency=XTS']) {
      const { body } = await mak.call<{
        items: { sums: { currency: string; amount: number }[] }[];
      }>(path, { key: tenant.apiKey });
      const sum = body.items.flatMap(({ sums }) => sums).find(({ currency }) => currency === 'XTS');
      expect(sum?.amount).toBeCloseTo(1_200 * amount, -6);
    }
  });
});

describe('what does not exist', () => {
  it.each([
    ['GET', '/v1/tenants/nobody', undefined],
    ['POST', '/v1/tenants/nobody/clock', { frozen_at: null }],
    ['POST', '/v1/tenants/01a1fe4c-9969-736e-b48e-41142356aa59/sweep', {}],
    ['DELETE', '/v1/tenants/nobody?confirm=nobody', undefined],
  ])('an unknown tenant: %s %s is refused and changes nothing', async (method, path, body) => {
    const before = await everything();
    const answer = await mak.call<Problem>(path, {
      method,
      key: mak.operatorKey,
      ...(body === undefined ? {} : { body }),
    });
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect(answer.body.title).toContain('tenant');
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['POST', '/v1/deals', { name: 'x', pipeline: 'nope' }, 422, 'unknown_pipeline'],
    ['GET', '/v1/deals?pipeline=nope', undefined, 422, 'unknown_pipeline'],
    ['POST', '/v1/pipelines/nope/publish', { version: 1 }, 404, 'not_found'],
    ['PUT', '/v1/source-defaults/crm', { pipeline: 'nope' }, 404, 'not_found'],
  ])('an unknown pipeline: %s %s', async (method, path, body, status, code) => {
    const before = await everything();
    const answer = await mak.call<Problem>(path, {
      method,
      key: tenant.apiKey,
      ...(body === undefined ? {} : { body }),
    });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(await everything()).toEqual(before);
  });
});

describe('SQL in what is asked for', () => {
  it.each([
    ["sort=name'; DROP TABLE deal; --", 'sort'],
    ['sort=(SELECT 1)', 'sort'],
    ['amount_from=1 OR 1=1', 'amount_from'],
    ["sla=open' OR '1'='1", 'sla'],
    ['limit=1; DELETE FROM deal', 'limit'],
    ['updated_since=now()', 'updated_since'],
    ['__proto__=1', '__proto__'],
  ])('%s is refused', async (query, field) => {
    const before = await everything();
    const answer = await mak.call<Problem & { field: string }>(`/v1/deals?${encodeURI(query)}`, {
      key: tenant.apiKey,
    });
    expect({ status: answer.status, field: answer.body.field }).toEqual({ status: 422, field });
    expect(await everything()).toEqual(before);
  });

  it.each(["owner=' OR '1'='1", "text=' OR 1=1 --", 'text=%25%25%25', "stage=draft' OR 'a'='a"])(
    '%s finds nothing',
    async (query) => {
      const answer = await mak.call<{ items: unknown[] }>(`/v1/deals?${query}`, {
        key: tenant.apiKey,
      });
      expect(answer.body.items).toEqual([]);
    },
  );
});
