import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { SlaService } from './index.ts';
import type { DeskPersonView, DeskRunView } from './sla-desk.dto.ts';

const HOUR = 3_600_000;
/** The tenant's present. */
const NOW = Date.parse('2026-03-02T17:00:00.000Z');

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

let mak: TestApp;
let tenant: TestTenant;
const ids = new Map<string, string>();
const tokens = new Map<string, string>();

/** A lead that came in so many hours ago; `lead_to_brief` is due eight hours later. */
async function lead(
  name: string,
  hoursAgo: number,
  { source = 'crm', ...data }: { source?: string; owner_id?: string } = {},
): Promise<void> {
  const { body } = await mak.call<{ results: { master_deal_id: string }[] }>('/v1/events', {
    key: tenant.apiKey,
    body: [
      {
        event_id: randomUUID(),
        type: 'crm.deal.created',
        source,
        occurred_at: new Date(NOW - hoursAgo * HOUR).toISOString(),
        external_refs: [{ system: 'crm', id: name }],
        data: { name, ...data },
      },
    ],
  });
  ids.set(name, body.results[0]?.master_deal_id ?? '');
}

const get = async <Body>(path: string, key = tenant.apiKey): Promise<Body> =>
  (await mak.call<Body>(path, { key })).body;
const idOf = (name: string): string => ids.get(name) ?? '';
const tokenOf = (name: string): string => tokens.get(name) ?? '';

async function desk(query = '', key = tenant.apiKey): Promise<DeskRunView[]> {
  const found: DeskRunView[] = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const page: Page<DeskRunView> = await get(`/v1/sla/desk?limit=2${query}${cursor}`, key);
    found.push(...page.items);
    ({ next } = page);
  }
  return found;
}

const deals = (runs: readonly DeskRunView[]): (string | undefined)[] =>
  runs.map(({ deal_id }) => [...ids].find(([, id]) => id === deal_id)?.[0]);

beforeAll(async () => {
  mak = await startApp();
  const people = ['ann employee', 'bob employee', 'fred franchisee', 'boss admin'];
  tenant = await mak.createTenant({
    pipelines: ['adtech'],
    clock_frozen_at: new Date(NOW - HOUR).toISOString(),
    accounts: people.map((text) => {
      const [name = '', role] = text.split(' ');
      return { email: `${name}@example.com`, name, role, password: PASSWORD };
    }),
  });
  const accounts = await get<Page<{ id: string; name: string }>>('/v1/accounts');
  for (const { id, name } of accounts.items) ids.set(name, id);
  for (const name of ['ann', 'bob', 'fred'])
    tokens.set(name, (await signIn(mak, `${name}@example.com`)).token);
  const ann = { owner_id: idOf('ann') };
  await lead('old', 30, ann);
  await lead('older', 40, { owner_id: idOf('bob'), source: "crm 'A/B' ~%" });
  await lead('today', 1, ann);
  await lead('soon', 6, { owner_id: idOf('fred') });
  await lead('nobody', 9.5);
  await lead('archived', 35, ann);
  await lead('fresh breach', 8.5, { owner_id: 'somebody-of-the-crm' });
  await mak.app.get(SlaService).sweepTenant(tenant.id);
  // The fresh breach comes with the last hour: the sweeper has not seen it yet.
  await mak.call(`/v1/tenants/${tenant.id}/clock`, {
    key: mak.operatorKey,
    body: { frozen_at: new Date(NOW).toISOString() },
  });
  const archived = await get<{ version: number }>(`/v1/deals/${idOf('archived')}`);
  await mak.call(`/v1/deals/${idOf('archived')}/archive`, {
    key: tenant.apiKey,
    body: { version: archived.version },
  });
});
afterAll(() => mak?.close());

describe('the SLA desk', () => {
  it('lists open runs by due time in pages, breached ones first, without archived deals', async () => {
    const runs = await desk();
    expect(deals(runs)).toEqual(['older', 'old', 'nobody', 'fresh breach', 'soon', 'today']);
    expect(runs.map(({ state }) => state)).toEqual([
      ...['breached', 'breached', 'breached', 'breached'],
      ...['due', 'due'],
    ]);
    expect(runs[0]).toMatchObject({
      timer: 'lead_to_brief',
      person_id: idOf('bob'),
      person_name: 'bob',
      task: { status: 'open', assignee_id: idOf('bob'), deal_id: idOf('older') },
    });
    expect(runs[2]).toMatchObject({ person_id: null, task: { assignee_id: null } });
    expect(runs[3]).toMatchObject({ task: null });
  });

  it('narrows by state, person, pipeline and due time', async () => {
    expect(deals(await desk('&state=due'))).toEqual(['soon', 'today']);
    expect(deals(await desk('&state=breached'))).toHaveLength(4);
    expect(deals(await desk(`&person=${idOf('ann')}`))).toEqual(['old', 'today']);
    expect(deals(await desk('&pipeline=adtech'))).toHaveLength(6);
    expect(deals(await desk('&pipeline=nope'))).toEqual([]);
    expect(deals(await desk('&timer=lead_to_brief'))).toHaveLength(6);
    expect(deals(await desk('&timer=nope'))).toEqual([]);
    expect((await get<Page<object>>('/v1/sla/desk/people?timer=nope')).items).toEqual([]);
    const before = new Date(NOW + 3 * HOUR).toISOString();
    expect(deals(await desk(`&state=due&due_before=${before}`))).toEqual(['soon']);
  });

  it('counts by person', async () => {
    const { items } = await get<Page<DeskPersonView>>('/v1/sla/desk/people');
    const counts = { breached: 0, acknowledged: 0, due_within_day: 0, due_later: 0 };
    const byName = new Map(items.map((one) => [one.person_name, one]));
    expect(byName.get('ann')).toMatchObject({ ...counts, breached: 1, due_within_day: 1 });
    expect(byName.get('bob')).toMatchObject({ ...counts, breached: 1 });
    expect(byName.get('fred')).toMatchObject({ ...counts, due_within_day: 1 });
    expect(items.filter(({ person_name: name }) => name === null)).toMatchObject([
      { person_id: 'somebody-of-the-crm', ...counts, breached: 1 },
      { person_id: null, ...counts, breached: 1 },
    ]);
  });

  it('shows a franchisee only runs of own deals', async () => {
    expect(deals(await desk('', tokenOf('fred')))).toEqual(['soon']);
    const { items } = await get<Page<DeskPersonView>>('/v1/sla/desk/people', tokenOf('fred'));
    expect(items).toHaveLength(1);
  });

  it('gives a page all it needs in one GraphQL request', async () => {
    const query = `{ slaDesk(limit: 1, filter: { state: breached }) {
        items { state personName timerTitle accountable target task { id version } deal { name stage client { name } } } next }
      slaDeskPeople { personName breached dueWithinDay dueLater } }`;
    const { body } = await mak.call<{ data: unknown; errors?: unknown }>('/graphql', {
      key: tokenOf('ann'),
      body: { query },
    });
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      slaDesk: {
        items: [
          {
            state: 'breached',
            personName: 'bob',
            timerTitle: 'Lead to brief',
            accountable: ['crm'],
            deal: { name: 'older', stage: 'draft', client: null },
            task: { version: 1 },
          },
        ],
      },
    });
  });
});

describe('reassigning', () => {
  const reassign = (id: string, body: object, key: string) =>
    mak.call<{ code: string; field?: string; version: number; current?: object }>(
      `/v1/tasks/${id}/reassign`,
      { key, body },
    );

  it('moves the run to somebody else, who is told', async () => {
    const [run] = await desk(`&person=${idOf('bob')}`);
    const task = run?.task?.id ?? '';
    const body = { assignee_id: idOf('ann'), version: 1 };
    const moved = await reassign(task, body, tokenOf('bob'));
    expect(moved.body).toMatchObject({ assignee_id: idOf('ann'), version: 2 });
    expect(await desk(`&person=${idOf('bob')}`)).toEqual([]);
    expect(deals(await desk(`&person=${idOf('ann')}`))).toEqual(['older', 'old', 'today']);
    const told = await get<Page<{ kind: string; data: object }>>(
      '/v1/notifications',
      tokenOf('ann'),
    );
    expect(told.items[0]).toMatchObject({ kind: 'task.assigned', data: { task_id: task } });

    const late = await reassign(task, { assignee_id: idOf('bob'), version: 1 }, tokenOf('bob'));
    expect([late.status, late.body.code]).toEqual([409, 'stale_version']);
    expect(late.body.current).toMatchObject({ assignee_id: idOf('ann') });
    const outside = await reassign(task, { ...body, version: 2 }, tokenOf('fred'));
    expect([outside.status, outside.body.code]).toEqual([403, 'forbidden']);
    const nobody = await reassign(task, { assignee_id: randomUUID(), version: 2 }, tokenOf('bob'));
    expect([nobody.status, nobody.body.code, nobody.body.field]).toEqual([
      422,
      'unknown_account',
      'assignee_id',
    ]);
    await mak.call(`/v1/tasks/${task}/done`, { key: tokenOf('ann'), body: { version: 2 } });
    const done = await reassign(task, { assignee_id: idOf('bob'), version: 3 }, tokenOf('bob'));
    expect([done.status, done.body.code]).toEqual([409, 'task_closed']);
  });
});
