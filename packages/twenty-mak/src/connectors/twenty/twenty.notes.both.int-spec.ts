import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openNoteDesk } from '../../../test/support/twenty-notes.ts';
import type { NoteDesk } from '../../../test/support/twenty-notes.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Notes that both sides change at once, and what is kept of them: the real worker and the simulator over HTTP. */
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

/** A note that both sides have. */
async function shared(text = 'First'): Promise<{ deal: string; note: string }> {
  await stage.connect();
  const { id: deal } = await desk.createDeal();
  await desk.send(`/v1/deals/${deal}/notes`, { text });
  await stage.settled();
  return { deal, note: desk.table('note')[0]?.id ?? '' };
}

const removeThere = (id: string): void => {
  stage.twenty.workspace.delete('note', id, stage.person);
};
const restoreThere = (id: string): void => {
  const binned = { and: [{ id: { eq: id } }, { deletedAt: { is: 'NOT_NULL' } }] };
  stage.twenty.workspace.update('note', binned, { deletedAt: null }, stage.person);
};
/** What changes there is heard of by its message alone: a poll would hear of it anew, and later. */
const withoutPolls = (): Promise<object[]> =>
  stage.rows(
    `UPDATE sync_connector SET poll_seconds = 3600, poll_at = now() + interval '1 hour' WHERE tenant_id = $1`,
  );
const rested = (): Promise<void> =>
  expect
    .poll(() => stage.rows('SELECT key FROM sync_pending WHERE tenant_id = $1'), {
      timeout: 30_000,
    })
    .toEqual([]);
/** MaK has heard of a change there, and does not look at it before the pause is over. */
const heard = async (): Promise<void> => {
  await stage.twenty.workspace.webhooks.settled();
  const waiting = `SELECT 1 FROM sync_pending WHERE tenant_id = $1 AND entity = 'note' AND remote_heard_at <> '{}'`;
  await expect.poll(() => stage.rows(waiting), { interval: 20 }).toHaveLength(1);
};
const journal = (kind: string): Promise<object[]> =>
  stage.rows(
    `SELECT detail FROM sync_journal WHERE tenant_id = $1 AND entity = 'note' AND kind = $2 ORDER BY at, id`,
    kind,
  );

describe('a note that is edited and removed', () => {
  it('in twenty keeps its last text for the day when it comes out of the bin', async () => {
    const { deal, note } = await shared();
    desk.editThere(note, { title: 'Last words' });
    removeThere(note);
    await stage.settled();
    expect(await desk.dataOf(deal)).toMatchObject([{ text: null, removed: true }]);
    restoreThere(note);
    await stage.settled();
    expect(await desk.dataOf(deal)).toMatchObject([{ text: 'Last words', removed: false }]);
    expect(desk.there()).toEqual([['Last words', null, 'there']]);
  }, 120_000);

  it('here after it was removed there stays, and the removal is a conflict that was lost', async () => {
    const { deal, note } = await shared();
    const tell = await desk.teller(deal);
    await withoutPolls();
    removeThere(note);
    await heard();
    await tell('deal.note.edited', { text: 'Still wanted' });
    await rested();
    await stage.settled();
    expect(await desk.dataOf(deal)).toMatchObject([{ text: 'Still wanted', removed: false }]);
    expect(desk.there()).toEqual([['Still wanted', null, 'there']]);
    expect(await journal('conflict')).toMatchObject([
      { detail: { field: 'removed', mak: false, remote: true, winner: 'mak' } },
    ]);
  }, 120_000);

  it('here before it was removed there goes, and the edit is a conflict that was lost', async () => {
    const { deal, note } = await shared();
    const tell = await desk.teller(deal);
    await withoutPolls();
    desk.editThere(note, { title: 'First' });
    await heard();
    await tell('deal.note.edited', { text: 'Second' });
    removeThere(note);
    await rested();
    await stage.settled();
    expect(await desk.dataOf(deal)).toMatchObject([{ text: null, removed: true }]);
    expect(desk.there()).toEqual([['Second', null, 'bin']]);
    expect(await journal('conflict')).toMatchObject([
      { detail: { field: 'removed', mak: false, remote: true, winner: 'remote' } },
    ]);
  }, 120_000);

  it('there before it was removed here goes with the text from there', async () => {
    const { deal, note } = await shared();
    const tell = await desk.teller(deal);
    await withoutPolls();
    desk.editThere(note, { title: 'From there' });
    await heard();
    await tell('deal.note.removed', {});
    await rested();
    await stage.settled();
    expect(desk.there()).toEqual([['From there', null, 'bin']]);
    expect(await journal('conflict')).toMatchObject([
      { detail: { field: 'removed', mak: true, remote: false, winner: 'mak' } },
    ]);
    restoreThere(note);
    await stage.settled();
    expect(await desk.dataOf(deal)).toMatchObject([{ text: 'From there', removed: false }]);
  }, 120_000);
});

it('an edit in twenty holds also over one that a fast clock has told', async () => {
  const { deal, note } = await shared();
  const tell = await desk.teller(deal);
  await tell('deal.note.edited', { text: 'Early' }, new Date(Date.now() + 8 * 60_000));
  await stage.settled();
  expect(desk.there()).toEqual([['Early', null, 'there']]);
  desk.editThere(note, { title: 'Later' });
  await stage.settled();
  expect(await desk.dataOf(deal)).toMatchObject([{ text: 'Later', removed: false }]);
  expect(desk.there()).toEqual([['Later', null, 'there']]);
}, 120_000);

describe('a note of another system', () => {
  const added = (data: object): object => ({
    event_id: randomUUID(),
    type: 'deal.note.added',
    source: 'crm',
    occurred_at: new Date().toISOString(),
    data,
  });

  it('that comes before its deal goes to twenty with the deal', async () => {
    await stage.connect();
    const refs = { external_refs: [{ system: 'crm', id: randomUUID() }] };
    await desk.send('/v1/events', { ...added({ text: 'Too early' }), ...refs });
    await stage.settled();
    expect(desk.there()).toEqual([]);
    await desk.send('/v1/events', { ...added({}), type: 'crm.deal.created', ...refs });
    await stage.settled();
    expect(desk.there()).toEqual([['Too early', null, 'there']]);
    expect(desk.table('noteTarget')).toMatchObject([
      { targetMasterDealId: desk.table('masterDeal')[0]?.id },
    ]);
  }, 90_000);

  it('that says nothing is none in twenty until it says something', async () => {
    await stage.connect();
    const { id } = await desk.createDeal();
    await desk.send('/v1/events', { ...added({}), master_deal_id: id });
    await stage.settled();
    expect(desk.there()).toEqual([]);
    const tell = await desk.teller(id);
    await tell('deal.note.edited', { text: 'Now it does' });
    await stage.settled();
    expect(desk.there()).toEqual([['Now it does', null, 'there']]);
  }, 90_000);
});

it('a note on a deal of another MaK is refused', async () => {
  await stage.connect();
  const foreign = stage.twenty.workspace.upsert(
    'masterDeal',
    [{ name: 'Foreign', makId: randomUUID() }],
    stage.person,
  );
  const note = desk.addThere(foreign[0]?.id ?? '');
  desk.editThere(note, { title: 'Of theirs' });
  const dead = `SELECT refusal ->> 'code' AS code, refusal ->> 'field' AS field FROM sync_pending
    WHERE tenant_id = $1 AND entity = 'note' AND dead_at IS NOT NULL`;
  await expect.poll(() => stage.rows(dead)).toEqual([{ code: 'deal_gone', field: 'deal' }]);
}, 60_000);

it('what notes say is kept in the log of events alone', async () => {
  const { deal, note } = await shared('A secret of MaK');
  desk.editThere(note, {
    title: 'A secret of twenty',
    bodyV2: { markdown: 'Lamp', blocknote: null },
  });
  await stage.settled();
  expect(await desk.dataOf(deal)).toMatchObject([{ text: 'A secret of twenty\n\nLamp' }]);
  expect(await journal('to_mak')).toMatchObject([{ detail: { text: '•••' } }]);
  const kept = await stage.rows<{ text: string }>(
    `SELECT to_jsonb(m)::text AS text FROM twenty_message m WHERE tenant_id = $1
     UNION ALL SELECT to_jsonb(j)::text FROM sync_journal j WHERE tenant_id = $1
     UNION ALL SELECT to_jsonb(l)::text FROM sync_link l WHERE tenant_id = $1`,
  );
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.map(({ text }) => text).join('\n')).not.toMatch(/secret|Lamp/i);
}, 60_000);
