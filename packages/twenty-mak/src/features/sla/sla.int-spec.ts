import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import type { NotificationView } from '../notifications/notifications.dto.ts';
import type { TaskView } from '../tasks/tasks.dto.ts';
import { Escalations, SlaService } from './index.ts';
import type { RunView, SummaryView } from './sla.dto.ts';

const OPENED = '2026-03-02T09:00:00.000Z';
/** Target of `lead_to_brief`: 8 hours. */
const DUE = '2026-03-02T17:00:00.000Z';
const AFTER_DUE = '2026-03-02T17:00:00.001Z';

let api: TestApp;

beforeAll(async () => {
  api = await startApp();
});
afterAll(() => api.close());

/** A tenant whose clock stands still, with the adtech pipeline. */
async function newTenant(frozenAt = OPENED): Promise<TestTenant> {
  const tenant = await api.createTenant();
  await setClock(tenant, frozenAt);
  const { status } = await api.call('/v1/pipelines', {
    key: tenant.apiKey,
    body: { preset: 'adtech', publish: true, is_default: true },
  });
  expect(status).toBe(201);
  return tenant;
}

async function setClock(tenant: TestTenant, at: string): Promise<void> {
  await api.database.query('UPDATE tenant SET clock_frozen_at = $2 WHERE id = $1', [tenant.id, at]);
}

async function openDeal(tenant: TestTenant, data: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const { body } = await api.call<{ results: { master_deal_id: string }[] }>('/v1/events', {
    key: tenant.apiKey,
    body: [
      {
        event_id: id,
        type: 'crm.deal.created',
        source: 'crm',
        occurred_at: OPENED,
        external_refs: [{ system: 'crm', id }],
        data,
      },
    ],
  });
  return body.results[0]?.master_deal_id ?? '';
}

async function account(tenant: TestTenant, role: string): Promise<string> {
  const id = randomUUID();
  await api.database.query(
    "INSERT INTO account (id, tenant_id, email, name, role, status) VALUES ($1, $2, $3, $3, $4, 'active')",
    [id, tenant.id, `${id}@example.test`, role],
  );
  return id;
}

function breaches(
  tenant: TestTenant,
): Promise<{ deal_id: string; occurred_at: Date; data: object }[]> {
  return api.database.query(
    `SELECT deal_id, deal_version, occurred_at, data FROM outbox
     WHERE tenant_id = $1 AND type = 'masterdeal.sla.breached'`,
    [tenant.id],
  );
}

const sweep = (tenant: TestTenant): Promise<number> =>
  api.app.get(SlaService).sweepTenant(tenant.id);

describe('the sweeper', () => {
  it('publishes a breach once, at its due time, when the present is later', async () => {
    const tenant = await newTenant();
    const deal = await openDeal(tenant);
    await setClock(tenant, DUE);
    expect(await sweep(tenant)).toBe(0);
    await setClock(tenant, AFTER_DUE);
    expect(await sweep(tenant)).toBe(1);
    expect(await sweep(tenant)).toBe(0);
    const [breach, ...others] = await breaches(tenant);
    expect(others).toEqual([]);
    expect(breach).toMatchObject({
      deal_id: deal,
      deal_version: 1,
      data: { timer: 'lead_to_brief', due_at: DUE },
    });
    expect(new Date(breach?.occurred_at ?? 0).toISOString()).toBe(DUE);
  });

  it('publishes each breach once when several sweep at the same time', async () => {
    const tenant = await newTenant();
    await Promise.all(Array.from({ length: 40 }, () => openDeal(tenant)));
    await setClock(tenant, AFTER_DUE);
    const counts = await Promise.all(Array.from({ length: 6 }, () => sweep(tenant)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
    const published = await breaches(tenant);
    expect(new Set(published.map(({ deal_id: id }) => id)).size).toBe(40);
    expect(published).toHaveLength(40);
  });

  it('does not go beyond the instant of a frozen tenant', async () => {
    const frozen = await newTenant();
    const free = await newTenant();
    await Promise.all([openDeal(frozen), openDeal(free)]);
    await api.database.query('UPDATE tenant SET clock_frozen_at = NULL WHERE id = $1', [free.id]);
    const worker = await startApp({
      role: 'worker',
      database: api.database,
      env: { MAK_POLL_INTERVAL_MS: '50' },
    });
    try {
      await expect.poll(async () => (await breaches(free)).length).toBe(1);
      expect(await breaches(frozen)).toEqual([]);
    } finally {
      await worker.close();
    }
  });

  it('is open to the operator by REST, and to nobody else', async () => {
    const tenant = await newTenant();
    await openDeal(tenant);
    await setClock(tenant, AFTER_DUE);
    const path = `/v1/tenants/${tenant.id}/sweep`;
    expect((await api.call(path, { method: 'POST', key: tenant.apiKey })).status).toBe(403);
    const answer = await api.call(path, { method: 'POST', key: api.operatorKey });
    expect([answer.status, answer.body]).toEqual([200, { breached: 1 }]);
    const none = `/v1/tenants/${randomUUID()}/sweep`;
    expect((await api.call(none, { method: 'POST', key: api.operatorKey })).status).toBe(404);
  });
});

describe('escalation', () => {
  const tasks = (
    tenant: TestTenant,
  ): Promise<{ id: string; assignee_id: string | null; status: string; subject: string }[]> =>
    api.database.query('SELECT * FROM task WHERE tenant_id = $1', [tenant.id]);
  const told = (
    tenant: TestTenant,
  ): Promise<{ account_id: string; read_at: Date | null; data: object }[]> =>
    api.database.query('SELECT * FROM notification WHERE tenant_id = $1', [tenant.id]);

  it("goes to the person of the stage's role, else to the owner, else to the admins", async () => {
    const tenant = await newTenant();
    const [owner, seller, admin] = [
      await account(tenant, 'employee'),
      await account(tenant, 'employee'),
      await account(tenant, 'admin'),
    ];
    const preset = await api.call<{
      definition: { stages: { key: string; responsible?: string }[] };
    }>('/v1/pipelines/adtech', { key: tenant.apiKey });
    const role = preset.body.definition?.stages.find(({ key }) => key === 'draft')?.responsible;
    expect(role).toBeDefined();
    const byRole = await openDeal(tenant, {
      owner_id: owner,
      responsible: { [role ?? '']: seller },
    });
    const byOwner = await openDeal(tenant, { owner_id: owner });
    const byNobody = await openDeal(tenant, { owner_id: 'somebody-of-another-system' });
    await setClock(tenant, AFTER_DUE);
    await sweep(tenant);

    const assigned = new Map(
      (await tasks(tenant)).map((task) => [task.subject.split('/')[0], task.assignee_id]),
    );
    expect(assigned).toEqual(
      new Map([
        [byRole, seller],
        [byOwner, owner],
        [byNobody, null],
      ]),
    );
    const notified = (await told(tenant)).map(({ account_id: id }) => id);
    // The tenant may have been made with admins of its own; ours is among those who were told.
    expect(notified).toEqual(expect.arrayContaining([seller, owner, admin]));
  });

  it('is off when the tenant says so, and for archived deals', async () => {
    const silent = await newTenant();
    await openDeal(silent);
    await api.database.query('UPDATE tenant SET escalation = false WHERE id = $1', [silent.id]);
    const archiving = await newTenant();
    const archived = await openDeal(archiving);
    await api.database.query('UPDATE deal SET archived_at = now() WHERE id = $1', [archived]);
    for (const tenant of [silent, archiving]) {
      await setClock(tenant, AFTER_DUE);
      expect(await sweep(tenant)).toBe(1);
      expect(await tasks(tenant)).toEqual([]);
    }
  });

  it('is closed with the breach that was taken back, and its notification withdrawn', async () => {
    const tenant = await newTenant();
    const owner = await account(tenant, 'employee');
    const deal = await openDeal(tenant, { owner_id: owner });
    await setClock(tenant, AFTER_DUE);
    await sweep(tenant);
    const [run] = await api.database.query<{ opened_event_id: string }>(
      'SELECT opened_event_id FROM sla_run WHERE deal_id = $1',
      [deal],
    );
    const escalated = {
      dealId: deal,
      timer: 'lead_to_brief',
      openedBy: { source: 'crm', eventId: run?.opened_event_id ?? '' },
      dueAt: Date.parse(DUE),
    };
    const close = (): Promise<void> =>
      api.app
        .get(Database)
        .within({ tenantId: tenant.id }, (tx) =>
          api.app.get(Escalations).closeEscalations(tx, tenant.id, [escalated]),
        );
    await close();
    await close();
    expect(await tasks(tenant)).toMatchObject([{ status: 'cancelled' }]);
    const [notification] = await told(tenant);
    expect(notification).toMatchObject({ account_id: owner, data: { withdrawn: true } });
    expect(notification?.read_at).not.toBeNull();
  });
});

describe('runs over REST and GraphQL', () => {
  let tenant: TestTenant;
  let late: string;

  beforeAll(async () => {
    tenant = await newTenant();
    late = await openDeal(tenant);
    for (const type of ['crm.brief.submitted', 'media.mediaplan.ready']) {
      await api.call('/v1/events', {
        key: tenant.apiKey,
        body: [
          {
            event_id: `${type}-1`,
            type,
            source: 'crm',
            occurred_at: '2026-03-02T10:00:00Z',
            master_deal_id: await openDeal(tenant),
          },
        ],
      });
    }
    await setClock(tenant, AFTER_DUE);
    await sweep(tenant);
  });

  const list = async (query: string, key = tenant.apiKey): Promise<RunView[]> =>
    (await api.call<{ items: RunView[] }>(`/v1/sla/runs?${query}`, { key })).body.items;

  it("judges them at the tenant's present", async () => {
    const { body } = await api.call<SummaryView>('/v1/sla/summary?pipeline=adtech', {
      key: tenant.apiKey,
    });
    expect(body.as_of).toBe(AFTER_DUE);
    expect(body.timers).toMatchObject({
      lead_to_brief: { runs: 3, met: 1, breached: 2, cancelled: 0, running: 0 },
      brief_to_offer: { runs: 1, met: 0, breached: 0, cancelled: 0, running: 1 },
    });
    const none = await api.call<SummaryView>('/v1/sla/summary?pipeline=other', {
      key: tenant.apiKey,
    });
    expect(none.body.timers).toEqual({});
  });

  it('filters and pages', async () => {
    expect((await list('status=met')).map(({ timer }) => timer)).toEqual(['lead_to_brief']);
    expect(await list('overdue=true')).toHaveLength(2);
    expect(await list(`deal_id=${late}`)).toMatchObject([{ deal_id: late, status: 'breached' }]);
    expect(await list(`due_before=${DUE}`)).toEqual([]);
    expect(await list('timer=brief_to_offer&status=running')).toHaveLength(1);

    const seen: RunView[] = [];
    let cursor = '';
    do {
      const { body } = await api.call<{ items: RunView[]; next: string | null }>(
        `/v1/sla/runs?limit=1${cursor}`,
        { key: tenant.apiKey },
      );
      seen.push(...body.items);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen).toHaveLength(4);
    expect(seen.map((run) => run.due_at)).toEqual(seen.map((run) => run.due_at).toSorted());
  });

  it('refuses a filter that it does not know', async () => {
    for (const query of [
      'status=late',
      'limit=0',
      'deal_id=x',
      'overdue=perhaps',
      'cursor=zzz',
      'colour=red',
    ]) {
      const { status } = await api.call(`/v1/sla/runs?${query}`, { key: tenant.apiKey });
      expect([query, status]).toEqual([query, 422]);
    }
  });

  it('acknowledges a breach, and only a breach', async () => {
    const identify = ({ deal_id, timer, opened_source, opened_event_id }: RunView): object => ({
      deal_id,
      timer,
      opened_source,
      opened_event_id,
    });
    const acknowledge = (run: object, key = tenant.apiKey): ReturnType<typeof api.call> =>
      api.call('/v1/sla/runs/acknowledge', { key, body: run });
    const [breach] = await list(`deal_id=${late}`);
    const [running] = await list('status=running');
    if (breach === undefined || running === undefined) throw new Error('the runs are missing');

    const first = await acknowledge(identify(breach));
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ status: 'breached', acknowledged_at: expect.any(String) });
    const again = await acknowledge(identify(breach));
    expect(again.body).toEqual(first.body);
    const withdrawn = await acknowledge({ ...identify(breach), acknowledged: false });
    expect(withdrawn.body).toMatchObject({ acknowledged_at: null, acknowledged_by: null });
    expect((await acknowledge(identify(breach))).body).toMatchObject({
      acknowledged_at: expect.any(String),
    });
    const refused = await acknowledge(identify(running));
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ code: 'not_breached' }),
    ]);
    expect((await acknowledge({ ...identify(breach), timer: 'none' })).status).toBe(404);
    expect((await acknowledge(identify(breach), (await newTenant()).apiKey)).status).toBe(404);
  });

  it('shows nothing to another tenant', async () => {
    const other = await newTenant();
    expect(await list('', other.apiKey)).toEqual([]);
    expect(await list(`deal_id=${late}`, other.apiKey)).toEqual([]);
  });

  it('answers the same over GraphQL', async () => {
    const query = `{ slaRuns(filter: { overdue: true }) { items { dealId status dueAt } next }
      slaSummary { asOf timers { timer breached } } tasks(status: open) { items { kind version } } }`;
    const { body } = await api.call<{
      data: { slaRuns: { items: object[] }; slaSummary: object; tasks: { items: TaskView[] } };
    }>('/graphql', { key: tenant.apiKey, body: { query } });
    expect(body.data.slaRuns.items).toHaveLength(2);
    expect(body.data.slaSummary).toMatchObject({ asOf: AFTER_DUE });
    expect(body.data.tasks.items).toHaveLength(2);
  });
});

describe('tasks and notifications', () => {
  it('lets a client see all tasks and mark one as done, once', async () => {
    const tenant = await newTenant();
    await openDeal(tenant);
    await setClock(tenant, AFTER_DUE);
    await sweep(tenant);
    const { body } = await api.call<{ items: TaskView[] }>('/v1/tasks?status=open', {
      key: tenant.apiKey,
    });
    const [task] = body.items;
    if (task === undefined) throw new Error('no task');
    const done = (version: number, key = tenant.apiKey): ReturnType<typeof api.call> =>
      api.call(`/v1/tasks/${task.id}/done`, { key, body: { version } });
    expect((await done(7)).status).toBe(409);
    const other = await newTenant();
    expect((await done(1, other.apiKey)).status).toBe(404);
    const answer = await done(1);
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ status: 'done', version: 2 }),
    ]);
    expect((await done(2)).body).toEqual(answer.body);
    const left = await api.call<{ items: TaskView[] }>('/v1/tasks?status=open', {
      key: tenant.apiKey,
    });
    expect(left.body.items).toEqual([]);
  });

  it('has no notifications for clients', async () => {
    const tenant = await newTenant();
    const { status } = await api.call<{ items: NotificationView[] }>('/v1/notifications', {
      key: tenant.apiKey,
    });
    expect(status).toBe(403);
  });
});
