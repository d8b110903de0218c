import { adtech, compilePipeline, fold, workingTime } from 'twenty-mak-domain';
import type { DomainEvent, PipelineDefinition } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PipelineMigrationsService } from '../deals/pipeline-migrations.service.ts';
import { cel } from '../pipelines/definition.ts';
import { SlaService } from '../sla/index.ts';
import { freshFigures } from '../../../test/support/fresh-figures.ts';
import type { Figures } from '../../../test/support/fresh-figures.ts';
import { randomEvent, randomOf } from '../../../test/support/random-events.ts';
import { RollupBuilder } from './rollup-builder.ts';

const START = Date.UTC(2026, 0, 5, 9);
const DAY = 86_400_000;

/** Without the stage `planning`, and with a working calendar. */
const second: PipelineDefinition = {
  ...adtech,
  stages: adtech.stages.filter(({ key }) => key !== 'planning'),
  rules: adtech.rules.map((rule) =>
    rule.stage === 'planning' ? { ...rule, stage: 'briefed' } : rule,
  ),
  calendars: {
    office: {
      kind: 'working',
      timeZone: 'Europe/Kyiv',
      week: Object.fromEntries(
        [1, 2, 3, 4, 5].map((day) => [day, [{ from: '09:00', to: '18:00' }]]),
      ),
      holidays: ['2026-01-07'],
    },
  },
  timers: (adtech.timers ?? []).map((timer) =>
    timer.key === 'brief_to_offer' ? { ...timer, calendar: 'office' } : timer,
  ),
};

let api: TestApp;
beforeAll(async () => {
  api = await startApp();
});
afterAll(() => api?.close());

async function call<Body>(tenant: TestTenant, path: string, body?: unknown, method?: string) {
  const answer = await api.call<Body>(path, {
    key: tenant.apiKey,
    ...(body === undefined ? {} : { body }),
    ...(method === undefined ? {} : { method }),
  });
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
}

async function kept(tenant: TestTenant): Promise<Figures> {
  const rows = await api.database.query<{ key: string; n: string; total: string }>(
    `SELECT concat_ws('|', pipeline_id, figure, day, subject, detail, currency) AS key, n::text, trim_scale(total)::text AS total
     FROM rollup WHERE tenant_id = $1 AND grain = 'day' ORDER BY 1`,
    [tenant.id],
  );
  return Object.fromEntries(rows.map(({ key, n, total }) => [key, `${n} ${total}`]));
}

async function expectEqual(tenant: TestTenant): Promise<void> {
  expect(await kept(tenant)).toEqual(await freshFigures(api.database, tenant.id));
  const months = await api.database.query(
    `SELECT pipeline_id, figure, date_trunc('month', day), subject, detail, currency, sum(n * CASE grain WHEN 'day' THEN 1 ELSE -1 END) AS n,
       sum(total * CASE grain WHEN 'day' THEN 1 ELSE -1 END) AS total
     FROM rollup WHERE tenant_id = $1 AND figure NOT IN ('breach', 'kpi') GROUP BY 1, 2, 3, 4, 5, 6`,
    [tenant.id],
  );
  expect(
    months.filter((row) =>
      Object.values(row)
        .slice(-2)
        .some((sum) => Number(sum) !== 0),
    ),
  ).toEqual([]);
  const empty = 'SELECT grain, figure FROM rollup WHERE tenant_id = $1 AND n = 0 AND total = 0';
  expect(await api.database.query(empty, [tenant.id])).toEqual([]);
}

async function clock(tenant: TestTenant, at: number): Promise<void> {
  const body = { frozen_at: new Date(at).toISOString() };
  await api.call(`/v1/tenants/${tenant.id}/clock`, { key: api.operatorKey, body });
}

/** Two deals that are not merged yet become one. */
async function merge(tenant: TestTenant, random: () => number): Promise<void> {
  const deals = await api.database.query<{ id: string; version: number }>(
    'SELECT id, version FROM deal WHERE tenant_id = $1 AND merged_into IS NULL ORDER BY id',
    [tenant.id],
  );
  const loser = randomOf(random, deals);
  const survivor = randomOf(
    random,
    deals.filter(({ id }) => id !== loser?.id),
  );
  if (loser === undefined || survivor === undefined) return;
  const body = { version: loser.version, into: survivor.id };
  await call(tenant, `/v1/deals/${loser.id}/merge`, body);
}

async function migrate(tenant: TestTenant): Promise<void> {
  const { version } = await call<{ version: number }>(tenant, '/v1/pipelines/adtech');
  const draft = { version, definition: second };
  const edited = await call<{ version: number }>(
    tenant,
    '/v1/pipelines/adtech/draft',
    draft,
    'PUT',
  );
  await call(tenant, '/v1/pipelines/adtech/publish', { version: edited.version });
  const started = { dry_run: false };
  const { id } = await call<{ id: string }>(tenant, '/v1/pipelines/adtech/migrations', started);
  const service = api.app.get(PipelineMigrationsService);
  while (await service.step(tenant.id, id));
}

describe('rollups and facts', () => {
  it.each([1, 2, 3])('equal a fresh scan after every step of story %i', async (seed) => {
    const random = seeded(seed);
    const tenant = await api.createTenant({
      clock_frozen_at: new Date(START).toISOString(),
      time_zone: 'Asia/Kathmandu',
      pipelines: ['adtech'],
    });
    await api.app.get(RollupBuilder).build(tenant.id);
    let present = START;
    let swept = 0;
    for (let round = 0; round < 14; round += 1) {
      present += Math.floor(random() * 4 * DAY);
      await clock(tenant, present);
      if (round % 3 === 1) {
        swept += await api.app.get(SlaService).sweepTenant(tenant.id);
        await expectEqual(tenant);
      }
      const events = Array.from({ length: 40 }, (_, index) =>
        randomEvent(random, `${seed}-${round}-${index}`, { from: START, to: present }),
      );
      await call(tenant, '/v1/events', { events });
      await expectEqual(tenant);
      if (round % 4 === 2) await merge(tenant, random);
      if (round === 8) await migrate(tenant);
      await expectEqual(tenant);
    }
    expect(swept).toBeGreaterThan(0);
    await expectFacts(tenant);
    const built = await api.call(`/v1/tenants/${tenant.key}/rollups/build`, {
      method: 'POST',
      key: api.operatorKey,
    });
    expect(built.body).toMatchObject({ differing: 0 });
  });

  /** Facts of the deals, made anew out of the raw events. */
  async function expectFacts(tenant: TestTenant): Promise<void> {
    const compiled = new Map([adtech, second].map((one, index) => [index + 1, compile(one)]));
    const deals = await api.database.query<{ deal_id: string; pipeline_version: number }>(
      `SELECT f.* FROM fact_deal f JOIN deal d ON d.id = f.deal_id AND d.merged_into IS NULL
       WHERE f.tenant_id = $1 ORDER BY f.deal_id`,
      [tenant.id],
    );
    expect(deals.length).toBeGreaterThan(5);
    for (const deal of deals) {
      const pipeline = compiled.get(deal.pipeline_version);
      if (pipeline === undefined) throw new Error('an unknown version');
      const { state, transitions, runs } = fold(pipeline, await eventsOf(tenant, deal.deal_id));
      const ranks = transitions.map(({ to }) => pipeline.ranks.get(to) ?? 0);
      const reached = pipeline.definition.stages[Math.max(0, ...ranks)]?.key;
      const { amount, ownerId: owner_id, currency } = state.fields;
      const expected = {
        stage: state.stage,
        reached_stage: reached,
        outcome: state.outcome,
        owner_id,
        currency,
      };
      expect(deal).toMatchObject({ ...expected, amount: amount === null ? null : `${amount}` });
      const facts = await api.database.query(
        `SELECT timer, opened_event_id, round(extract(epoch FROM due_at) * 1000)::text AS due, closed_as, worked_ms::text AS worked, accountable
         FROM fact_sla WHERE deal_id = $1 ORDER BY 1, 2`,
        [deal.deal_id],
      );
      const timers = new Map((pipeline.definition.timers ?? []).map((timer) => [timer.key, timer]));
      const wanted = runs.map(({ timer, openedBy, openedAt, dueAt, closedAt, closedAs }) => {
        const calendar = pipeline.definition.calendars?.[timers.get(timer)?.calendar ?? ''];
        const worked =
          closedAt === null
            ? null
            : workingTime(openedAt, closedAt, calendar ?? { kind: 'always' });
        return {
          timer,
          opened_event_id: openedBy.eventId,
          due: `${dueAt}`,
          closed_as: closedAs,
          worked: worked === null ? null : `${worked}`,
          accountable: timers.get(timer)?.accountable?.[0],
        };
      });
      expect(facts).toEqual(
        wanted.toSorted((one, other) =>
          `${one.timer} ${one.opened_event_id}` < `${other.timer} ${other.opened_event_id}`
            ? -1
            : 1,
        ),
      );
    }
  }

  async function eventsOf(tenant: TestTenant, dealId: string): Promise<DomainEvent[]> {
    const rows = await api.database.query<DomainEvent & { at: string }>(
      `SELECT event_id AS "eventId", source, type, version, round(extract(epoch FROM occurred_at) * 1000)::text AS at,
         NULL AS "masterDealId", '[]'::jsonb AS "externalRefs", NULL AS "correlationId", data
       FROM event WHERE tenant_id = $1 AND deal_id = $2`,
      [tenant.id, dealId],
    );
    return rows.map(({ at, ...event }) => ({ ...event, occurredAt: Number(at) }));
  }
});

describe('building', () => {
  it('repairs what differs and fills what an older installation did not keep', async () => {
    const tenant = await api.createTenant({
      clock_frozen_at: new Date(START + 30 * DAY).toISOString(),
      pipelines: ['adtech'],
    });
    const random = seeded(7);
    const events = Array.from({ length: 120 }, (_, index) =>
      randomEvent(random, `${index}`, { from: START, to: START + 30 * DAY }),
    );
    await call(tenant, '/v1/events', { events });
    const before = await kept(tenant);
    const facts = await snapshot(tenant);
    await api.database.query('UPDATE deal SET reached_stage = NULL WHERE tenant_id = $1', [
      tenant.id,
    ]);
    await api.database.query('UPDATE sla_run SET worked_ms = NULL WHERE tenant_id = $1', [
      tenant.id,
    ]);
    await api.database.query("DELETE FROM rollup WHERE tenant_id = $1 AND figure = 'run'", [
      tenant.id,
    ]);
    const { differing } = await api.app.get(RollupBuilder).build(tenant.id);
    const lost = Object.keys(before).filter((key) => key.includes('|run|'));
    expect(differing).toBeGreaterThanOrEqual(lost.length);
    expect(await snapshot(tenant)).toEqual(facts);
    expect(await kept(tenant)).toEqual(before);
    await expectEqual(tenant);
  });

  async function snapshot(tenant: TestTenant): Promise<unknown> {
    return [
      await api.database.query(
        'SELECT id, reached_stage FROM deal WHERE tenant_id = $1 ORDER BY 1',
        [tenant.id],
      ),
      await api.database.query(
        'SELECT deal_id, timer, opened_event_id, worked_ms FROM sla_run WHERE tenant_id = $1 ORDER BY 1, 2, 3',
        [tenant.id],
      ),
    ];
  }

  it('waits for a tenant without rollups, of older rules or of another time zone, and for no other', async () => {
    const worker = await startApp({ role: 'worker', database: api.database });
    try {
      const tenant = await api.createTenant({ pipelines: ['adtech'] });
      await expect.poll(() => builtFor(tenant)).toBe('UTC');
      const { version } = await call<{ version: number }>(tenant, '/v1/tenant');
      await call(tenant, '/v1/tenant', { version, time_zone: 'Europe/Kyiv' }, 'PATCH');
      await expect.poll(() => builtFor(tenant)).toBe('Europe/Kyiv');
      await api.database.query('UPDATE rollup_build SET rules = 0 WHERE tenant_id = $1', [
        tenant.id,
      ]);
      await expect
        .poll(async () => api.database.query('SELECT 1 FROM rollup_build WHERE rules = 0'), {
          timeout: 10_000,
        })
        .toEqual([]);
    } finally {
      await worker.close();
    }
  });

  async function builtFor(tenant: TestTenant): Promise<string | undefined> {
    const [row] = await api.database.query<{ time_zone: string }>(
      'SELECT time_zone FROM rollup_build WHERE tenant_id = $1',
      [tenant.id],
    );
    return row?.time_zone;
  }

  it('is for the operator, of a tenant that exists', async () => {
    const tenant = await api.createTenant();
    const build = (key: string, name: string) =>
      api.call<{ code: string }>(`/v1/tenants/${name}/rollups/build`, { method: 'POST', key });
    expect((await build(tenant.apiKey, tenant.key)).status).toBe(403);
    expect((await build(api.operatorKey, 'nobody')).body.code).toBe('not_found');
  });
});

function compile(definition: PipelineDefinition) {
  const compiled = compilePipeline(definition, cel);
  if (!compiled.ok) throw new Error(compiled.refusal.reason);
  return compiled.value;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
