import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';
import { Board1700000000007 } from '../../platform/database/migrations/0007-board.ts';
import { inLimitedTime } from './deals.time-limit.ts';

interface Column {
  readonly key: string;
  readonly kind: string;
  readonly stages: string[];
  readonly businessStage: string | null;
  readonly total: number;
  readonly sums: { currency: string; amount: number; deals: number }[];
  readonly deals: {
    readonly nodes: { name: string; stage: string; businessStage: string | null }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}
interface Result {
  readonly data: { readonly board: { readonly asOf: string; readonly columns: Column[] } } | null;
  readonly errors?: { extensions?: { code?: string; field?: string } }[];
}

let app: TestApp;
let tenant: TestTenant;
let partner: { id: string; token: string };
let sent = 0;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  const key = tenant.apiKey;
  await app.call('/v1/pipelines', { key, body: { preset: 'adtech', publish: true } });
  const invited = await app.call<{ account: { id: string }; invitation: { token: string } }>(
    '/v1/accounts',
    { key, body: { email: 'partner@example.com', name: 'Partner', role: 'partner' } },
  );
  const { token } = invited.body.invitation;
  await app.call('/v1/invitations/accept', { body: { token, password: PASSWORD } });
  partner = {
    id: invited.body.account.id,
    token: (await signIn(app, 'partner@example.com')).token,
  };
  for (let index = 0; index < 20; index += 1) {
    const owner_id = index % 5 === 0 ? partner.id : `o${index % 3}`;
    const currency = index % 4 === 0 ? 'USD' : 'EUR';
    const body = { name: `Deal ${index}`, owner_id, currency, amount: ((index * 7) % 20) * 100 };
    const made = await app.call<{ id: string }>('/v1/deals', { key, body });
    const types = EVENTS.slice(0, index % 7);
    for (const type of types) await tell(made.body.id, type);
  }
});
afterAll(() => app?.close());

/** Each leads a stage, or a business stage, further; the last one ends the deal. */
const EVENTS = [
  'crm.lead.qualified',
  'crm.brief.submitted',
  'media.mediaplan.ready',
  'crm.offer.approved',
  'docflow.contract.signed',
  'crm.deal.lost',
];

async function tell(deal: string, type: string): Promise<void> {
  sent += 1;
  const at = new Date(Date.now() - 60_000 + sent).toISOString();
  const body = {
    ...{ event_id: `e-${sent}`, source: 'test', type, occurred_at: at, master_deal_id: deal },
    data: {},
  };
  const { body: answer } = await app.call<{ results: { status: string }[] }>('/v1/events', {
    key: tenant.apiKey,
    body,
  });
  expect(JSON.stringify(answer)).toContain('applied');
}

const BOARD = `query ($groupBy: BoardGrouping, $filter: DealFilterInput, $sort: String, $first: Int, $pipeline: String) {
  board(groupBy: $groupBy, filter: $filter, sort: $sort, first: $first, pipeline: $pipeline) { asOf columns {
    key kind stages businessStage total sums { currency amount deals }
    deals { nodes { name stage businessStage } pageInfo { hasNextPage endCursor } } } } }`;
const DEALS = `query ($filter: DealFilterInput, $sort: String, $after: String) {
  deals(filter: $filter, sort: $sort, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`;

async function ask(query: string, variables: object, key: string): Promise<Result> {
  return (await app.call<Result>('/graphql', { key, body: { query, variables } })).body;
}

async function board(variables: object, key = tenant.apiKey): Promise<Column[]> {
  const { data, errors } = await ask(BOARD, variables, key);
  expect(errors).toBeUndefined();
  return data?.board.columns ?? [];
}

const codeOf = async (variables: object) =>
  (await ask(BOARD, variables, tenant.apiKey)).errors?.[0]?.extensions?.code;

interface Counted {
  readonly place: string;
  readonly deals: number;
  readonly amount: number;
}

/** Deals and amounts, as a plain look at the table finds them. */
function counted(place: string, where = 'true'): Promise<Counted[]> {
  return app.database.query<Counted>(
    `SELECT ${place} AS place, count(*)::int AS deals, sum(amount)::int AS amount FROM deal
     WHERE tenant_id = $1 AND archived_at IS NULL AND ${where} GROUP BY 1 ORDER BY 1`,
    [tenant.id],
  );
}

const totals = (columns: Column[], place: (column: Column) => string): Counted[] =>
  columns
    .filter(({ total }) => total > 0)
    .map((column) => ({
      place: place(column),
      deals: column.total,
      amount: column.sums.reduce((sum, { amount }) => sum + amount, 0),
    }))
    .toSorted((left, right) => (left.place < right.place ? -1 : 1));

const BUSINESS = 'coalesce(business_stage, stage)';

describe('the board by business stage', () => {
  it('has the columns in the order of sales, and every deal in one of them', async () => {
    const columns = await board({ groupBy: 'business' });
    expect(columns.map(({ key }) => key)).toEqual([
      ...['Lead Imported', 'Lead Qualified (ICP/BANT)', 'Brief Received', 'Media Planning'].map(
        business,
      ),
      ...['Offer Formed', 'Contracting', 'Campaign Launching', 'Running', 'Closing'].map(business),
      ...[business('Post Analysis'), 'cancelled'],
    ]);
    expect(columns[0]).toMatchObject({ kind: 'open', stages: ['draft'] });
    expect(columns.at(-1)).toMatchObject({
      kind: 'ended',
      businessStage: null,
      stages: ['cancelled'],
    });
    expect(totals(columns, (column) => column.businessStage ?? column.key)).toEqual(
      await counted(BUSINESS),
    );
    for (const { businessStage, stages, deals } of columns) {
      for (const deal of deals.nodes) {
        expect(deal.businessStage).toBe(businessStage);
        expect(stages).toContain(deal.stage);
      }
    }
  });

  it('follows deals from one business stage of a stage to the other', async () => {
    const { body } = await app.call<{ id: string }>('/v1/deals', {
      key: tenant.apiKey,
      body: { name: 'Wanderer', amount: 5, currency: 'EUR' },
    });
    for (const type of ['crm.lead.qualified', 'crm.lead.disqualified', 'crm.lead.qualified']) {
      await tell(body.id, type);
      const columns = await board({ groupBy: 'business' });
      expect(totals(columns, (column) => column.businessStage ?? column.key)).toEqual(
        await counted(BUSINESS),
      );
    }
    await app.call(`/v1/deals/${body.id}`, { key: tenant.apiKey, method: 'DELETE' });
  });
});

describe('a filtered board', () => {
  it.each([
    [{ amountFrom: 700 }, 'amount >= 700'],
    [{ currency: 'USD' }, "currency = 'USD'"],
    [{ owner: 'o1' }, "owner_id = 'o1'"],
    [{ text: 'Deal 1' }, "name LIKE 'Deal 1%'"],
    [{ businessStage: 'Lead Imported' }, "business_stage = 'Lead Imported'"],
    [{ outcome: 'lost' }, "outcome = 'lost'"],
    [{ sla: 'open', amountTo: 900 }, 'sla_due_at IS NOT NULL AND amount <= 900'],
  ])('counts and sums what %j lets through', async (filter, where) => {
    const byStage = await board({ filter });
    expect(totals(byStage, ({ key }) => key)).toEqual(await counted('stage', where));
    for (const { total, deals } of byStage) expect(deals.nodes).toHaveLength(total);
    const byBusiness = await board({ filter, groupBy: 'business' });
    expect(totals(byBusiness, (column) => column.businessStage ?? column.key)).toEqual(
      await counted(BUSINESS, where),
    );
  });

  it('has only the columns of the stages that are asked for', async () => {
    const columns = await board({ filter: { stages: ['briefed', 'draft'] } });
    expect(columns.map(({ key }) => key)).toEqual(['draft', 'briefed']);
    expect(totals(columns, ({ key }) => key)).toEqual(
      await counted('stage', "stage IN ('draft', 'briefed')"),
    );
  });

  it('shows partners their own deals and counts no others', async () => {
    for (const groupBy of ['stage', 'business']) {
      const columns = await board({ groupBy }, partner.token);
      const place = groupBy === 'stage' ? 'stage' : BUSINESS;
      expect(totals(columns, (column) => column.businessStage ?? column.key)).toEqual(
        await counted(place, `owner_id = '${partner.id}'`),
      );
    }
  });

  it('says what is wrong with a request', async () => {
    expect(await codeOf({ pipeline: 'nowhere' })).toBe('not_found');
    expect(await codeOf({ sort: 'beauty' })).toBe('invalid_request');
    expect(await codeOf({ filter: { text: 'a' } })).toBe('invalid_request');
    expect(await codeOf({ first: 201 })).toBe('invalid_request');
  });
});

describe('the order of the cards', () => {
  it.each([
    '-amount',
    'amount',
    'name',
    '-created_at',
    'sla_due_at',
    '-sla_due_at',
    'stage_started_at',
  ])('%s holds in the column and on its further pages', async (sort) => {
    for (const groupBy of ['stage', 'business']) {
      const whole = await board({ groupBy, sort, first: 200 });
      for (const { key, stages, businessStage, deals, total } of await board({
        groupBy,
        sort,
        first: 1,
      })) {
        const names = deals.nodes.map(({ name }) => name);
        const filter = {
          pipeline: 'adtech',
          stages,
          ...(businessStage === null ? {} : { businessStage }),
        };
        for (let after = deals.pageInfo.endCursor; after !== null;) {
          const next = await more({ filter, sort, after });
          names.push(...next.nodes.map(({ name }) => name));
          after = next.pageInfo.endCursor;
        }
        const expected = whole.find((column) => column.key === key)?.deals.nodes ?? [];
        expect(names).toEqual(expected.map(({ name }) => name));
        expect(names).toHaveLength(total);
      }
    }
  });

  it('is that of the amounts', async () => {
    const [draft] = await board({ sort: '-amount' });
    const rows = await app.database.query<{ name: string }>(
      `SELECT name FROM deal WHERE tenant_id = $1 AND stage = 'draft' AND archived_at IS NULL
       ORDER BY amount DESC NULLS LAST, id DESC`,
      [tenant.id],
    );
    expect(draft?.deals.nodes.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  });
});

describe('a filter over more deals than can be looked at', () => {
  it('is refused after some seconds and holds up nobody', async () => {
    const database = app.app.get(Database);
    const slow = database.within({ tenantId: tenant.id }, (tx) =>
      inLimitedTime(tx, () => tx.query('SELECT pg_sleep(30)')),
    );
    await expect(slow).rejects.toMatchObject({ refusal: { code: 'filter_too_broad' } });
  });
});

describe('an installation of an earlier version', () => {
  it('gets its counters counted anew', async () => {
    const source = new DataSource({ type: 'postgres', url: app.database.ownerUrl });
    await source.initialize();
    const counters = () =>
      app.database.query('SELECT * FROM stage_counter WHERE deals > 0 ORDER BY 1, 2, 3, 7, 4');
    try {
      const before = await board({ groupBy: 'business' });
      const runner = source.createQueryRunner();
      await new Board1700000000007().down(runner);
      await new Board1700000000007().up(runner);
      await runner.release();
      expect(await board({ groupBy: 'business' })).toEqual(before);
      expect((await counters()).length).toBeGreaterThan(3);
    } finally {
      await source.destroy();
    }
  });
});

function business(title: string): string {
  return `business:${title}`;
}

async function more(variables: object): Promise<Column['deals']> {
  const { body } = await app.call<{ data: { deals: Column['deals'] }; errors?: object[] }>(
    '/graphql',
    {
      key: tenant.apiKey,
      body: { query: DEALS, variables },
    },
  );
  expect(body.errors).toBeUndefined();
  return body.data.deals;
}
