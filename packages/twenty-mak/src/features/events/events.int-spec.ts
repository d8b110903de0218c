import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import type { EventAnswer } from './index.ts';

let app: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  const { status, body } = await app.call('/v1/pipelines', {
    key: tenant.apiKey,
    body: { preset: 'adtech', publish: true, is_default: true },
  });
  if (status !== 201) throw new Error(`no pipeline: ${JSON.stringify(body)}`);
});

afterAll(() => app.close());

let counter = 0;

function event(
  type: string,
  ref: string,
  at: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  counter += 1;
  return {
    event_id: `e-${counter}`,
    type,
    source: 'crm',
    occurred_at: at,
    external_refs: [{ system: 'crm', id: ref }],
    ...more,
  };
}

async function send(...events: unknown[]): Promise<EventAnswer[]> {
  const { status, body } = await app.call<{ results: EventAnswer[] }>('/v1/events', {
    key: tenant.apiKey,
    body: events,
  });
  expect(status).toBe(200);
  return body.results;
}

/** Rows of this tenant, read past row-level security. */
function rows<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return app.database.query<Row>(sql, values);
}

async function deal(id: string): Promise<{
  stage: string;
  version: number;
  gates: Record<string, boolean>;
  outcome: string | null;
}> {
  const [row] = await rows<{
    stage: string;
    version: number;
    gates: Record<string, boolean>;
    outcome: string | null;
  }>('SELECT stage, version, gates, outcome FROM deal WHERE id = $1', id);
  if (row === undefined) throw new Error(`no deal ${id}`);
  return row;
}

describe('POST /v1/events', () => {
  it('makes a deal, sets gates and answers each event', async () => {
    const [created, briefed, unknown] = await send(
      event('crm.deal.created', 'A', '2026-03-01T09:00:00Z', {
        data: { name: 'Spring campaign', amount: 500_000, currency: 'EUR' },
      }),
      event('crm.brief.submitted', 'A', '2026-03-01T10:00:00Z'),
      event('crm.coffee.drunk', 'A', '2026-03-01T10:05:00Z'),
    );
    expect([created?.status, briefed?.status, unknown?.status]).toEqual([
      'applied',
      'applied',
      'stored',
    ]);
    expect(await deal(created?.master_deal_id ?? '')).toMatchObject({
      stage: 'briefed',
      version: 1,
      gates: { has_brief: true, offer_approved: false },
    });
  });

  it('folds what waited under another name when the deal and the link come in one request', async () => {
    const names = [
      { system: 'crm', id: 'two names' },
      { system: 'media', id: 'two names' },
    ];
    const briefed = event('crm.brief.submitted', '', '2026-03-01T10:00:00Z', {
      external_refs: names.slice(1),
    });
    expect(await send(briefed)).toMatchObject([{ status: 'orphan' }]);
    const [created] = await send(
      event('crm.deal.created', 'two names', '2026-03-01T09:00:00Z'),
      event('deal.note.added', '', '2026-03-01T11:00:00Z', { external_refs: names }),
    );
    expect(await deal(created?.master_deal_id ?? '')).toMatchObject({
      stage: 'briefed',
      gates: { has_brief: true },
    });
  });

  it('names no deal to the repeat of an event that still waits for one', async () => {
    const waiting = event('crm.brief.submitted', 'not made yet', '2026-03-01T10:00:00Z');
    const [orphan] = await send(waiting);
    const [repeat] = await send(waiting);
    expect(orphan).toEqual({ event_id: waiting['event_id'], status: 'orphan' });
    expect(repeat).toEqual({ event_id: waiting['event_id'], status: 'duplicate' });
    const [created] = await send(event('crm.deal.created', 'not made yet', '2026-03-01T09:00:00Z'));
    const [again] = await send(waiting);
    expect(again?.master_deal_id).toBe(created?.master_deal_id);
  });

  it('acknowledges a repeat without effect and refuses the same id with other content', async () => {
    const first = event('crm.deal.created', 'B', '2026-03-01T09:00:00Z');
    const [created] = await send(first);
    const before = await deal(created?.master_deal_id ?? '');
    const [repeat, inBatch, conflict] = await send(first, first, {
      ...first,
      type: 'crm.brief.submitted',
    });
    expect([repeat?.status, inBatch?.status]).toEqual(['duplicate', 'duplicate']);
    expect(conflict).toMatchObject({ status: 'conflict', field: 'event_id' });
    expect(await deal(created?.master_deal_id ?? '')).toEqual(before);
    expect(
      await rows(
        'SELECT 1 FROM event_rejection WHERE event_id = $1 AND code = $2',
        first['event_id'],
        'conflict',
      ),
    ).toHaveLength(1);
  });

  it('lets events wait for the one that creates their deal', async () => {
    const [waiting] = await send(event('crm.brief.submitted', 'C', '2026-03-01T10:00:00Z'));
    expect(waiting).toMatchObject({ status: 'orphan' });
    expect(waiting).not.toHaveProperty('master_deal_id');
    const [created] = await send(event('crm.deal.created', 'C', '2026-03-01T11:00:00Z'));
    expect(await deal(created?.master_deal_id ?? '')).toMatchObject({ stage: 'briefed' });
  });

  it('joins deals-to-be when an event names both, and refuses to join two deals', async () => {
    await send(
      event('crm.brief.submitted', 'D1', '2026-03-01T10:00:00Z'),
      event('media.mediaplan.ready', 'D2', '2026-03-01T11:00:00Z'),
    );
    const both = {
      external_refs: [
        { system: 'crm', id: 'D1' },
        { system: 'crm', id: 'D2' },
      ],
    };
    const [created] = await send(event('crm.deal.created', '', '2026-03-01T09:00:00Z', both));
    expect(await deal(created?.master_deal_id ?? '')).toMatchObject({
      gates: { has_brief: true, mediaplan_ready: true },
      stage: 'planning',
    });
    await send(event('crm.deal.created', 'D3', '2026-03-01T09:00:00Z'));
    const [conflict] = await send(
      event('crm.brief.submitted', '', '2026-03-01T09:00:00Z', {
        external_refs: [
          { system: 'crm', id: 'D1' },
          { system: 'crm', id: 'D3' },
        ],
      }),
    );
    expect(conflict).toMatchObject({
      status: 'rejected',
      code: 'ref_conflict',
      field: 'external_refs',
    });
  });

  it('takes waiting events into an existing deal', async () => {
    const [created] = await send(event('crm.deal.created', 'E1', '2026-03-01T09:00:00Z'));
    await send(event('crm.brief.submitted', 'E2', '2026-03-01T10:00:00Z'));
    await send(
      event('crm.note', '', '2026-03-01T12:00:00Z', {
        external_refs: [
          { system: 'crm', id: 'E1' },
          { system: 'crm', id: 'E2' },
        ],
      }),
    );
    expect(await deal(created?.master_deal_id ?? '')).toMatchObject({ stage: 'briefed' });
  });

  it('folds a deal again when an event comes late, and says so', async () => {
    const [created] = await send(
      event('crm.deal.created', 'F', '2026-03-01T09:00:00Z'),
      event('crm.brief.submitted', 'F', '2026-03-01T12:00:00Z'),
    );
    const id = created?.master_deal_id ?? '';
    await send(event('crm.deal.lost', 'F', '2026-03-01T11:00:00Z'));
    expect(await deal(id)).toMatchObject({
      stage: 'cancelled',
      outcome: 'lost',
      gates: { has_brief: false },
    });
    expect(
      await rows('SELECT to_stage FROM stage_change WHERE deal_id = $1 ORDER BY seq', id),
    ).toEqual([{ to_stage: 'cancelled' }]);
    expect(
      await rows(
        "SELECT data->>'reason' AS reason FROM outbox WHERE deal_id = $1 AND type = 'masterdeal.stage.changed' ORDER BY tx, position",
        id,
      ),
    ).toEqual([{ reason: 'facts' }, { reason: 'late_event' }]);
  });

  it('rejects one by one with the field, keeps the good and the refused', async () => {
    const answers = await send(
      event('crm.deal.created', 'G', '2026-03-01T09:00:00Z'),
      event('crm.deal.created', 'G2', '1989-03-01T09:00:00Z'),
      event('crm.deal.created', 'G3', '2126-03-01T09:00:00Z'),
      event('crm.deal.created', 'G4', '2026-03-01T09:00:00Z', { data: { pipeline: 'nope' } }),
      event('crm.deal.created', 'G5', '2026-03-01T09:00:00Z', {
        master_deal_id: '01890a5d-ac96-774b-bcce-b302099a8057',
      }),
      event('crm.deal.created', 'G6', '2026-03-01T09:00:00Z', { data: { text: 'a\u0000b' } }),
      'no object',
      { ...event('crm.deal.created', 'G7', '2026-03-01T09:00:00Z'), event_id: 'Ж' },
    );
    expect(answers.map(({ status, code, field }) => [status, code, field])).toEqual([
      ['applied', undefined, undefined],
      ['rejected', 'too_old', 'occurred_at'],
      ['rejected', 'in_future', 'occurred_at'],
      ['rejected', 'unknown_pipeline', 'data.pipeline'],
      ['rejected', 'unknown_deal', 'master_deal_id'],
      ['rejected', 'invalid_event', 'data'],
      ['rejected', 'invalid_event', undefined],
      ['rejected', 'invalid_event', 'event_id'],
    ]);
    expect(
      await rows(
        "SELECT 1 FROM event_rejection WHERE code IN ('too_old', 'in_future', 'unknown_pipeline', 'unknown_deal', 'invalid_event')",
      ),
    ).toHaveLength(7);
  });

  it('refuses requests that are no list of events', async () => {
    const malformed = await fetch(`${app.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.apiKey}`, 'content-type': 'application/json' },
      body: '{"a":',
    });
    expect([malformed.status, ((await malformed.json()) as { code: string }).code]).toEqual([
      400,
      'malformed_json',
    ]);
    const large = await app.call<{ code: string }>('/v1/events', {
      key: tenant.apiKey,
      body: { text: 'x'.repeat(10_000_000) },
    });
    expect([large.status, large.body.code]).toEqual([413, 'body_too_large']);
    const many = await app.call<{ code: string }>('/v1/events', {
      key: tenant.apiKey,
      body: Array.from({ length: 501 }, () => ({})),
    });
    expect([many.status, many.body.code]).toEqual([413, 'too_many_events']);
    const anonymous = await app.call<{ code: string }>('/v1/events', { body: [] });
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'unauthenticated']);
  });

  it('ends in the same rows whatever the order and the repeats', async () => {
    const story = (ref: string): Record<string, unknown>[] => [
      event('crm.deal.created', ref, '2026-03-01T09:00:00Z', { event_id: `${ref}-1` }),
      event('crm.brief.submitted', ref, '2026-03-01T12:00:00Z', { event_id: `${ref}-2` }),
      event('media.mediaplan.ready', ref, '2026-03-02T12:00:00Z', { event_id: `${ref}-3` }),
      event('crm.offer.approved', ref, '2026-03-05T12:00:00Z', { event_id: `${ref}-4` }),
      event('crm.brief.withdrawn', ref, '2026-03-06T12:00:00Z', { event_id: `${ref}-5` }),
      event('crm.brief.submitted', ref, '2026-03-07T12:00:00Z', { event_id: `${ref}-6` }),
      event('docflow.contract.signed', ref, '2026-03-08T12:00:00Z', { event_id: `${ref}-7` }),
    ];
    const inOrder = story('same-1');
    for (const one of inOrder) await send(one);
    const shuffled = story('same-2');
    for (const index of [4, 2, 6, 2, 0, 5, 1, 4, 3, 6]) await send(shuffled[index]);
    const derived = async (ref: string): Promise<unknown> => {
      const [{ deal_id: id }] = (await rows<{ deal_id: string }>(
        'SELECT deal_id FROM deal_ref WHERE external_id = $1',
        ref,
      )) as [{ deal_id: string }];
      return JSON.parse(
        JSON.stringify([
          await rows(
            'SELECT stage, stage_started_at, gates, domain_stages, sla_due_at, outcome, closed_at, created_at, state, missing_gates FROM deal WHERE id = $1',
            id,
          ),
          await rows(
            'SELECT seq, from_stage, to_stage, reason, occurred_at, event_id FROM stage_change WHERE deal_id = $1 ORDER BY seq',
            id,
          ),
          await rows(
            'SELECT seq, gate, status, occurred_at, event_id FROM gate_change WHERE deal_id = $1 ORDER BY seq',
            id,
          ),
          await rows(
            'SELECT timer, opened_event_id, opened_at, due_at, closed_at, closed_as, breach_published FROM sla_run WHERE deal_id = $1 ORDER BY 1, 2',
            id,
          ),
        ]).replaceAll(ref, 'same'),
      );
    };
    const expected = await derived('same-1');
    expect(await derived('same-2')).toEqual(expected);
    expect(expected).toMatchSnapshot();
  });
});
