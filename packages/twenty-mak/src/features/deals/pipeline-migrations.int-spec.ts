import { setTimeout as sleep } from 'node:timers/promises';
import { credit } from 'twenty-mak-domain';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import type { CountsAnswer, DealAnswer, DealDetailAnswer, TimelineAnswer } from './deals.dto.ts';
import type { MigrationAnswer, PreviewAnswer } from './pipeline-migrations.dto.ts';
import { PipelineMigrationsService } from './pipeline-migrations.service.ts';

let api: TestApp;
let tenant: TestTenant;

const DEALS = 450;
const NOW = Date.UTC(2026, 2, 31);

/** `accepted` no longer is a stage of its own: its predicate is that of `preaccepted`, and timers are shorter. */
function second(version: number): { version: number; definition: PipelineDefinition } {
  const rules = credit.rules.map((rule) =>
    rule.stage === 'processing' ? { ...rule, stage: 'preaccepted' } : rule,
  );
  const definition = {
    ...credit,
    stages: credit.stages.filter(({ key }) => key !== 'processing'),
    rules,
    timers: (credit.timers ?? []).map((timer) =>
      timer.key === 'submit_to_accept'
        ? { ...timer, target: { amount: 1, unit: 'hours' as const } }
        : timer,
    ),
  };
  return { version, definition };
}

beforeAll(async () => {
  api = await startApp();
  tenant = await api.createTenant({ clock_frozen_at: new Date(NOW).toISOString() });
  await post('/v1/pipelines', { preset: 'credit', publish: true });
  const events = Array.from({ length: DEALS }, (_, deal) => {
    const event = (type: string, hours: number) => ({
      event_id: `${deal}/${type}`,
      source: 'xes',
      type,
      occurred_at: new Date(NOW - 90 * 86_400_000 + deal * 1_000 + hours * 3_600_000).toISOString(),
      external_refs: [{ system: 'xes', id: `${deal}` }],
      data: { 'lifecycle:transition': 'COMPLETE' },
    });
    return [
      event('A_SUBMITTED', 0),
      event('A_PREACCEPTED', 1),
      // A third is accepted in time, a third late, a third never.
      ...(deal % 3 < 2 ? [event('A_ACCEPTED', deal % 3 === 0 ? 2 : 30)] : []),
    ];
  }).flat();
  for (let from = 0; from < events.length; from += 500) {
    await post('/v1/events', { events: events.slice(from, from + 500) });
  }
});
afterAll(() => api?.close());

function post<Body = { version: number; code: string }>(path: string, body: unknown) {
  return api.call<Body>(path, { body, key: tenant.apiKey });
}

async function get<Body>(path: string): Promise<Body> {
  return (await api.call<Body>(path, { key: tenant.apiKey })).body;
}

const stages = async (): Promise<Record<string, number>> => {
  const { items } = await get<CountsAnswer>('/v1/deals/counts?pipeline=credit');
  return Object.fromEntries(items.map(({ stage, deals }) => [stage, deals]));
};

async function outbox(type: string): Promise<number> {
  const rows = await api.database.query<{ count: string }>(
    'SELECT count(*) FROM outbox WHERE tenant_id = $1 AND type = $2',
    [tenant.id, type],
  );
  return Number(rows[0]?.count);
}

describe('migration', () => {
  it('is shown first, and changes nothing then', async () => {
    const { version } = await get<{ version: number }>('/v1/pipelines/credit');
    const draft = await api.call<{ version: number }>('/v1/pipelines/credit/draft', {
      method: 'PUT',
      key: tenant.apiKey,
      body: second(version),
    });
    const published = await post('/v1/pipelines/credit/publish', { version: draft.body.version });
    expect(published.status, JSON.stringify(published.body)).toBe(200);

    const before = await stages();
    expect(before).toEqual({ processing: 300, preaccepted: 150 });
    const preview = await post<PreviewAnswer>('/v1/pipelines/credit/migrations', {});
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      dry_run: true,
      to_version: 2,
      deals: DEALS,
      examined: DEALS,
      changes: [{ from: 'processing', to: 'preaccepted', deals: 300 }],
    });
    expect(preview.body.examples).toHaveLength(100);
    expect(await stages()).toEqual(before);
    const { items } = await get<{ items: DealAnswer[] }>('/v1/deals?limit=1');
    expect(items[0]?.pipeline_version).toBe(1);
  });

  it('goes on where a worker died, and ends as a fresh fold under the new version', async () => {
    const breachedBefore = await outbox('masterdeal.sla.breached');
    const started = await post<MigrationAnswer>('/v1/pipelines/credit/migrations', {
      dry_run: false,
    });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ status: 'running', deals: DEALS, done: 0 });
    const again = await post('/v1/pipelines/credit/migrations', { dry_run: false });
    expect([again.status, again.body.code]).toEqual([409, 'migration_running']);

    // One chunk by a worker that dies after it.
    const { id } = started.body;
    await api.app.get(PipelineMigrationsService).step(tenant.id, id);
    const half = await get<MigrationAnswer>(`/v1/pipelines/credit/migrations/${id}`);
    expect(half).toMatchObject({ status: 'running', done: 200 });

    const worker = await startApp({ role: 'worker', database: api.database });
    let migration = half;
    for (let look = 0; look < 300 && migration.status === 'running'; look += 1) {
      await sleep(50);
      migration = await get<MigrationAnswer>(`/v1/pipelines/credit/migrations/${id}`);
    }
    await worker.close();
    expect(migration).toMatchObject({ status: 'done', done: DEALS, moved: 300 });
    expect(await stages()).toEqual({ preaccepted: DEALS });

    // The step after the last one, and one too many, change nothing.
    expect(await api.app.get(PipelineMigrationsService).step(tenant.id, id)).toBe(false);

    const { items } = await get<{ items: DealAnswer[] }>('/v1/deals?ref_system=xes&ref_id=0');
    const deal = await get<DealDetailAnswer>(`/v1/deals/${items[0]?.id}`);
    expect(deal).toMatchObject({ pipeline_version: 2, stage: 'preaccepted' });
    // Two hours were in time for 24 hours and are too late for one: marked, but not published.
    expect(deal.sla_runs).toMatchObject([{ timer: 'submit_to_accept', status: 'breached' }]);
    const breached = await outbox('masterdeal.sla.breached');
    expect(breached).toBe(breachedBefore);
    const marked = await api.database.query<{ breach_published: boolean }>(
      'SELECT breach_published FROM sla_run WHERE tenant_id = $1 AND deal_id = $2',
      [tenant.id, deal.id],
    );
    expect(marked).toEqual([{ breach_published: true }]);
    expect(await outbox('masterdeal.stage.changed')).toBeGreaterThanOrEqual(300);

    const timeline = await get<{ items: TimelineAnswer[] }>(`/v1/deals/${deal.id}/timeline`);
    expect(timeline.items.find(({ kind }) => kind === 'migration')?.detail).toEqual({
      pipeline_version: 1,
      stage: 'processing',
    });
    const archives = await api.database.query<{
      history: { runs: unknown[]; transitions: unknown[] };
    }>('SELECT history FROM deal_archive WHERE tenant_id = $1 AND deal_id = $2', [
      tenant.id,
      deal.id,
    ]);
    expect(archives).toHaveLength(1);
    expect(archives[0]?.history.runs).toHaveLength(1);
    expect(archives[0]?.history.transitions).toHaveLength(3);
  });

  it('finds nothing to do the second time', async () => {
    const preview = await post<PreviewAnswer>('/v1/pipelines/credit/migrations', {});
    expect(preview.body).toMatchObject({ deals: 0, examined: 0, changes: [] });
    const list = await get<{ items: MigrationAnswer[] }>('/v1/pipelines/credit/migrations');
    expect(list.items).toHaveLength(1);
  });

  it('refuses an unknown pipeline and a wrong body', async () => {
    const unknown = await post('/v1/pipelines/nope/migrations', {});
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown_pipeline']);
    const wrong = await post('/v1/pipelines/credit/migrations', { dry_run: 'no' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_request']);
  });
});
