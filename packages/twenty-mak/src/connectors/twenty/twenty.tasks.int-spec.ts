import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Tasks of deals: the real worker and the simulator over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: TwentyStage;
let anna: string;

beforeAll(async () => {
  api = await startApp();
  worker = await startTwentyWorker(api);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openTwentyStage(api, 'adtech');
  anna = randomUUID();
  await stage.rows(
    `INSERT INTO account (id, tenant_id, email, name, role, status)
     VALUES ($2, $1, 'anna@example.test', 'Anna', 'manager', 'active')`,
    anna,
  );
  stage.twenty.workspace.upsert(
    'workspaceMember',
    [{ userEmail: 'anna@example.test' }, { userEmail: 'ben@example.test' }],
    { userId: null },
  );
  return () => stage.close();
});

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly status: string;
  readonly deal_id: string;
  readonly assignee_id: string | null;
  readonly due_at: string | null;
  readonly version: number;
}

const tasksHere = async (): Promise<Task[]> =>
  (await api.call<{ items: Task[] }>('/v1/tasks', { key: stage.tenant.apiKey })).body.items;
const table = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
const memberOf = (email: string): string =>
  table('workspaceMember').find((row) => row['userEmail'] === email)?.id ?? '';
const editThere = (id: string, data: object): void => {
  stage.twenty.workspace.update('task', { id: { eq: id } }, { ...data }, stage.person);
};

async function createDeal(fields: object = {}): Promise<{ id: string; remote: string }> {
  const { body } = await api.call<{ id: string }>('/v1/deals', {
    key: stage.tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body: { name: 'Deal', ...fields },
  });
  await stage.settled();
  const remote = table('masterDeal').find((row) => row['makId'] === body.id)?.id ?? '';
  expect(remote).not.toBe('');
  return { id: body.id, remote };
}

/** What a person does who adds a task on the page of a deal: two calls of twenty's own page. */
function addThere(remoteDeal: string, fields: object): string {
  const { workspace } = stage.twenty;
  const id = workspace.upsert('task', [{ status: 'TODO', ...fields }], stage.person)[0]?.id ?? '';
  workspace.upsert('taskTarget', [{ taskId: id, targetMasterDealId: remoteDeal }], stage.person);
  return id;
}

/** A deal that was made long ago and that nobody has looked at since. */
async function breach(): Promise<{ deal: string; remote: string }> {
  await stage.connect();
  const id = randomUUID();
  const { body } = await api.call<{ results: { master_deal_id: string }[] }>('/v1/events', {
    key: stage.tenant.apiKey,
    body: [
      {
        event_id: id,
        type: 'crm.deal.created',
        source: 'crm',
        occurred_at: '2026-03-02T09:00:00.000Z',
        external_refs: [{ system: 'crm', id }],
        data: { name: 'Late', owner_id: anna },
      },
    ],
  });
  const deal = body.results[0]?.master_deal_id ?? '';
  await expect.poll(async () => (await tasksHere()).length).toBe(1);
  await stage.settled();
  return { deal, remote: table('masterDeal').find((row) => row['makId'] === deal)?.id ?? '' };
}

describe('a missed target', () => {
  it('is a task of the deal in twenty, and done here when it is done there', async () => {
    const { deal, remote } = await breach();
    const [here] = await tasksHere();
    expect(here).toMatchObject({ kind: 'sla_breach', deal_id: deal, assignee_id: anna });
    const [there, ...others] = table('task');
    expect(others).toEqual([]);
    expect(there).toMatchObject({
      makId: here?.id,
      title: here?.title,
      status: 'TODO',
      dueAt: here?.due_at,
      assigneeId: memberOf('anna@example.test'),
    });
    expect(table('taskTarget')).toMatchObject([{ taskId: there?.id, targetMasterDealId: remote }]);

    editThere(there?.id ?? '', { status: 'IN_PROGRESS' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'open' }]);
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    editThere(there?.id ?? '', { status: 'DONE' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'done' }]);
    expect(table('task')).toMatchObject([{ status: 'DONE', deletedAt: null }]);
    expect(table('taskTarget')).toHaveLength(1);

    editThere(there?.id ?? '', { status: 'TODO' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'done' }]);
    const refused = `SELECT detail ->> 'code' AS code FROM sync_journal
       WHERE tenant_id = $1 AND entity = 'task' AND kind = 'refused'`;
    expect(await stage.rows(refused)).toEqual([{ code: 'task_closed' }]);
  }, 90_000);

  it('is given to somebody else on either side, and goes to the bin when it is taken back', async () => {
    await breach();
    const ben = randomUUID();
    await stage.rows(
      `INSERT INTO account (id, tenant_id, email, name, role, status)
       VALUES ($2, $1, 'ben@example.test', 'Ben', 'manager', 'active')`,
      ben,
    );
    const [there] = table('task');
    editThere(there?.id ?? '', { assigneeId: memberOf('ben@example.test') });
    await stage.settled();
    const [here] = await tasksHere();
    expect(here?.assignee_id).toBe(ben);
    const told = `SELECT account_id FROM notification WHERE tenant_id = $1 AND kind = 'task.assigned'`;
    expect(await stage.rows(told)).toEqual([{ account_id: ben }]);
    const { status } = await api.call(`/v1/tasks/${here?.id}/reassign`, {
      key: stage.tenant.apiKey,
      body: { version: here?.version, assignee_id: anna },
    });
    expect(status).toBe(200);
    await stage.settled();
    expect(table('task')[0]?.['assigneeId']).toBe(memberOf('anna@example.test'));

    stage.twenty.workspace.delete('task', there?.id ?? '', stage.person);
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'cancelled' }]);
    expect(table('task')[0]?.deletedAt).not.toBeNull();
  }, 90_000);
});

describe('a task that a person makes in twenty', () => {
  it('is one of the deal in MaK, once, and what either side edits follows', async () => {
    await stage.connect();
    const { id: deal, remote } = await createDeal();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    const task = addThere(remote, { title: 'Call back', dueAt: '2026-12-01T08:00:00.000Z' });
    await stage.settled();
    const [here, ...others] = await tasksHere();
    expect(others).toEqual([]);
    expect(here).toMatchObject({
      kind: 'manual',
      title: 'Call back',
      deal_id: deal,
      due_at: '2026-12-01T08:00:00.000Z',
      status: 'open',
    });
    expect(table('task')).toMatchObject([{ id: task, makId: here?.id }]);

    editThere(task, { title: 'Call back in the morning' });
    await stage.settled();
    const [edited] = await tasksHere();
    expect(edited?.title).toBe('Call back in the morning');
    const { status } = await api.call(`/v1/tasks/${here?.id}/done`, {
      key: stage.tenant.apiKey,
      body: { version: edited?.version },
    });
    expect(status).toBe(200);
    await stage.settled();
    expect(table('task')).toMatchObject([{ status: 'DONE', title: 'Call back in the morning' }]);

    editThere(task, { status: 'TODO' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'open' }]);
    const state = JSON.stringify([table('task'), await tasksHere()]);
    await stage.settled();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(JSON.stringify([table('task'), await tasksHere()])).toBe(state);
  }, 90_000);

  it('is none of our business on other records, and is when it comes to a deal later', async () => {
    await stage.connect();
    const { remote } = await createDeal();
    const { workspace } = stage.twenty;
    const [task] = workspace.upsert('task', [{ title: 'Of a company' }], stage.person);
    await stage.settled();
    expect(await tasksHere()).toEqual([]);
    expect(table('task')).toMatchObject([{ makId: '' }]);
    workspace.upsert(
      'taskTarget',
      [{ taskId: task?.id, targetMasterDealId: remote }],
      stage.person,
    );
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ title: 'Of a company' }]);
    // Taken away from its deal it stays what it is here.
    workspace.delete('taskTarget', table('taskTarget')[0]?.id ?? '', stage.person);
    editThere(task?.id ?? '', { title: 'Renamed' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ title: 'Renamed' }]);
  }, 60_000);

  it('keeps an assignee whom MaK does not know, and hears so when it was somebody else', async () => {
    await stage.connect();
    const { remote } = await createDeal();
    const task = addThere(remote, { title: 'Ben', assigneeId: memberOf('ben@example.test') });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ title: 'Ben', assignee_id: null }]);
    expect(table('task')[0]?.['assigneeId']).toBe(memberOf('ben@example.test'));
    editThere(task, { assigneeId: memberOf('anna@example.test'), title: 'Anna' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ title: 'Anna', assignee_id: anna }]);
    editThere(task, { assigneeId: memberOf('ben@example.test'), title: 'Ben again' });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ title: 'Ben again', assignee_id: anna }]);
    expect(table('task')[0]?.['assigneeId']).toBe(memberOf('ben@example.test'));
  }, 60_000);
});

it('is attached by the next attempt when a call between the task and its place on the deal fails', async () => {
  let failures = 0;
  stage.twenty.disturb = (body, response) => {
    if (!body.includes('createTaskTargets') || failures > 0) return 'arrives';
    failures += 1;
    response.writeHead(503).end('away');
    return 'answered';
  };
  const { remote } = await breach();
  expect(failures).toBe(1);
  expect(table('task')).toHaveLength(1);
  expect(table('taskTarget')).toMatchObject([
    { taskId: table('task')[0]?.id, targetMasterDealId: remote },
  ]);
}, 90_000);
