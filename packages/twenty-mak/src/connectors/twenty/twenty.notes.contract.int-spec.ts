import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';

const EVERY = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

/** What MaK relies on of notes that hang on deals. */
describe.each(places())('notes of twenty as we rely on them: $name', (place) => {
  let target: Target;
  const deal = `${RUN}/deal of notes`;
  beforeAll(async () => {
    target = await openTarget(place);
    written((await target.records.write('deal', [fresh('deal of notes', { name: 'deal' })]))[0]);
  });
  afterAll(async () => {
    await told(
      target.client,
      'mutation Destroy($filter: NoteFilterInput!) { destroyNotes(filter: $filter) { id } }',
      { filter: { and: [{ title: { like: `${RUN}%` } }, EVERY] } },
    );
    await destroyRun(target.client);
    await target.close();
  });

  const make = async (name: string, rest: string) => {
    const id = `${RUN}/${name}`;
    const change = fresh(name, { id, deal, text: `${RUN} ${name}${rest}`, removed: false });
    return written((await target.records.write('note', [change]))[0]);
  };
  const read = async (id: string) => (await target.records.read('note', [id])).get(id)?.values;

  it('hang on a deal, once, and give their text back as it was written', async () => {
    const text = '\n\nOne *line*, two\nlines, 3 < 4 & "quotes".\n\n- a list\n- of two';
    const first = await make('once', text);
    expect(first.values).toEqual({
      id: `${RUN}/once`,
      deal,
      text: `${RUN} once${text}`,
      author: null,
      removed: false,
    });
    expect((await make('once', text)).id).toBe(first.id);
    expect(await read(first.id)).toEqual(first.values);
  });

  it('go to the bin and come back', async () => {
    const { id } = await make('binned', '');
    for (const removed of [true, false]) {
      const { version } = (await target.records.read('note', [id])).get(id) ?? {};
      const [outcome] = await target.records.write('note', [
        { remoteId: id, localId: `${RUN}/binned`, values: { removed }, version: version ?? null },
      ]);
      expect(written(outcome).values).toMatchObject({ removed });
      expect(await read(id)).toMatchObject({ removed });
    }
  });

  it('are ours from when they hang on a deal and say something', async () => {
    const id = randomUUID();
    await told(
      target.client,
      'mutation Make($data: [NoteCreateInput!]!) { createNotes(data: $data) { id } }',
      { data: [{ id }] },
    );
    const found = await target.records.find('deal', [deal]);
    await told(
      target.client,
      'mutation Hang($data: [NoteTargetCreateInput!]!) { createNoteTargets(data: $data) { id } }',
      { data: [{ noteId: id, targetMasterDealId: found.get(deal)?.remoteId }] },
    );
    expect(await read(id)).toBeUndefined();
    const edit =
      'mutation Edit($filter: NoteFilterInput!, $data: NoteUpdateInput!) { updateNotes(filter: $filter, data: $data) { id } }';
    await told(target.client, edit, {
      filter: { id: { eq: id } },
      data: { title: `${RUN} person`, bodyV2: { markdown: 'Says it', blocknote: null } },
    });
    expect(await read(id)).toMatchObject({
      deal,
      text: `${RUN} person\n\nSays it`,
      removed: false,
    });
  });
});
