import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAmocrmStage, startAmocrmWorker } from '../../../test/support/amocrm-stage.ts';
import type { AmocrmStage } from '../../../test/support/amocrm-stage.ts';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { noteSchema, readRows, taskSchema } from './simulator/inputs.ts';
import type { StoredNote, StoredTask } from './simulator/stored.ts';
import { writeNotes, writeTasks } from './simulator/work-routes.ts';

/* Tasks and notes of deals in MaK and of leads in amoCRM, by the real worker over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: AmocrmStage;
let olena: string;

beforeAll(async () => {
  api = await startApp();
  worker = await startAmocrmWorker(api);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openAmocrmStage(api, 'adtech');
  const [, person] = stage.amocrm.account.users;
  olena = randomUUID();
  await stage.rows(
    `INSERT INTO account (id, tenant_id, email, name, role, status)
     VALUES ('${olena}', $1, '${person?.email}', 'Olena', 'manager', 'active')`,
  );
  return () => stage.close();
});

interface Task {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly deal_id: string;
  readonly assignee_id: string | null;
  readonly due_at: string | null;
  readonly version: number;
}
const tasksHere = async (): Promise<readonly Task[]> =>
  (await stage.call<{ items: Task[] }>('GET', '/v1/tasks')).items;
const tasksThere = (): readonly StoredTask[] => [...stage.amocrm.account.tasks.values()];
const notesThere = (): readonly StoredNote[] => [...stage.amocrm.account.notes.values()];

/** Olena does it in amoCRM. */
const by = () => ({
  account: stage.amocrm.account,
  userId: stage.amocrm.account.users[1]?.id ?? 0,
});
function taskByHand(values: object): StoredTask {
  const mode = 'id' in values ? 'update' : 'create';
  const [task] = writeTasks(by(), readRows(taskSchema, [values]), mode);
  if (task === undefined) throw new Error('Nothing was written.');
  return task;
}
function noteByHand(values: object): StoredNote {
  const mode = 'id' in values ? 'update' : 'create';
  const rows = readRows(noteSchema, [{ note_type: 'common', ...values }]);
  const [note] = writeNotes(by(), 'leads', rows, undefined, mode);
  if (note === undefined) throw new Error('Nothing was written.');
  return note;
}

async function dealOf(leadId: number): Promise<string> {
  const [link] = await stage.rows<{ local_id: string }>(
    `SELECT local_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' AND remote_id = '${leadId}'`,
  );
  return link?.local_id ?? '';
}
const refusals = () =>
  stage.rows<{ code: string }>(
    "SELECT DISTINCT detail ->> 'code' AS code FROM sync_journal WHERE tenant_id = $1 AND kind = 'refused'",
  );
/** Whole seconds, some hours from now. */
const inHours = (hours: number): number => Math.floor(Date.now() / 1_000) + hours * 3_600;

describe('tasks', () => {
  it('of MaK are tasks of the lead, done here when they are done there, and not opened again', async () => {
    const id = randomUUID();
    const { results } = await stage.call<{ results: { master_deal_id: string }[] }>(
      'POST',
      '/v1/events',
      [
        {
          event_id: id,
          type: 'crm.deal.created',
          source: 'crm',
          occurred_at: '2026-03-02T09:00:00.000Z',
          external_refs: [{ system: 'crm', id }],
          data: { name: 'Late', owner_id: olena },
        },
      ],
    );
    await expect.poll(async () => (await tasksHere()).length).toBe(1);
    await stage.connect(['deal', 'task']);
    const [here] = await tasksHere();
    const [there, ...others] = tasksThere();
    expect(others).toEqual([]);
    expect(there).toMatchObject({
      text: here?.title,
      entity_type: 'leads',
      is_completed: false,
      responsible_user_id: stage.amocrm.account.users[1]?.id,
      complete_till: Math.floor(Date.parse(here?.due_at ?? '') / 1_000),
    });
    expect(await dealOf(there?.entity_id ?? 0)).toBe(results[0]?.master_deal_id);

    taskByHand({ id: there?.id, is_completed: true, result: { text: 'Called' } });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'done' }]);
    expect(tasksThere()).toMatchObject([{ is_completed: true, result: { text: 'Called' } }]);
    taskByHand({ id: there?.id, is_completed: false });
    await stage.settled();
    expect(await tasksHere()).toMatchObject([{ status: 'done' }]);
    expect(await refusals()).toEqual([{ code: 'task_closed' }]);
  });

  it('that people make on a lead are tasks of its deal, and edits follow both ways', async () => {
    const [nobody] = stage.amocrm.account.users;
    const lead = stage.byHand('leads', { name: 'Roof' });
    const contact = stage.byHand('contacts', { name: 'Stranger' });
    const on = { entity_id: lead.id, entity_type: 'leads', responsible_user_id: nobody?.id };
    const task = taskByHand({ text: 'Call back', complete_till: inHours(5), ...on });
    taskByHand({ text: 'Done before', complete_till: inHours(1), ...on, is_completed: true });
    taskByHand({
      text: 'Of nobody here',
      complete_till: inHours(5),
      entity_id: contact.id,
      entity_type: 'contacts',
    });
    await stage.connect(['deal', 'task']);
    expect(await tasksHere()).toMatchObject([
      {
        title: 'Call back',
        status: 'open',
        deal_id: await dealOf(lead.id),
        assignee_id: null,
        due_at: new Date(task.complete_till * 1_000).toISOString(),
      },
    ]);

    taskByHand({ id: task.id, text: 'Call at once', responsible_user_id: by().userId });
    await stage.amocrm.webhooks.deliverDue();
    await expect.poll(tasksHere).toMatchObject([{ title: 'Call at once', assignee_id: olena }]);
    await stage.settled();
    const [here] = await tasksHere();
    await stage.call('POST', `/v1/tasks/${here?.id}/done`, { version: here?.version });
    await stage.settled();
    expect(stage.amocrm.account.tasks.get(task.id)).toMatchObject({
      text: 'Call at once',
      is_completed: true,
      result: { text: 'MaK ✓' },
    });

    stage.amocrm.account.tasks.delete(task.id);
    await stage.call('POST', '/v1/connectors/amocrm/resync');
    await stage.settled();
    expect(tasksThere().map(({ text }) => text)).toEqual(['Done before', 'Of nobody here']);
    expect(stage.amocrm.limits.rejected).toBe(0);
  });
});

describe('notes of deals that are not chosen', () => {
  it('stay where they are, without a dead letter, until their deals are chosen', async () => {
    const [chosen, other] = [
      await stage.call<{ id: string }>('POST', '/v1/deals', { name: 'Chosen' }),
      await stage.call<{ id: string }>('POST', '/v1/deals', { name: 'Other' }),
    ];
    for (const { id } of [chosen, other])
      await stage.call('POST', `/v1/deals/${id}/notes`, { text: `Note of ${id}` });
    const only = { deal: { ids: [chosen.id], created_there: true } };
    await stage.connect(['deal', 'note'], { chosen: only });
    const texts = () => notesThere().map(({ params }) => params['text']);
    expect(texts()).toEqual([`Note of ${chosen.id}`]);
    expect(await refusals()).toEqual([]);
    await stage.connect(['deal', 'note'], { version: 1, chosen: {} });
    expect(texts()).toEqual([chosen, other].map(({ id }) => `Note of ${id}`));
  });
});

describe('notes', () => {
  const add = (deal: string, text: string): Promise<unknown> =>
    stage.call('POST', `/v1/deals/${deal}/notes`, { text });
  const textsHere = async (): Promise<readonly string[]> => {
    const found = await stage.rows<{ text: string }>(
      "SELECT data ->> 'text' AS text FROM event WHERE tenant_id = $1 AND type IN ('deal.note.added', 'deal.note.edited') ORDER BY occurred_at",
    );
    return found.map(({ text }) => text);
  };

  it('go over both ways with their edits; calls and what services say stay there', async () => {
    const lead = stage.byHand('leads', { name: 'Roof' });
    const note = noteByHand({ entity_id: lead.id, params: { text: 'Wants a discount' } });
    noteByHand({ entity_id: lead.id, note_type: 'call_in', params: { phone: '+380671112233' } });
    await stage.connect(['deal', 'note']);
    expect(await textsHere()).toEqual(['Wants a discount']);
    const deal = await dealOf(lead.id);
    await add(deal, 'Gave 5 %');
    await stage.settled();
    expect(notesThere().map(({ params }) => params['text'])).toEqual([
      'Wants a discount',
      undefined,
      'Gave 5 %',
    ]);
    expect(notesThere().at(-1)).toMatchObject({ note_type: 'common', entity_id: lead.id });

    noteByHand({ id: note.id, params: { text: 'Wants 10 %' } });
    await stage.settled();
    expect((await textsHere()).at(-1)).toBe('Wants 10 %');
    const before = JSON.stringify([notesThere(), await textsHere()]);
    await stage.settled();
    expect(JSON.stringify([notesThere(), await textsHere()])).toBe(before);
    const kept = await stage.rows<{ text: string }>(
      `SELECT detail::text AS text FROM sync_journal WHERE tenant_id = $1
       UNION ALL SELECT agreed::text FROM sync_link WHERE tenant_id = $1`,
    );
    expect(JSON.stringify(kept)).not.toMatch(/discount|Gave|Wants/);
  });

  it('are there once after an answer was lost, and not at all when they were removed before', async () => {
    const { id } = await stage.call<{ id: string }>('POST', '/v1/deals', { name: 'Lost' });
    await add(id, 'Removed');
    const [note] = await stage.rows<{ source: string; event_id: string }>(
      "SELECT source, event_id FROM event WHERE tenant_id = $1 AND type = 'deal.note.added'",
    );
    await stage.call('POST', '/v1/events', [
      {
        event_id: randomUUID(),
        type: 'deal.note.removed',
        source: 'crm',
        occurred_at: new Date().toISOString(),
        master_deal_id: id,
        data: { note },
      },
    ]);
    await add(id, 'Twice');
    await add(id, 'Twice');
    let isLost = false;
    stage.amocrm.disturb = ({ method, url = '' }) => {
      if (method !== 'POST' || isLost || !url.endsWith('/leads/notes')) return 'arrives';
      isLost = true;
      return 'answer lost';
    };
    await stage.connect(['deal', 'note']);
    expect(isLost).toBe(true);
    expect(notesThere().map(({ params }) => params['text'])).toEqual(['Twice', 'Twice']);
    expect(await textsHere()).toHaveLength(3);
  });
});
