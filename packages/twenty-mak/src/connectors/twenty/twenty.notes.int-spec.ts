import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openNoteDesk } from '../../../test/support/twenty-notes.ts';
import type { NoteDesk } from '../../../test/support/twenty-notes.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Notes of deals: the real worker and the simulator over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: TwentyStage;
let desk: NoteDesk;

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
  desk = openNoteDesk(api, stage);
  return () => stage.close();
});

describe('a note that is written in MaK', () => {
  it('is one of the deal in twenty, once; its edits there are what the deal shows', async () => {
    await stage.connect();
    const { id, remote } = await desk.createDeal();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    await desk.send(`/v1/deals/${id}/notes`, { text: 'Call Ada\nShe asked for an offer.' });
    await stage.settled();
    expect(desk.there()).toEqual([['Call Ada', 'She asked for an offer.', 'there']]);
    const [note] = desk.table('note');
    expect(desk.table('noteTarget')).toMatchObject([
      { noteId: note?.id, targetMasterDealId: remote },
    ]);

    desk.editThere(note?.id ?? '', { bodyV2: { markdown: 'She has one.', blocknote: null } });
    await stage.settled();
    expect(await desk.dataOf(id)).toEqual([
      expect.objectContaining({
        text: 'Call Ada\n\nShe has one.',
        changed_at: expect.any(String),
        removed: false,
      }),
    ]);
    expect(desk.there()).toEqual([['Call Ada', 'She has one.', 'there']]);
    expect(await desk.eventsOf()).toEqual([
      { type: 'deal.note.added', source: 'mak' },
      { type: 'deal.note.edited', source: 'twenty' },
    ]);

    stage.twenty.workspace.delete('note', note?.id ?? '', stage.person);
    await stage.settled();
    expect(await desk.dataOf(id)).toEqual([expect.objectContaining({ text: null, removed: true })]);
    expect(desk.there()).toEqual([['Call Ada', 'She has one.', 'bin']]);
    const state = JSON.stringify([desk.table('note'), await desk.eventsOf()]);
    await stage.settled();
    expect(JSON.stringify([desk.table('note'), await desk.eventsOf()])).toBe(state);
  }, 120_000);

  it('is changed and removed there as events of any system say', async () => {
    await stage.connect();
    const { id } = await desk.createDeal();
    await desk.send(`/v1/deals/${id}/notes`, { text: 'First' });
    await stage.settled();
    const tell = await desk.teller(id);
    await tell('deal.note.edited', { text: 'Second' });
    await stage.settled();
    expect(desk.there()).toEqual([['Second', null, 'there']]);
    await tell('deal.note.removed', {});
    await stage.settled();
    expect(desk.there()).toEqual([['Second', null, 'bin']]);
    await tell('deal.note.edited', { text: 'Back' });
    await stage.settled();
    expect(desk.there()).toEqual([['Back', null, 'there']]);
  }, 120_000);

  it('goes along when its deal is merged into another one', async () => {
    await stage.connect();
    const loser = await desk.createDeal('Loser');
    const survivor = await desk.createDeal('Survivor');
    await desk.send(`/v1/deals/${loser.id}/notes`, { text: 'Moves' });
    await stage.settled();
    const [{ version } = { version: 0 }] = await stage.rows<{ version: number }>(
      'SELECT version FROM deal WHERE tenant_id = $1 AND id = $2',
      loser.id,
    );
    await desk.send(`/v1/deals/${loser.id}/merge`, { version, into: survivor.id });
    await stage.settled();
    expect(desk.table('noteTarget')).toMatchObject([{ targetMasterDealId: survivor.remote }]);
    expect(await desk.dataOf(survivor.id)).toMatchObject([{ text: 'Moves' }]);
  }, 120_000);

  it('is attached by the next attempt when a call between the note and its place on the deal fails', async () => {
    await stage.connect();
    const { id, remote } = await desk.createDeal();
    let failures = 0;
    stage.twenty.disturb = (body, response) => {
      if (!body.includes('createNoteTargets') || failures > 0) return 'arrives';
      failures += 1;
      response.writeHead(503).end('away');
      return 'answered';
    };
    await desk.send(`/v1/deals/${id}/notes`, { text: 'Once' });
    await stage.settled();
    expect(failures).toBe(1);
    expect(desk.table('note')).toHaveLength(1);
    expect(desk.table('noteTarget')).toMatchObject([
      { noteId: desk.table('note')[0]?.id, targetMasterDealId: remote },
    ]);
  }, 90_000);
});

describe('a note that a person writes in twenty', () => {
  it('is one of the deal in MaK with its author, once, and nothing while it is empty', async () => {
    await stage.connect();
    const { id, remote } = await desk.createDeal();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    const note = desk.addThere(remote);
    await stage.settled();
    expect(await desk.dataOf(id)).toEqual([]);
    for (const title of ['C', 'Ca', 'Call', 'Call back']) desk.editThere(note, { title });
    await stage.settled();
    expect(await desk.dataOf(id)).toEqual([
      expect.objectContaining({ text: 'Call back', author: 'Ada Byron' }),
    ]);
    expect(await desk.eventsOf()).toEqual([{ type: 'deal.note.added', source: 'twenty' }]);
    expect(desk.table('note')).toMatchObject([
      { makId: expect.stringMatching(/^twenty\//), title: 'Call back' },
    ]);
    expect(desk.table('noteTarget')).toHaveLength(1);

    desk.editThere(note, { title: '' });
    await stage.settled();
    expect(await desk.dataOf(id)).toMatchObject([{ text: 'Call back' }]);
    const refused = `SELECT detail ->> 'code' AS code FROM sync_journal
       WHERE tenant_id = $1 AND entity = 'note' AND kind = 'refused'`;
    expect(await stage.rows(refused)).toEqual([{ code: 'text_required' }]);
  }, 120_000);

  it('is none of our business on other records', async () => {
    await stage.connect();
    const { id, remote } = await desk.createDeal();
    const { workspace } = stage.twenty;
    const [note] = workspace.upsert('note', [{ title: 'Of a company' }], stage.person);
    await stage.settled();
    expect(desk.table('note')).toMatchObject([{ makId: '' }]);
    workspace.upsert(
      'noteTarget',
      [{ noteId: note?.id, targetMasterDealId: remote }],
      stage.person,
    );
    await stage.settled();
    expect(await desk.dataOf(id)).toMatchObject([{ text: 'Of a company' }]);
  }, 60_000);
});
