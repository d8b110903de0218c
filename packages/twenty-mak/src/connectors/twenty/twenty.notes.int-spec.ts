import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Notes of deals: the real worker and the simulator over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: TwentyStage;

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
  return () => stage.close();
});

interface Line {
  readonly kind: string;
  readonly detail: {
    readonly source: string;
    readonly event_id: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

const table = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
/** What stands on notes there. */
const there = (): unknown[] =>
  table('note').map(({ title, bodyV2, deletedAt }) => {
    const body = (bodyV2 as { markdown: string | null }).markdown;
    return [title, body, deletedAt === null ? 'there' : 'bin'];
  });
const notesOf = async (deal: string): Promise<readonly Line[]> =>
  (
    await api.call<{ items: Line[] }>(`/v1/deals/${deal}/timeline?kind=note`, {
      key: stage.tenant.apiKey,
    })
  ).body.items;
const dataOf = async (deal: string): Promise<unknown[]> =>
  (await notesOf(deal)).map(({ detail }) => detail.data);
const editThere = (id: string, data: object): void => {
  stage.twenty.workspace.update('note', { id: { eq: id } }, { ...data }, stage.person);
};
const eventsOf = (): Promise<object[]> =>
  stage.rows(
    `SELECT type, source FROM event WHERE tenant_id = $1 AND type LIKE 'deal.note.%' ORDER BY received_at, occurred_at`,
  );

async function send(path: string, body: object): Promise<{ id: string; version: number }> {
  const answer = await api.call<{ id: string; version: number }>(path, {
    key: stage.tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

async function createDeal(name = 'Deal'): Promise<{ id: string; remote: string }> {
  const { id } = await send('/v1/deals', { name });
  await stage.settled();
  return { id, remote: table('masterDeal').find((row) => row['makId'] === id)?.id ?? '' };
}

/** What twenty's page does when a person adds a note to a deal: an empty one, its place, and then what is written. */
function addThere(remoteDeal: string): string {
  const { workspace } = stage.twenty;
  const id = workspace.upsert('note', [{ title: '' }], stage.person)[0]?.id ?? '';
  workspace.upsert('noteTarget', [{ noteId: id, targetMasterDealId: remoteDeal }], stage.person);
  return id;
}

describe('a note that is written in MaK', () => {
  it('is one of the deal in twenty, once; its edits there are what the deal shows', async () => {
    await stage.connect();
    const { id, remote } = await createDeal();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    await send(`/v1/deals/${id}/notes`, { text: 'Call Ada\nShe asked for an offer.' });
    await stage.settled();
    expect(there()).toEqual([['Call Ada', 'She asked for an offer.', 'there']]);
    const [note] = table('note');
    expect(table('noteTarget')).toMatchObject([{ noteId: note?.id, targetMasterDealId: remote }]);

    editThere(note?.id ?? '', { bodyV2: { markdown: 'She has one.', blocknote: null } });
    await stage.settled();
    expect(await dataOf(id)).toEqual([
      expect.objectContaining({
        text: 'Call Ada\n\nShe has one.',
        changed_at: expect.any(String),
        removed: false,
      }),
    ]);
    expect(there()).toEqual([['Call Ada', 'She has one.', 'there']]);
    expect(await eventsOf()).toEqual([
      { type: 'deal.note.added', source: 'mak' },
      { type: 'deal.note.edited', source: 'twenty' },
    ]);

    stage.twenty.workspace.delete('note', note?.id ?? '', stage.person);
    await stage.settled();
    expect(await dataOf(id)).toEqual([expect.objectContaining({ text: null, removed: true })]);
    expect(there()).toEqual([['Call Ada', 'She has one.', 'bin']]);
    const state = JSON.stringify([table('note'), await eventsOf()]);
    await stage.settled();
    expect(JSON.stringify([table('note'), await eventsOf()])).toBe(state);
  }, 120_000);

  it('is changed and removed there as events of any system say', async () => {
    await stage.connect();
    const { id } = await createDeal();
    await send(`/v1/deals/${id}/notes`, { text: 'First' });
    await stage.settled();
    const [line] = await notesOf(id);
    const tell = (type: string, data: object): Promise<unknown> =>
      send('/v1/events', {
        event_id: randomUUID(),
        type,
        source: 'crm',
        occurred_at: new Date().toISOString(),
        master_deal_id: id,
        data: { note: { source: 'mak', event_id: line?.detail.event_id }, ...data },
      });
    await tell('deal.note.edited', { text: 'Second' });
    await stage.settled();
    expect(there()).toEqual([['Second', null, 'there']]);
    await tell('deal.note.removed', {});
    await stage.settled();
    expect(there()).toEqual([['Second', null, 'bin']]);
    await tell('deal.note.edited', { text: 'Back' });
    await stage.settled();
    expect(there()).toEqual([['Back', null, 'there']]);
  }, 120_000);

  it('goes along when its deal is merged into another one', async () => {
    await stage.connect();
    const loser = await createDeal('Loser');
    const survivor = await createDeal('Survivor');
    await send(`/v1/deals/${loser.id}/notes`, { text: 'Moves' });
    await stage.settled();
    const [{ version } = { version: 0 }] = await stage.rows<{ version: number }>(
      'SELECT version FROM deal WHERE tenant_id = $1 AND id = $2',
      loser.id,
    );
    await send(`/v1/deals/${loser.id}/merge`, { version, into: survivor.id });
    await stage.settled();
    expect(table('noteTarget')).toMatchObject([{ targetMasterDealId: survivor.remote }]);
    expect(await dataOf(survivor.id)).toMatchObject([{ text: 'Moves' }]);
  }, 120_000);

  it('is attached by the next attempt when a call between the note and its place on the deal fails', async () => {
    await stage.connect();
    const { id, remote } = await createDeal();
    let failures = 0;
    stage.twenty.disturb = (body, response) => {
      if (!body.includes('createNoteTargets') || failures > 0) return 'arrives';
      failures += 1;
      response.writeHead(503).end('away');
      return 'answered';
    };
    await send(`/v1/deals/${id}/notes`, { text: 'Once' });
    await stage.settled();
    expect(failures).toBe(1);
    expect(table('note')).toHaveLength(1);
    expect(table('noteTarget')).toMatchObject([
      { noteId: table('note')[0]?.id, targetMasterDealId: remote },
    ]);
  }, 90_000);
});

describe('a note that a person writes in twenty', () => {
  it('is one of the deal in MaK with its author, once, and nothing while it is empty', async () => {
    await stage.connect();
    const { id, remote } = await createDeal();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    const note = addThere(remote);
    await stage.settled();
    expect(await dataOf(id)).toEqual([]);
    for (const title of ['C', 'Ca', 'Call', 'Call back']) editThere(note, { title });
    await stage.settled();
    expect(await dataOf(id)).toEqual([
      expect.objectContaining({ text: 'Call back', author: 'Ada Byron' }),
    ]);
    expect(await eventsOf()).toEqual([{ type: 'deal.note.added', source: 'twenty' }]);
    expect(table('note')).toMatchObject([
      { makId: expect.stringMatching(/^twenty\//), title: 'Call back' },
    ]);
    expect(table('noteTarget')).toHaveLength(1);

    editThere(note, { title: '' });
    await stage.settled();
    expect(await dataOf(id)).toMatchObject([{ text: 'Call back' }]);
    const refused = `SELECT detail ->> 'code' AS code FROM sync_journal
       WHERE tenant_id = $1 AND entity = 'note' AND kind = 'refused'`;
    expect(await stage.rows(refused)).toEqual([{ code: 'text_required' }]);
  }, 120_000);

  it('is none of our business on other records', async () => {
    await stage.connect();
    const { id, remote } = await createDeal();
    const { workspace } = stage.twenty;
    const [note] = workspace.upsert('note', [{ title: 'Of a company' }], stage.person);
    await stage.settled();
    expect(table('note')).toMatchObject([{ makId: '' }]);
    workspace.upsert(
      'noteTarget',
      [{ noteId: note?.id, targetMasterDealId: remote }],
      stage.person,
    );
    await stage.settled();
    expect(await dataOf(id)).toMatchObject([{ text: 'Of a company' }]);
  }, 60_000);
});
