import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { writeCursor } from '../../platform/validation/index.ts';
import type {
  CountsAnswer,
  DealAnswer,
  DealDetailAnswer,
  GatesAnswer,
  RunAnswer,
  TimelineAnswer,
} from './deals.dto.ts';

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly field?: string;
}
type Deals = { items: DealAnswer[]; next: string | null };

let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;
const ids: string[] = [];

const NOW = Date.UTC(2026, 2, 31);
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(NOW - 1_000 * HOUR + hours * HOUR).toISOString();

beforeAll(async () => {
  app = await startApp();
  [tenant, other] = [
    await app.createTenant({ clock_frozen_at: new Date(NOW).toISOString() }),
    await app.createTenant(),
  ];
  for (const { apiKey } of [tenant, other]) {
    const body = { preset: 'adtech', publish: true };
    await app.call('/v1/pipelines', { key: apiKey, body });
  }
  // 30 deals: all have a brief from the tenth on, an offer from the twentieth on.
  for (let index = 0; index < 30; index += 1) {
    const ref = { external_refs: [{ system: 'crm', id: `D-${index}` }], source: 'crm' };
    const data = {
      name: `Deal ${index} of ${['Янтарь', 'Дніпро', '100%_sure\\'][index % 3]}`,
      amount: index * 100,
      currency: index % 2 === 0 ? 'EUR' : 'UAH',
      owner_id: `owner-${index % 3}`,
    };
    const event = (id: string, type: string, hours: number) => ({
      ...ref,
      event_id: `${index}-${id}`,
      type,
      occurred_at: at(hours),
      data: id === '1' ? data : {},
    });
    const events = [
      event('1', 'crm.deal.created', index),
      ...(index >= 10 ? [event('2', 'crm.brief.submitted', index + 2)] : []),
      ...(index >= 20
        ? [
            event('3', 'media.mediaplan.ready', index + 3),
            event('4', 'crm.offer.approved', index + 4),
          ]
        : []),
    ];
    const answer = await app.call<{ results: { master_deal_id: string }[] }>('/v1/events', {
      key: tenant.apiKey,
      body: { events },
    });
    ids.push(answer.body.results[0]?.master_deal_id ?? '');
  }
});
afterAll(() => app?.close());

function get<Body = Problem>(path: string, key = tenant.apiKey) {
  return app.call<Body>(path, { key });
}

async function all(query: string): Promise<DealAnswer[]> {
  const deals: DealAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const tail: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { status, body } = await get<Deals>(`/v1/deals?${query}&limit=7${tail}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(7);
    deals.push(...body.items);
    cursor = body.next;
  }
  return deals;
}

const names = (deals: readonly DealAnswer[]): number[] =>
  deals.map(({ name }) => Number(/\d+/.exec(name ?? '')?.[0]));
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

describe('lists', () => {
  it('go through all deals, newest in their stage first', async () => {
    const deals = await all('');
    expect(names(deals)).toEqual(range(0, 30).toReversed());
    expect(new Set(deals.map(({ id }) => id)).size).toBe(30);
  });

  it.each([
    ['pipeline=adtech&stage=briefed', range(10, 20).toReversed()],
    ['stage=draft,briefed', range(0, 20).toReversed()],
    [
      'stage=draft&stage=offer_ready',
      [...range(20, 30).toReversed(), ...range(0, 10).toReversed()],
    ],
    ['owner=owner-1&sort=stage_started_at', range(0, 30).filter((index) => index % 3 === 1)],
    ['amount_from=500&amount_to=900&sort=amount', range(5, 10)],
    ['currency=UAH&amount_from=2500&sort=-amount', [29, 27, 25]],
    ['business_stage=Brief%20Received&sort=name', range(10, 20)],
    [`text=${encodeURIComponent('дніп')}&sort=created_at`, range(0, 30).filter((i) => i % 3 === 1)],
    [
      `text=${encodeURIComponent('100%_s')}&sort=created_at`,
      range(0, 30).filter((i) => i % 3 === 2),
    ],
    [`text=${encodeURIComponent('%%%')}`, []],
    ['ref_system=crm&ref_id=D-7', [7]],
    ['sla=none', []],
    ['sla=overdue&sort=sla_due_at&stage=draft', range(0, 10)],
    [`due_before=${at(9)}&sort=sla_due_at`, [0]],
    ['outcome=won', []],
    ['outcome=open&stage=draft', range(0, 10).toReversed()],
    ['updated_since=2099-01-01T00:00:00Z', []],
    ['archived=true', []],
  ])('?%s', async (query, expected) => {
    expect(names(await all(query))).toEqual(expected);
  });

  it('keep rows without a value for the end', async () => {
    const key = other.apiKey;
    for (const [name, amount] of [
      ['A', 5],
      ['B', undefined],
      ['C', 1],
      ['D', undefined],
    ] as const) {
      const made = await app.call('/v1/deals', {
        key,
        body: { name, ...(amount === undefined ? {} : { amount }) },
      });
      expect(made.status).toBe(201);
    }
    for (const [sort, expected] of [
      ['amount', 'C A B D'],
      ['-amount', 'A C D B'],
    ] as const) {
      const found: (string | null)[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const tail: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await get<Deals>(`/v1/deals?sort=${sort}&limit=1${tail}`, key);
        found.push(...body.items.map(({ name }) => name));
        cursor = body.next;
      }
      expect(found.join(' ')).toBe(expected);
    }
  });

  it.each([
    ['sort=state', 'sort'],
    ['sort=amount;DROP TABLE deal', 'sort'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['amount_from=ten', 'amount_from'],
    ['amount_from=1e400', 'amount_from'],
    ['currency=euro', 'currency'],
    ['text=ab', 'text'],
    ['text=%00%00%00', 'text'],
    ['updated_since=yesterday', 'updated_since'],
    ['ref_system=crm', 'ref_system'],
    ['colour=red', 'colour'],
    ['pipeline=nope', 'pipeline'],
  ])('refuse ?%s', async (query, field) => {
    const { status, body } = await get(`/v1/deals?${query}`);
    expect([status, body.field]).toEqual([422, field]);
  });

  it('treat SQL as text', async () => {
    const attacks = [
      "' OR 1=1 --",
      "x') UNION SELECT secret_hash FROM api_client --",
      "draft' OR 'a'='a",
    ];
    for (const attack of attacks) {
      for (const field of ['owner', 'text', 'stage', 'business_stage', 'client']) {
        const { status, body } = await get<Deals>(
          `/v1/deals?${field}=${encodeURIComponent(attack)}`,
        );
        expect([status, body.items]).toEqual([200, []]);
      }
    }
    expect((await all('')).length).toBe(30);
  });

  it('refuse cursors of another list or of an attacker', async () => {
    const { body } = await get<Deals>('/v1/deals?limit=1&sort=amount');
    const id = ids[0] ?? '';
    const cursors = [
      body.next,
      'x',
      writeCursor([]),
      writeCursor(['-stage_started_at', "1' OR '1'='1", id]),
      writeCursor(['-stage_started_at', 8.64e15 + 1, id]),
      writeCursor(['-stage_started_at', 1, 'x']),
      writeCursor([1, id]),
    ];
    for (const cursor of cursors) {
      const answer = await get(`/v1/deals?cursor=${cursor}`);
      expect([answer.status, answer.body.code], String(cursor)).toEqual([422, 'invalid_cursor']);
    }
  });
});

describe('counts', () => {
  it('are those of the deals', async () => {
    const { body } = await get<CountsAnswer>('/v1/deals/counts');
    expect(body.total).toBe(30);
    expect(body.items.map(({ stage, deals }) => [stage, deals])).toEqual([
      ['briefed', 10],
      ['draft', 10],
      ['offer_ready', 10],
    ]);
    expect(body.items[1]?.sums).toEqual([
      { currency: 'EUR', amount: 2_000, deals: 5 },
      { currency: 'UAH', amount: 2_500, deals: 5 },
    ]);
  });

  it('of a filter equal those of the list', async () => {
    for (const query of [
      'owner=owner-2',
      'amount_from=1500',
      'stage=draft',
      'currency=EUR&sla=overdue',
    ]) {
      const { body } = await get<CountsAnswer>(`/v1/deals/counts?${query}`);
      expect(body.total, query).toBe((await all(query)).length);
    }
  });

  it('from counters equal those from rows', async () => {
    const counted = await get<CountsAnswer>('/v1/deals/counts?pipeline=adtech');
    const looked = await get<CountsAnswer>('/v1/deals/counts?pipeline=adtech&amount_from=-1');
    expect(looked.body).toEqual(counted.body);
  });
});

describe('a deal', () => {
  it('has gates with their deciding events, runs and references', async () => {
    const { body } = await get<DealDetailAnswer>(`/v1/deals/${ids[25]}`);
    expect(body).toMatchObject({
      pipeline: 'adtech',
      stage: 'offer_ready',
      business_stage: 'Offer Formed',
      missing_gates: ['qualified'],
      external_refs: [{ system: 'crm', id: 'D-25' }],
      amount: 2_500,
      overdue: true,
      outcome: null,
    });
    expect(body.gate_details.find(({ gate }) => gate === 'has_brief')).toEqual({
      gate: 'has_brief',
      title: 'Brief is received',
      code: 'G1',
      status: true,
      missing: false,
      decided_by: { source: 'crm', event_id: '25-2', occurred_at: at(27) },
    });
    expect(body.gate_details.find(({ gate }) => gate === 'qualified')).toMatchObject({
      status: false,
      missing: true,
      decided_by: null,
    });
    expect(body.sla_runs.map(({ timer, status }) => [timer, status])).toEqual([
      ['lead_to_brief', 'met'],
      ['brief_to_offer', 'met'],
      ['offer_to_contract', 'breached'],
    ]);
  });

  it('shows gates, runs and events by themselves', async () => {
    const gates = await get<GatesAnswer>(`/v1/deals/${ids[25]}/gates`);
    expect(gates.body.missing).toEqual(['qualified']);
    expect(gates.body.changes.map(({ gate }) => gate)).toEqual([
      'has_brief',
      'mediaplan_ready',
      'offer_approved',
    ]);
    const runs = await get<{ items: RunAnswer[] }>(`/v1/deals/${ids[25]}/sla`);
    expect(runs.body.items).toHaveLength(3);
    const first = await get<{ items: { event_id: string }[]; next: string }>(
      `/v1/deals/${ids[25]}/events?limit=3`,
    );
    const rest = await get<{ items: { event_id: string }[]; next: null }>(
      `/v1/deals/${ids[25]}/events?limit=3&cursor=${first.body.next}`,
    );
    const seen = [...first.body.items, ...rest.body.items].map(({ event_id: id }) => id);
    expect(seen).toEqual(['25-1', '25-2', '25-3', '25-4']);
    expect(rest.body.next).toBeNull();
  });

  it('has a timeline without gaps or repeats, whatever the size of a page', async () => {
    const whole = await get<{ items: TimelineAnswer[] }>(`/v1/deals/${ids[25]}/timeline?limit=200`);
    const kinds = whole.body.items.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(
      new Set(['event', 'stage', 'gate', 'sla_opened', 'sla_closed', 'sla_breached', 'canonical']),
    );
    expect(whole.body.items.map((line) => line.at)).toEqual(
      whole.body.items
        .map((line) => line.at)
        .toSorted()
        .toReversed(),
    );
    const lines: TimelineAnswer[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const tail: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await get<{ items: TimelineAnswer[]; next: string | null }>(
        `/v1/deals/${ids[25]}/timeline?limit=2${tail}`,
      );
      lines.push(...body.items);
      cursor = body.next;
    }
    expect(lines).toEqual(whole.body.items);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);

    const path = `/v1/deals/${ids[25]}/timeline?limit=200&kind=`;
    const some = await get<{ items: TimelineAnswer[] }>(`${path}stage,canonical`);
    expect(some.body.items).toEqual(
      lines.filter(({ kind }) => kind === 'stage' || kind === 'canonical'),
    );
    const wrong = await get<Problem>(`${path}everything`);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_request']);
  });

  it('is nothing to another tenant', async () => {
    for (const path of ['', '/gates', '/sla', '/events', '/timeline']) {
      const { status, body } = await get(`/v1/deals/${ids[0]}${path}`, other.apiKey);
      expect([status, body.code], path).toEqual([404, 'not_found']);
    }
    const search = await get<Deals>(`/v1/deals?text=${encodeURIComponent('дніпро')}`, other.apiKey);
    expect(search.body.items).toEqual([]);
    const { status, body } = await get('/v1/deals/not-an-id');
    expect([status, body.code]).toEqual([422, 'invalid_request']);
  });
});
