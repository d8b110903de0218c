import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileRead } from 'twenty-mak-domain';
import type { PipelineDefinition, Predicates } from 'twenty-mak-domain';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';

interface Result {
  /** Missing parts are seen by the expectations. */
  readonly data: Record<string, unknown>;
  readonly errors?: { message: string; extensions?: { code?: string; field?: string } }[];
}

interface Connection {
  readonly nodes: { id: string; name: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

interface BoardResult {
  readonly columns: {
    key: string;
    kind: string;
    total: number;
    sums: { currency: string; amount: number }[];
    deals: Connection;
  }[];
}

let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  other = await app.createTenant();
  const pipeline = { preset: 'adtech', publish: true };
  for (const { apiKey: key } of [tenant, other])
    await app.call('/v1/pipelines', { key, body: pipeline });
  for (let index = 0; index < 12; index += 1) {
    const body = { name: `Deal ${index}`, amount: 100, currency: 'EUR', owner_id: `o${index % 2}` };
    const made = await app.call('/v1/deals', { key: tenant.apiKey, body });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
});
afterAll(() => app?.close());

async function ask(query: string, variables = {}, key = tenant.apiKey): Promise<Result> {
  return (await app.call<Result>('/graphql', { key, body: { query, variables } })).body;
}

const LIST = `query ($first: Int, $after: String, $filter: DealFilterInput) {
  deals(first: $first, after: $after, filter: $filter) {
    nodes { id name gates { gate status } slaRuns { timer status } externalRefs { system id } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Transactions that `work` opens; each is one round of queries. */
async function transactions(work: () => Promise<unknown>): Promise<number> {
  const database = app.app.get(Database);
  const within = database.within.bind(database);
  let count = 0;
  database.within = (scope, run) => {
    count += 1;
    return within(scope, run);
  };
  try {
    await work();
  } finally {
    database.within = within;
  }
  return count;
}

describe('deals over GraphQL', () => {
  it('come in pages', async () => {
    const names: string[] = [];
    for (let after: string | null = null; ;) {
      const { data }: Result = await ask(LIST, { first: 5, after });
      const { nodes, pageInfo } = data['deals'] as Connection;
      names.push(...nodes.map(({ name }) => name));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(names).toEqual(Array.from({ length: 12 }, (_, index) => `Deal ${11 - index}`));
  });

  it('cost as many transactions for twelve as for one', async () => {
    const one = await transactions(() => ask(LIST, { first: 1 }));
    const twelve = await transactions(() => ask(LIST, { first: 12 }));
    expect(twelve).toBe(one);
  });

  it('make a board with totals in one request, whose columns go on page by page', async () => {
    const { data, errors } = await ask(`{ board(first: 5) { columns {
      key kind total sums { currency amount } deals { nodes { id name } pageInfo { hasNextPage endCursor } }
    } } }`);
    expect(errors).toBeUndefined();
    const { columns } = data['board'] as BoardResult;
    expect(columns.map(({ key }) => key)).toEqual([
      ...['draft', 'briefed', 'planning', 'offer_ready', 'contracting', 'launching', 'running'],
      ...['closing', 'closed', 'cancelled'],
    ]);
    const [draft] = columns;
    expect(draft).toMatchObject({ total: 12, sums: [{ currency: 'EUR', amount: 1_200 }] });
    expect(draft?.deals.nodes).toHaveLength(5);
    const filter = { pipeline: 'adtech', stages: ['draft'] };
    const next = await ask(LIST, { first: 50, after: draft?.deals.pageInfo.endCursor, filter });
    const rest = (next.data['deals'] as Connection).nodes;
    expect([...(draft?.deals.nodes ?? []), ...rest].map(({ name }) => name)).toEqual(
      Array.from({ length: 12 }, (_, index) => `Deal ${11 - index}`),
    );
    const mine = await ask('{ board(filter: { owner: "o1" }) { columns { total } } }');
    expect((mine.data['board'] as BoardResult).columns[0]?.total).toBe(6);
  });

  it('are made, changed and merged with the refusals of REST', async () => {
    const made = await ask(
      'mutation ($input: CreateDealInput!) { createDeal(input: $input) { id version amount } }',
      {
        input: {
          name: 'New',
          amount: 9_007_199_254_740_991,
          currency: 'EUR',
          attributes: { a: [1] },
        },
      },
    );
    expect(made.errors).toBeUndefined();
    const deal = made.data['createDeal'] as { id: string; version: number };
    expect(deal).toMatchObject({ version: 1, amount: 9_007_199_254_740_991 });
    const edit =
      'mutation ($id: ID!, $input: EditDealInput!) { editDeal(id: $id, input: $input) { name amount } }';
    const edited = await ask(edit, {
      id: deal.id,
      input: { version: 1, name: 'Newer', amount: null },
    });
    expect(edited.data['editDeal']).toEqual({ name: 'Newer', amount: null });
    const late = await ask(edit, { id: deal.id, input: { version: 1, name: 'Late' } });
    expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'stale_version' });
    const bad = await ask(edit, { id: deal.id, input: { version: 2, currency: 'euro' } });
    expect(bad.errors?.[0]?.extensions).toMatchObject({
      code: 'invalid_request',
      field: 'currency',
    });
    const noted = await ask(
      `mutation ($id: ID!) { addDealNote(id: $id, text: "Call") { timeline(first: 1) { nodes { kind } } } }`,
      { id: deal.id },
    );
    expect(noted.data).toEqual({ addDealNote: { timeline: { nodes: [{ kind: 'note' }] } } });
    const self = await ask(
      'mutation ($id: ID!) { mergeDeals(id: $id, into: $id, version: 3) { id } }',
      { id: deal.id },
    );
    expect(self.errors?.[0]?.extensions).toMatchObject({ code: 'same_deal' });
  });

  it('are nothing to another tenant', async () => {
    const { data } = await ask(LIST, { first: 1 });
    const { id } = (data['deals'] as Connection).nodes[0] ?? { id: '' };
    const foreign = await ask('query ($id: ID!) { deal(id: $id) { name } }', { id }, other.apiKey);
    expect(foreign.errors?.[0]?.extensions).toMatchObject({ code: 'not_found' });
    const list = await ask(LIST, { first: 50 }, other.apiKey);
    expect((list.data['deals'] as Connection).nodes).toEqual([]);
    const counts = await ask('{ dealCounts { deals } }', {}, other.apiKey);
    expect(counts.data).toEqual({ dealCounts: [] });
    const nobody = await app.call<Result>('/graphql', {
      body: { query: '{ dealCounts { deals } }' },
    });
    expect(nobody.body.errors?.[0]?.extensions).toMatchObject({ code: 'unauthenticated' });
  });
});

describe('pipelines over GraphQL', () => {
  it('are listed, verified, asked and published', async () => {
    const { data, errors } = await ask(`{
      pipelines { key isDefault currentVersion }
      verifyPipeline(key: "adtech") { publishable vectors findings { severity code } }
      pipelineWhatIf(key: "adtech", gates: { has_brief: true })
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      pipelines: [{ key: 'adtech', isDefault: true, currentVersion: 1 }],
      verifyPipeline: { publishable: true },
      pipelineWhatIf: { stage: 'briefed' },
    });
    const made = await ask(
      'mutation { createPipeline(input: { preset: "credit", publish: true }) { key version definition } }',
    );
    expect(made.data['createPipeline']).toMatchObject({ key: 'credit' });
    const taken = await ask('mutation { createPipeline(input: { preset: "credit" }) { key } }');
    expect(taken.errors?.[0]?.extensions).toMatchObject({ code: 'pipeline_exists' });
    const neither = await ask('mutation { createPipeline(input: {}) { key } }');
    expect(neither.errors?.[0]?.extensions).toMatchObject({ code: 'invalid_request' });
  });

  it('tell a page their rules, which needs no parser to decide as the server does', async () => {
    const { data, errors } = await ask(`{
      board { definition predicates }
      pipelineVersion(key: "adtech", version: 1) { definition predicates }
    }`);
    expect(errors).toBeUndefined();
    expect(data['board']).toEqual(data['pipelineVersion']);
    const sent = data['board'] as { definition: PipelineDefinition; predicates: Predicates };
    const compiled = compileRead(sent.definition, sent.predicates);
    if (!compiled.ok) throw new Error(compiled.refusal.reason);
    const facts = 1 << (compiled.value.gateBits.get('has_brief') ?? -1);
    expect(sent.definition.stages[compiled.value.rankOf(facts)]?.key).toBe('briefed');
  });
});
