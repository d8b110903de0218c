import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import type { CountsAnswer, DealAnswer, DealDetailAnswer, TimelineAnswer } from './deals.dto.ts';
import { DealEditsService } from './deal-edits.service.ts';
import { DealMergeService } from './deal-merge.service.ts';
import { DealsService } from './deals.service.ts';
import { ROLE_SCOPES } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly field?: string;
  readonly current?: DealAnswer;
  readonly sent?: unknown;
  readonly master_deal_id?: string;
}

let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  other = await app.createTenant();
  const body = { preset: 'adtech', publish: true };
  await app.call('/v1/pipelines', { key: tenant.apiKey, body });
});
afterAll(() => app?.close());

function send<Body = DealAnswer>(method: string, path: string, body: unknown, key = tenant.apiKey) {
  return app.call<Body>(path, { method, body, key });
}

async function make(fields: object = {}): Promise<DealAnswer> {
  const { status, body } = await send('POST', '/v1/deals', { name: 'A deal', ...fields });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function detail(id: string): Promise<DealDetailAnswer> {
  return (await app.call<DealDetailAnswer>(`/v1/deals/${id}`, { key: tenant.apiKey })).body;
}

async function ingest(dealId: string, type: string, id: string): Promise<void> {
  const { body } = await send<{ results: { status: string }[] }>('POST', '/v1/events', {
    events: [
      {
        event_id: id,
        source: 'crm',
        type,
        occurred_at: new Date().toISOString(),
        master_deal_id: dealId,
      },
    ],
  });
  expect(body.results[0]?.status).toBe('applied');
}

describe('making a deal', () => {
  it('goes by an event of our own', async () => {
    const deal = await make({
      amount: 12_500,
      currency: 'EUR',
      owner_id: 'anna',
      responsible: { sales: 'boris' },
      attributes: { channel: 'radio' },
      external_refs: [{ system: 'crm', id: 'X-1' }],
    });
    expect(deal).toMatchObject({
      pipeline: 'adtech',
      stage: 'draft',
      amount: 12_500,
      owner_id: 'anna',
      responsible: { sales: 'boris' },
      attributes: { channel: 'radio' },
      version: 1,
    });
    const events = await app.call<{ items: { source: string; type: string }[] }>(
      `/v1/deals/${deal.id}/events`,
      { key: tenant.apiKey },
    );
    expect(events.body.items).toMatchObject([{ source: 'mak', type: 'deal.created' }]);
    expect((await detail(deal.id)).sla_runs).toMatchObject([{ timer: 'lead_to_brief' }]);
  });

  it('makes one deal of a request that is repeated with its Idempotency-Key', async () => {
    const options = {
      key: tenant.apiKey,
      headers: { 'idempotency-key': 'deal-once' },
      body: { name: 'Once', external_refs: [{ system: 'crm', id: 'once' }] },
    };
    const first = await app.call<DealAnswer>('/v1/deals', options);
    const second = await app.call<DealAnswer>('/v1/deals', options);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  it('refuses a reference that belongs to a deal', async () => {
    const ref = { external_refs: [{ system: 'crm', id: 'X-2' }] };
    const deal = await make(ref);
    const again = await send<Problem>('POST', '/v1/deals', { name: 'Again', ...ref });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'ref_taken', master_deal_id: deal.id });
    expect((await detail(deal.id)).version).toBe(1);
  });

  it.each([
    [{}, 'invalid_request', 'name'],
    [{ name: '' }, 'invalid_request', 'name'],
    [{ name: 'x', amount: 1.5 }, 'invalid_request', 'amount'],
    [{ name: 'x', amount: '12' }, 'invalid_request', 'amount'],
    [{ name: 'x', currency: 'euro' }, 'invalid_request', 'currency'],
    [{ name: 'x', stage: 'closed' }, 'invalid_request', 'stage'],
    [{ name: 'x', id: '0198c0de-0000-7000-8000-000000000000' }, 'invalid_request', 'id'],
    [{ name: 'x', pipeline: 'nope' }, 'unknown_pipeline', 'pipeline'],
    [{ name: 'x', attributes: { note: 'a\u0000b' } }, 'invalid_event', 'data'],
  ])('refuses %j', async (body, code, field) => {
    const answer = await send<Problem>('POST', '/v1/deals', body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, code, field]);
  });

  it('needs a pipeline', async () => {
    const { status, body } = await send<Problem>('POST', '/v1/deals', { name: 'x' }, other.apiKey);
    expect([status, body.code]).toEqual([422, 'no_default_pipeline']);
    const rows = await app.call<CountsAnswer>('/v1/deals/counts', { key: other.apiKey });
    expect(rows.body.total).toBe(0);
  });
});

describe('changing a deal', () => {
  it('sets and empties fields', async () => {
    const deal = await make({ amount: 5, currency: 'EUR', owner_id: 'anna' });
    const edited = await send('PATCH', `/v1/deals/${deal.id}`, {
      version: 1,
      name: 'Renamed',
      amount: 70,
      owner_id: null,
      attributes: { a: 1 },
    });
    expect(edited.body).toMatchObject({
      name: 'Renamed',
      amount: 70,
      currency: 'EUR',
      owner_id: null,
      attributes: { a: 1 },
      version: 2,
    });
    const same = await send('PATCH', `/v1/deals/${deal.id}`, { version: 2, name: 'Renamed' });
    expect(same.body.version).toBe(2);
  });

  it('lets one of two editors through and shows the other both values', async () => {
    const deal = await make();
    const edit = (name: string) =>
      send<Problem>('PATCH', `/v1/deals/${deal.id}`, { version: 1, name });
    const answers = await Promise.all(['One', 'Two', 'Three'].map(edit));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const late = answers.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({
      code: 'stale_version',
      current: { version: 2 },
      sent: { version: 1 },
    });
    expect(late?.current?.name).toMatch(/One|Two|Three/);
  });

  it('sets owners by role', async () => {
    const deal = await make({ responsible: { sales: 'boris' } });
    const { body } = await send('PUT', `/v1/deals/${deal.id}/owners`, {
      version: 1,
      owner_id: 'carla',
      responsible: { legal: 'dina', sales: null },
    });
    expect(body).toMatchObject({ owner_id: 'carla', responsible: { legal: 'dina' } });
  });

  it('sets a domain stage, from which the stage may follow', async () => {
    const deal = await make();
    await ingest(deal.id, 'crm.brief.submitted', `brief-${deal.id}`);
    const { body } = await send('POST', `/v1/deals/${deal.id}/stage`, {
      system: 'mediapush',
      stage: 'in_planning',
    });
    expect(body).toMatchObject({ stage: 'planning', domain_stages: { mediapush: 'in_planning' } });
    const refused = await send<Problem>('POST', `/v1/deals/${deal.id}/stage`, {
      system: 'mediapush',
      stage: 'nope',
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown_domain_stage']);
  });

  it('keeps notes in the timeline', async () => {
    const deal = await make();
    const note = await send('POST', `/v1/deals/${deal.id}/notes`, { text: 'Перезвонить\nзавтра' });
    expect(note.status).toBe(201);
    const { body } = await app.call<{ items: TimelineAnswer[] }>(`/v1/deals/${deal.id}/timeline`, {
      key: tenant.apiKey,
    });
    expect(body.items.find(({ kind }) => kind === 'note')?.detail).toMatchObject({
      data: { text: 'Перезвонить\nзавтра' },
    });
    const empty = await send<Problem>('POST', `/v1/deals/${deal.id}/notes`, { text: '  ' });
    expect(empty.status).toBe(422);
  });

  it('shows a note once, with what it says now, and nothing of a removed one', async () => {
    const deal = await make();
    await send('POST', `/v1/deals/${deal.id}/notes`, { text: 'First words' });
    const timeline = async (): Promise<readonly TimelineAnswer[]> => {
      const path = `/v1/deals/${deal.id}/timeline`;
      const { body } = await app.call<{ items: TimelineAnswer[] }>(path, { key: tenant.apiKey });
      return body.items;
    };
    const ofNotes = async (): Promise<readonly unknown[]> =>
      (await timeline())
        .filter(({ detail }) => String(detail['type']).startsWith('deal.note.'))
        .map(({ kind, detail }) => [kind, detail['type'], detail['data']]);
    const [line] = (await timeline()).filter(({ kind }) => kind === 'note');
    const note = { source: 'mak', event_id: line?.detail['event_id'] };
    const tell = (type: string, data: object) =>
      send('POST', '/v1/events', {
        event_id: `${type} of ${deal.id}`,
        source: 'crm',
        type,
        occurred_at: new Date().toISOString(),
        master_deal_id: deal.id,
        data: { note, ...data },
      });
    await tell('deal.note.edited', { text: 'Second words' });
    expect(await ofNotes()).toEqual([
      ['note', 'deal.note.added', expect.objectContaining({ text: 'Second words' })],
    ]);
    await tell('deal.note.removed', {});
    expect(await ofNotes()).toEqual([
      ['note', 'deal.note.added', expect.objectContaining({ text: null, removed: true })],
    ]);
    expect(JSON.stringify(await timeline())).not.toContain('words');
  });

  it('archives and restores, and counters follow', async () => {
    const total = async (): Promise<number> =>
      (await app.call<CountsAnswer>('/v1/deals/counts', { key: tenant.apiKey })).body.total;
    const before = await total();
    const deal = await make();
    const path = `/v1/deals/${deal.id}`;
    const archived = await send('POST', `${path}/archive`, { version: 1 });
    expect(archived.body.archived_at).not.toBeNull();
    expect(await total()).toBe(before);
    const list = await app.call<{ items: DealAnswer[] }>('/v1/deals?archived=true', {
      key: tenant.apiKey,
    });
    expect(list.body.items.map(({ id }) => id)).toContain(deal.id);
    const restored = await send('POST', `${path}/restore`, { version: archived.body.version });
    expect(restored.body.archived_at).toBeNull();
    expect(await total()).toBe(before + 1);
  });

  it('reopens what has ended, and nothing else', async () => {
    const deal = await make();
    const open = await send<Problem>('POST', `/v1/deals/${deal.id}/reopen`, { version: 1 });
    expect([open.status, open.body.code]).toEqual([409, 'not_ended']);
    await ingest(deal.id, 'crm.deal.lost', `lost-${deal.id}`);
    const ended = await detail(deal.id);
    expect(ended).toMatchObject({ stage: 'cancelled', outcome: 'lost' });
    const { version } = ended;
    const reopened = await send('POST', `/v1/deals/${deal.id}/reopen`, { version });
    expect(reopened.body).toMatchObject({ stage: 'draft', outcome: null });
  });

  it('is for nobody of another tenant', async () => {
    const deal = await make();
    const attempts: [string, string, object][] = [
      ['PATCH', '', { version: 1, name: 'Mine' }],
      ['POST', '/stage', { system: 'crm', stage: 'new' }],
      ['PUT', '/owners', { version: 1, owner_id: 'me' }],
      ['POST', '/notes', { text: 'hi' }],
      ['POST', '/archive', { version: 1 }],
      ['POST', '/reopen', { version: 1 }],
      ['POST', '/merge', { version: 1, into: '0198c0de-0000-7000-8000-000000000000' }],
    ];
    for (const [method, path, body] of attempts) {
      const answer = await send<Problem>(method, `/v1/deals/${deal.id}${path}`, body, other.apiKey);
      expect([answer.status, answer.body.code], path).toEqual([404, 'not_found']);
    }
    expect(await detail(deal.id)).toMatchObject({ name: 'A deal', version: 1 });
  });
});

describe('merging', () => {
  it('folds the survivor with the events of both', async () => {
    const [loser, survivor] = [
      await make({
        name: 'Loser',
        amount: 10,
        currency: 'EUR',
        external_refs: [{ system: 'crm', id: 'M-1' }],
      }),
      await make({ name: 'Survivor', external_refs: [{ system: 'crm', id: 'M-2' }] }),
    ];
    await ingest(loser.id, 'crm.brief.submitted', 'merge-brief');
    const { version } = await detail(loser.id);
    const merged = await send('POST', `/v1/deals/${loser.id}/merge`, {
      version,
      into: survivor.id,
    });
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    expect(merged.body).toMatchObject({
      id: survivor.id,
      name: 'Survivor',
      stage: 'briefed',
      amount: 10,
    });
    const after = await detail(survivor.id);
    expect(after.external_refs.map(({ id }) => id)).toEqual(['M-1', 'M-2']);
    expect(after.gate_details.find(({ gate }) => gate === 'has_brief')?.status).toBe(true);
    expect(await detail(loser.id)).toMatchObject({
      merged_into: survivor.id,
      external_refs: [],
      sla_runs: [],
    });

    // Later events by the old id or the old reference reach the survivor.
    await ingest(loser.id, 'media.mediaplan.ready', 'merge-plan');
    expect((await detail(survivor.id)).gates['mediaplan_ready']).toBe(true);
    const edit = await send<Problem>('PATCH', `/v1/deals/${loser.id}`, {
      version: version + 1,
      name: 'x',
    });
    expect([edit.status, edit.body.code]).toEqual([409, 'deal_merged']);
    const again = await send<Problem>('POST', `/v1/deals/${loser.id}/merge`, {
      version,
      into: survivor.id,
    });
    expect(again.body.code).toBe('deal_merged');

    const counted = await app.call<CountsAnswer>('/v1/deals/counts', { key: tenant.apiKey });
    const looked = await app.call<CountsAnswer>(
      '/v1/deals/counts?updated_since=1990-01-01T00:00:00Z',
      {
        key: tenant.apiKey,
      },
    );
    expect(counted.body).toEqual(looked.body);
  });

  it('refuses a deal and itself', async () => {
    const deal = await make();
    const { status, body } = await send<Problem>('POST', `/v1/deals/${deal.id}/merge`, {
      version: 1,
      into: deal.id,
    });
    expect([status, body.code]).toEqual([422, 'same_deal']);
  });
});

describe('restricted accounts', () => {
  const franchisee = (): Principal => ({
    kind: 'account',
    id: 'franchisee-1',
    tenantId: tenant.id,
    role: 'franchisee',
    scopes: ROLE_SCOPES.franchisee,
    restrictedTo: 'franchisee-1',
  });

  it('see and change their own deals only', async () => {
    const [deals, edits, merges] = [
      app.app.get(DealsService),
      app.app.get(DealEditsService),
      app.app.get(DealMergeService),
    ];
    const foreign = await make({ name: 'Foreign deal', owner_id: 'somebody' });
    const own = await make({ name: 'Own deal', owner_id: 'franchisee-1' });
    const me = franchisee();

    const list = await deals.list(me, { filter: {}, limit: 200 });
    expect(list.items.map(({ row }) => row.id)).toEqual([own.id]);
    const search = await deals.list(me, { filter: { text: 'deal' }, limit: 200 });
    expect(search.items.map(({ row }) => row.id)).toEqual([own.id]);
    const asOther = await deals.list(me, { filter: { ownerId: 'somebody' }, limit: 200 });
    expect(asOther.items).toEqual([]);
    const counts = await deals.counts(me, {});
    expect(counts.map((count) => count.deals)).toEqual([1]);
    await expect(deals.one(me, foreign.id)).rejects.toMatchObject({ status: 404 });

    await expect(edits.edit(me, foreign.id, { version: 1, name: 'x' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(edits.edit(me, own.id, { version: 1, owner_id: 'x' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(merges.merge(me, own.id, { version: 1, into: foreign.id })).rejects.toMatchObject({
      status: 403,
    });
    const edited = await edits.edit(me, own.id, { version: 1, name: 'Mine' });
    expect(edited.row.name).toBe('Mine');
    const made = await edits.create(me, { name: 'Another' });
    expect(made.row.owner_id).toBe('franchisee-1');
  });
});
