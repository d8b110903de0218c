import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { RollupBuilder } from '../analytics/rollup-builder.ts';
import { SlaService } from '../sla/index.ts';
import type { Dashboard } from './dashboard.model.ts';

const DOCUMENT = `query ($pipeline: String, $from: String, $to: String, $owner: String, $industry: String,
  $clientType: String, $budgetBand: String, $segment: String) {
  dashboard(pipeline: $pipeline, from: $from, to: $to, owner: $owner, industry: $industry, clientType: $clientType,
    budgetBand: $budgetBand, segment: $segment) {
    asOf pipeline currency createdFrom createdBefore
    totals { kind stages deals sums { currency amount deals } sum { currency amount missing } }
    stages { stage title businessStage color kind deals sums { currency amount deals } sum { currency amount missing } }
    funnel { stage title entered reachedNext rate }
    steps { timer title runs met breached cancelled running reached meanSeconds p90Seconds targetSeconds calendar }
    stageTimes { stage title visits meanSeconds p90Seconds }
    breaches { day timer breached }
    bottlenecks { stage title deals meanSeconds p90Seconds overdue }
    kpi { day figures { name currency total reports } }
    nps { answers score promoters passives detractors comments { dealId at stage score comment } }
    owners { ownerId deals sums { currency amount deals } sum { currency amount missing } breached }
  }
}`;

interface GraphqlBody<Data> {
  readonly data: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { code?: string };
  }[];
}

const NOW = Date.UTC(2026, 2, 31, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 1, 9);

let app: TestApp;
let tenant: TestTenant;
const ids: Record<string, string> = {};

async function ask<Data>(
  query: string,
  variables: object = {},
  key = tenant.apiKey,
): Promise<GraphqlBody<Data>> {
  const { body } = await app.call<GraphqlBody<Data>>('/graphql', {
    key,
    body: { query, variables },
  });
  return body;
}

async function dashboard(variables: object = {}, key?: string): Promise<Dashboard> {
  const { data, errors } = await ask<{ dashboard: Dashboard }>(DOCUMENT, variables, key);
  if (data === null) throw new Error(JSON.stringify(errors));
  return data.dashboard;
}

/** Names of the deals behind a figure. */
async function behind(filter: object): Promise<string[]> {
  const { data, errors } = await ask<{ deals: { nodes: { name: string }[] } }>(
    'query ($filter: DealFilterInput) { deals(filter: $filter, first: 100) { nodes { name } } }',
    { filter },
  );
  if (data === null) throw new Error(JSON.stringify(errors));
  return data.deals.nodes.map(({ name }) => name).toSorted();
}

interface Matches {
  readonly deals: number;
  readonly runs: number | null;
  readonly stays: number | null;
  readonly reports: number | null;
  readonly answers: number | null;
}

/** How many deals a link of the dashboard opens, and of what else. */
async function matches(filter: object): Promise<Matches> {
  const { data, errors } = await ask<{ dealMatches: Matches }>(
    'query ($filter: DealFilterInput) { dealMatches(filter: $filter) { deals runs stays reports answers } }',
    { filter },
  );
  if (data === null) throw new Error(JSON.stringify(errors));
  return data.dealMatches;
}

/** The story of one deal: events at hours after its first day. */
async function tell(
  name: string,
  data: object,
  events: readonly (readonly [hours: number, type: string, data?: object])[],
): Promise<void> {
  const answer = await app.call<{ results: { master_deal_id: string; status: string }[] }>(
    '/v1/events',
    {
      key: tenant.apiKey,
      body: {
        events: [[0, 'crm.deal.created', { name, ...data }] as const, ...events].map(
          ([hours, type, more = {}], index) => ({
            event_id: `${name}-${index}`,
            source: 'crm',
            type,
            external_refs: [{ system: 'crm', id: name }],
            occurred_at: new Date(START + hours * HOUR).toISOString(),
            data: more,
          }),
        ),
      },
    },
  );
  ids[name] = answer.body.results[0]?.master_deal_id ?? '';
}

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant({
    clock_frozen_at: new Date(NOW).toISOString(),
    time_zone: 'Europe/Kyiv',
    pipelines: ['adtech'],
  });
  await tell(
    'won',
    {
      amount: 1_000,
      currency: 'EUR',
      owner_id: 'ann',
      attributes: { industry: 'food', segments: ['a', 'b'] },
    },
    [
      [4, 'crm.brief.submitted'],
      [10, 'media.mediaplan.ready'],
      [28, 'crm.offer.approved'],
      [52, 'docflow.contract.signed'],
      [76, 'mediapush.campaign.started'],
      [100, 'kpi.reported', { week: 1, impressions: 1_000, spend: 12.5, currency: 'EUR' }],
      [101, 'kpi.reported', { impressions: 500, clicks: '7' }],
      [200, 'dcm.invoice.issued'],
      [300, 'dcm.closeout.completed'],
      [310, 'nps.answered', { score: 10, comment: 'Good work' }],
    ],
  );
  await tell('slow', { amount: 500, currency: 'UAH', owner_id: 'bob' }, [
    [20, 'crm.brief.submitted'],
    [30, 'nps.answered', { score: 3, comment: 'Too slow' }],
    [31, 'nps.answered', { score: 11 }],
  ]);
  await tell('lost', { amount: 200, currency: 'EUR', owner_id: 'bob' }, [
    [5, 'crm.brief.submitted'],
    [24 * 10, 'crm.deal.lost'],
  ]);
  await tell('idle', {}, []);
  await tell('gone', { amount: 9_999, currency: 'EUR', owner_id: 'ann' }, [[1, 'deal.archived']]);
});
afterAll(() => app?.close());

const figureOf = <Item, Key extends keyof Item>(
  items: readonly Item[],
  key: Key,
  value: Item[Key],
) => items.find((item) => item[key] === value);

describe('the dashboard', () => {
  it('shows deals and sums by stage, in the order of the board', async () => {
    const { stages, pipeline, currency, asOf } = await dashboard();
    expect({ pipeline, currency, asOf }).toEqual({
      pipeline: 'adtech',
      currency: 'EUR',
      asOf: new Date(NOW).toISOString(),
    });
    expect(stages.map(({ stage, deals }) => [stage, deals])).toEqual([
      ['draft', 1],
      ['briefed', 1],
      ['planning', 0],
      ['offer_ready', 0],
      ['contracting', 0],
      ['launching', 0],
      ['running', 0],
      ['closing', 0],
      ['closed', 1],
      ['cancelled', 1],
    ]);
    expect(figureOf(stages, 'stage', 'closed')).toMatchObject({
      kind: 'won',
      sums: [{ currency: 'EUR', amount: 1_000, deals: 1 }],
    });
    expect(await behind({ pipeline: 'adtech', stages: ['briefed'] })).toEqual(['slow']);
  });

  it('counts a deal as having reached every stage up to its highest', async () => {
    const { funnel } = await dashboard();
    expect(funnel.map(({ stage, entered, reachedNext }) => [stage, entered, reachedNext])).toEqual([
      ['draft', 4, 3],
      ['briefed', 3, 1],
      ['planning', 1, 1],
      ['offer_ready', 1, 1],
      ['contracting', 1, 1],
      ['launching', 1, 1],
      ['running', 1, 1],
      ['closing', 1, 1],
      ['closed', 1, null],
    ]);
    expect(funnel[0]?.rate).toBe(0.75);
    const later = funnel.slice(1).map(({ stage }) => stage);
    expect(await behind({ reachedStages: later })).toEqual(['lost', 'slow', 'won']);
  });

  it('compares the time of each step with its target', async () => {
    const { steps } = await dashboard();
    expect(figureOf(steps, 'timer', 'lead_to_brief')).toMatchObject({
      title: 'Lead to brief',
      ...{ runs: 4, met: 2, breached: 2, cancelled: 0, running: 0 },
      ...{ targetSeconds: 8 * 3_600, calendar: null },
    });
    const { meanSeconds, p90Seconds } = figureOf(steps, 'timer', 'lead_to_brief') ?? {};
    expect(meanSeconds).toBeCloseTo(((4 + 20 + 5) / 3) * 3_600, 6);
    expect(Math.abs((p90Seconds ?? 0) / (20 * 3_600) - 1)).toBeLessThan(0.2);
    const late = { timer: 'lead_to_brief', status: 'breached' };
    expect(await behind({ run: late })).toEqual(['idle', 'slow']);
  });

  it('shows how long deals stay, and where they wait now', async () => {
    const { stageTimes, bottlenecks } = await dashboard();
    expect(figureOf(stageTimes, 'stage', 'briefed')).toMatchObject({ visits: 2 });
    expect(figureOf(stageTimes, 'stage', 'draft')?.meanSeconds).toBeCloseTo((29 / 3) * 3_600, 6);
    expect(bottlenecks).toEqual([
      { stage: 'draft', title: 'Draft', deals: 1, overdue: 1, ...waited(START) },
      { stage: 'briefed', title: 'Briefed', deals: 1, overdue: 1, ...waited(START + 20 * HOUR) },
    ]);
    expect(await behind({ stages: ['draft'], sla: 'overdue' })).toEqual(['idle']);
  });

  function waited(since: number): { meanSeconds: number; p90Seconds: number } {
    const seconds = (NOW - since) / 1_000;
    return { meanSeconds: seconds, p90Seconds: seconds };
  }

  it("counts breaches on the days of the tenant's time zone", async () => {
    const { breaches } = await dashboard({ pipeline: 'adtech' });
    // Created at 9:00 UTC, due eight hours later.
    expect(breaches.filter(({ timer }) => timer === 'lead_to_brief')).toEqual([
      { day: '2026-03-01', timer: 'lead_to_brief', breached: 2 },
    ]);
    const run = {
      status: 'breached',
      timer: 'lead_to_brief',
      dueFrom: '2026-03-01T00:00:00+02:00',
      dueBefore: '2026-03-02T00:00:00+02:00',
    };
    expect(await behind({ run })).toEqual(['idle', 'slow']);
  });

  it('adds up campaign figures and answers', async () => {
    const { kpi, nps } = await dashboard();
    expect(kpi).toEqual([
      {
        day: '2026-03-05',
        figures: [
          { name: 'impressions', currency: null, total: 500, reports: 1 },
          { name: 'impressions', currency: 'EUR', total: 1_000, reports: 1 },
          { name: 'spend', currency: 'EUR', total: 12.5, reports: 1 },
        ],
      },
    ]);
    expect(nps).toMatchObject({ answers: 2, score: 0, promoters: 1, passives: 0, detractors: 1 });
    expect(nps.comments).toEqual([
      {
        dealId: ids['won'],
        at: new Date(START + 310 * HOUR).toISOString(),
        ...{ stage: 'closed', score: 10, comment: 'Good work' },
      },
      {
        dealId: ids['slow'],
        at: new Date(START + 30 * HOUR).toISOString(),
        ...{ stage: 'briefed', score: 3, comment: 'Too slow' },
      },
    ]);
  });

  it('shows the owners', async () => {
    const { owners } = await dashboard();
    expect(owners).toEqual([
      {
        sum: { currency: 'EUR', amount: 200, missing: ['UAH'] },
        ownerId: 'bob',
        deals: 2,
        sums: [
          { currency: 'EUR', amount: 200, deals: 1 },
          { currency: 'UAH', amount: 500, deals: 1 },
        ],
        breached: 3,
      },
      {
        ownerId: null,
        deals: 1,
        sums: [],
        sum: { currency: 'EUR', amount: 0, missing: [] },
        breached: 1,
      },
      {
        ownerId: 'ann',
        deals: 1,
        sums: [{ currency: 'EUR', amount: 1_000, deals: 1 }],
        sum: { currency: 'EUR', amount: 1_000, missing: [] },
        breached: 0,
      },
    ]);
  });
});

describe('a filter', () => {
  it('of the period is one of days of creation', async () => {
    const day = await dashboard({ from: '2026-03-01', to: '2026-03-01' });
    expect(day.createdFrom).toBe('2026-02-28T22:00:00.000Z');
    expect(day.createdBefore).toBe('2026-03-01T22:00:00.000Z');
    expect(day.funnel[0]?.entered).toBe(4);
    expect(day.nps.answers).toBe(0);
    const { createdFrom, createdBefore } = day;
    expect(await behind({ createdFrom, createdBefore })).toHaveLength(4);
    const later = await dashboard({ from: '2026-03-02' });
    expect(later.funnel[0]?.entered).toBe(0);
    expect(later.nps.answers).toBe(2);
    expect(later.bottlenecks).toHaveLength(2);
  });

  it.each([
    [{ owner: 'bob' }, 2],
    [{ owner: 'nobody' }, 1],
    [{ industry: 'food' }, 1],
    [{ segment: 'b' }, 1],
    [{ segment: 'c' }, 0],
    [{ clientType: 'agency' }, 0],
    [{ budgetBand: 'high', owner: 'bob' }, 0],
  ])('%j narrows every figure', async (filter, deals) => {
    const narrow = await dashboard(filter);
    expect(narrow.stages.reduce((sum, stage) => sum + stage.deals, 0)).toBe(deals);
    expect(await behind(filter)).toHaveLength(deals);
  });

  it.each([
    [{ pipeline: 'nowhere' }, 'not_found'],
    [{ from: '2026-02-30' }, 'invalid_request'],
    [{ from: '2026-03-02', to: '2026-03-01' }, 'invalid_request'],
    [{ owner: '' }, 'invalid_request'],
  ])('%j is refused', async (filter, code) => {
    const { data, errors } = await ask(DOCUMENT, filter);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });
});

describe('every figure leads to its deals', () => {
  /** The number of a figure, the filter of the deals behind it, and what of them it counts. */
  type Lead = readonly [name: string, number: number, filter: object, of: keyof Matches];

  interface Narrowed {
    readonly owner?: string;
    readonly from?: string;
    readonly to?: string;
  }
  const narrowings: readonly Narrowed[] = [
    {},
    { owner: 'bob' },
    { owner: 'nobody' },
    { from: '2026-03-01', to: '2026-03-01' },
    { from: '2026-03-02' },
  ];

  function leads(shown: Dashboard): Lead[] {
    const { pipeline, createdFrom, createdBefore, funnel } = shown;
    const ever = { pipeline };
    const created = { pipeline, createdFrom, createdBefore };
    const happened = { from: createdFrom, before: createdBefore };
    const day = (text: string) => ({
      begin: `${text}T00:00:00+02:00`,
      end: new Date(Date.parse(`${text}T00:00:00+02:00`) + DAY).toISOString(),
    });
    const nps = (scoreFrom: number, scoreTo: number) => ({
      ...ever,
      nps: { scoreFrom, scoreTo, ...happened },
    });
    return [
      ...shown.totals.map(({ kind, stages, deals }): Lead => {
        return [kind, deals, { ...created, stages }, 'deals'];
      }),
      ...shown.stages.map(({ stage, deals }): Lead => {
        return [stage, deals, { ...created, stages: [stage] }, 'deals'];
      }),
      ...funnel.map(({ entered }, rank): Lead => {
        const reachedStages = funnel.slice(rank).map(({ stage }) => stage);
        return [`funnel ${rank}`, entered, { ...created, reachedStages }, 'deals'];
      }),
      ...shown.steps.flatMap(({ timer, reached, ...by }): Lead[] => [
        ...(['met', 'breached', 'running', 'cancelled'] as const).map((status): Lead => {
          return [`${timer} ${status}`, by[status], { ...created, run: { timer, status } }, 'runs'];
        }),
        [`${timer} reached`, reached, { ...created, run: { timer, reached: true } }, 'runs'],
      ]),
      ...shown.stageTimes.map(({ stage, visits }): Lead => {
        return [`left ${stage}`, visits, { ...created, leftStages: [stage] }, 'stays'];
      }),
      ...shown.breaches.map(({ day: text, timer, breached }): Lead => {
        const { begin: dueFrom, end: dueBefore } = day(text);
        const run = { timer, status: 'breached', dueFrom, dueBefore };
        return [`${text} ${timer}`, breached, { ...ever, run }, 'runs'];
      }),
      ...shown.bottlenecks.flatMap(({ stage, deals, overdue }): Lead[] => [
        [`waits ${stage}`, deals, { ...ever, stages: [stage], outcome: 'open' }, 'deals'],
        [`late ${stage}`, overdue, { ...ever, stages: [stage], sla: 'overdue' }, 'deals'],
      ]),
      ...shown.owners.flatMap(({ ownerId, deals, breached }): Lead[] => {
        const filter = { ...created, owner: ownerId ?? 'nobody' };
        const late = { ...filter, run: { status: 'breached' } };
        return [
          [`owner ${ownerId}`, deals, filter, 'deals'],
          [`owner ${ownerId} late`, breached, late, 'runs'],
        ];
      }),
      ...shown.kpi.flatMap(({ day: text, figures }) =>
        figures.map(({ name, currency, reports }): Lead => {
          const { begin: from, end: before } = day(text);
          const kpi = { name, currency: currency ?? 'none', from, before };
          return [`${text} ${name} ${currency}`, reports, { ...ever, kpi }, 'reports'];
        }),
      ),
      ['promoters', shown.nps.promoters, nps(9, 10), 'answers'],
      ['passives', shown.nps.passives, nps(7, 8), 'answers'],
      ['detractors', shown.nps.detractors, nps(0, 6), 'answers'],
      ['answers', shown.nps.answers, nps(0, 10), 'answers'],
    ];
  }

  it.each(narrowings)('as many as it says: %j', async (filter) => {
    const { owner } = filter;
    const found = leads(await dashboard(filter));
    expect(found.filter(([, number]) => number > 0).length).toBeGreaterThan(3);
    for (const [name, number, behindIt, of] of found) {
      const wanted = owner === undefined ? behindIt : { ...behindIt, owner };
      const counted = await matches(wanted);
      expect([name, counted[of]]).toEqual([name, number]);
      expect(await behind(wanted)).toHaveLength(counted.deals);
    }
  });

  it('through REST as well, which counts what the filter asks for', async () => {
    const answer = await app.call<{ total: number; matches: object }>(
      '/v1/deals/counts?kpi=impressions&nps_score_from=9&left_stage=draft,briefed&run_reached=true',
      { key: tenant.apiKey },
    );
    expect(answer.body.total).toBe(1);
    expect(answer.body.matches).toEqual({ runs: 5, stays: 2, reports: 2, answers: 1 });
    const listed = await app.call<{ items: { name: string }[] }>(
      '/v1/deals?owner=nobody&run_status=breached',
      { key: tenant.apiKey },
    );
    expect(listed.body.items.map(({ name }) => name)).toEqual(['idle']);
    const none = await app.call<{ matches: object }>('/v1/deals/counts', { key: tenant.apiKey });
    expect(none.body.matches).toEqual({ runs: null, stays: null, reports: null, answers: null });
  });

  it.each(['nps_score_from=11', 'nps_score_to=x', 'kpi_from=yesterday', 'run_reached=maybe'])(
    '%s is refused',
    async (query) => {
      const answer = await app.call<{ code: string; field: string }>(`/v1/deals?${query}`, {
        key: tenant.apiKey,
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
      expect(answer.body.field).toBe(query.split('=')[0]);
    },
  );
});

describe('sums', () => {
  it("are in the tenant's currency by its rates, and say which rate is missing", async () => {
    const missing = await dashboard();
    expect(figureOf(missing.totals, 'kind', 'open')).toMatchObject({
      deals: 2,
      sums: [{ currency: 'UAH', amount: 500 }],
      sum: { currency: 'EUR', amount: 0, missing: ['UAH'] },
    });
    const rate = { base: 'EUR', quote: 'UAH', day: '2026-03-15', rate: '40' };
    const set = await app.call('/v1/exchange-rates', {
      method: 'PUT',
      key: tenant.apiKey,
      body: { rates: [rate] },
    });
    expect(set.status).toBe(200);
    const { totals, stages, owners } = await dashboard();
    const converted = { currency: 'EUR', amount: 12, missing: [] };
    expect(figureOf(totals, 'kind', 'open')?.sum).toEqual(converted);
    expect(figureOf(stages, 'stage', 'briefed')?.sum).toEqual(converted);
    expect(figureOf(owners, 'ownerId', 'bob')).toMatchObject({
      sums: [
        { currency: 'EUR', amount: 200 },
        { currency: 'UAH', amount: 500 },
      ],
      sum: { currency: 'EUR', amount: 212, missing: [] },
    });
    const board = await ask<{ board: { columns: { key: string; sum: object }[] } }>(
      '{ board { columns { key sum { currency amount missing } } } }',
    );
    const ofBoard = board.data?.board.columns.map(({ key, sum }) => [key, sum]);
    expect(ofBoard).toEqual(stages.map(({ stage, sum }) => [stage, sum]));
  });
});

describe('the rollups', () => {
  it('give what a look at the deals gives, also of runs that nobody has swept yet', async () => {
    const later = new Date(NOW + 60 * DAY).toISOString();
    await app.call(`/v1/tenants/${tenant.id}/clock`, {
      key: app.operatorKey,
      body: { frozen_at: later },
    });
    const periods = [{}, { from: '2026-03-01', to: '2026-03-01' }, { from: '2026-03-02' }];
    const looked = await Promise.all(periods.map((period) => dashboard(period)));
    await app.app.get(RollupBuilder).build(tenant.id);
    expect(await Promise.all(periods.map((period) => dashboard(period)))).toEqual(looked);
    await app.app.get(SlaService).sweepTenant(tenant.id);
    expect(await Promise.all(periods.map((period) => dashboard(period)))).toEqual(looked);
  });

  it('are what a whole tenant is shown, and nobody else', async () => {
    const add = (n: number) =>
      app.database.query("UPDATE rollup SET n = n + $2 WHERE tenant_id = $1 AND figure = 'owner'", [
        tenant.id,
        n,
      ]);
    await add(1_000);
    const sumOf = ({ owners }: Dashboard): number =>
      owners.reduce((sum, { deals }) => sum + deals, 0);
    expect(sumOf(await dashboard())).toBeGreaterThan(1_000);
    expect(sumOf(await dashboard({ owner: 'bob' }))).toBe(2);
    await add(-1_000);
  });
});

it('shows a partner the figures of the own deals, also when there are rollups', async () => {
  const key = tenant.apiKey;
  const invited = await app.call<{ account: { id: string }; invitation: { token: string } }>(
    '/v1/accounts',
    { key, body: { email: 'partner@example.com', name: 'Partner', role: 'partner' } },
  );
  const { token } = invited.body.invitation;
  await app.call('/v1/invitations/accept', { body: { token, password: PASSWORD } });
  const partner = await signIn(app, 'partner@example.com');
  await tell('partnered', { amount: 70, currency: 'EUR', owner_id: invited.body.account.id }, [
    [2, 'crm.brief.submitted'],
    [3, 'nps.answered', { score: 9, comment: 'Mine' }],
    [3, 'kpi.reported', { impressions: 5 }],
  ]);
  await app.app.get(RollupBuilder).build(tenant.id);
  const own = await dashboard({}, partner.token);
  expect(own.owners).toMatchObject([{ ownerId: invited.body.account.id, deals: 1 }]);
  expect(own.funnel[0]?.entered).toBe(1);
  expect(own.stages.reduce((sum, { deals }) => sum + deals, 0)).toBe(1);
  expect(figureOf(own.steps, 'timer', 'lead_to_brief')).toMatchObject({ runs: 1, met: 1 });
  expect(figureOf(own.stageTimes, 'stage', 'draft')).toMatchObject({ visits: 1 });
  expect(own.nps.comments.map(({ comment }) => comment)).toEqual(['Mine']);
  expect(own.kpi.flatMap(({ figures }) => figures.map(({ total }) => total))).toEqual([5]);
});

it('stands still for an empty tenant', async () => {
  const empty = await app.createTenant({ pipelines: ['credit'] });
  const nothing = await dashboard({}, empty.apiKey);
  expect(nothing.nps).toMatchObject({ answers: 0, score: null, comments: [] });
  expect(nothing.stages.every(({ deals }) => deals === 0)).toBe(true);
  expect(nothing.funnel.every(({ rate }) => rate === null)).toBe(true);
  expect([nothing.kpi, nothing.owners, nothing.bottlenecks, nothing.breaches]).toEqual([
    [],
    [],
    [],
    [],
  ]);
});
