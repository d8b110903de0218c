import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import { one, written } from '../../../test/amocrm-contract/records.ts';
import { openTarget, places, RUN } from '../../../test/amocrm-contract/target.ts';
import type { Target } from '../../../test/amocrm-contract/target.ts';
import type { MakRecord } from '../../platform/records/index.ts';
import type { RemoteChange, RemoteRecords } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { NOTES, storedNoteValues } from './note-values.ts';
import { storedTaskValues, TASKS } from './task-values.ts';
import { WorkRecords } from './work-records.ts';
import type { WorkKind, WorkRow } from './work-records.ts';

const DEAL = randomUUID();

describe.each(places())('tasks and notes of leads: $name', (place) => {
  let target: Target;
  let account: AmocrmAccount;
  let lead: string;
  /** By kind and id there, what is linked. */
  const linked = new Map<string, string>();
  /** What MaK knows of work that it has sent. */
  const own = new Map<string, MakRecord>();
  let isInDoubt = false;

  beforeAll(async () => {
    target = await openTarget(place);
    account = await readAccount(target.client);
    const [made] = await written(target.client, 'POST', 'leads', [{ name: RUN }]);
    lead = String(made?.id);
  });
  afterAll(() => target.close());

  function records<Row extends WorkRow>(kind: WorkKind<Row>): RemoteRecords {
    const links = {
      remoteIds: () => Promise.resolve(new Map([[DEAL, lead]])),
      localIds: (entity: string, ids: readonly string[]) =>
        Promise.resolve(
          new Map(
            ids.flatMap((id): [string, string][] => {
              const localId = entity === 'deal' && id === lead ? DEAL : linked.get(id);
              return localId === undefined ? [] : [[id, localId]];
            }),
          ),
        ),
      bring: () => Promise.resolve(),
      ours: () => Promise.resolve(new Set<string>()),
    };
    return new WorkRecords(kind, target.client, account, new BatchSize(), links, {
      read: (ids) => Promise.resolve(new Map([...own].filter(([id]) => ids.includes(id)))),
      inDoubt: () => Promise.resolve(isInDoubt ? [...own.keys()] : []),
    });
  }
  const fresh = (values: Values): RemoteChange => ({
    remoteId: null,
    localId: randomUUID(),
    values: { deal: DEAL, ...values },
    version: null,
  });
  const made = async (of: RemoteRecords, values: Values) => {
    const [outcome] = await of.write('', [fresh(values)]);
    if (outcome?.kind !== 'written') throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  const due_at = '2026-03-05T12:00:00.500Z';

  it.each<[string, () => Values]>([
    ['a title and a time', () => ({ title: `${RUN} ї "&<'`, due_at, status: 'open' })],
    [
      'somebody who has to do it',
      () => ({ title: RUN, due_at, assignee: [...account.people.values()][0] ?? null }),
    ],
    ['that it is done', () => ({ title: RUN, due_at, status: 'done' })],
    ['that nobody has to do it any more', () => ({ title: RUN, due_at, status: 'cancelled' })],
  ])('a task keeps %s', async (_what, values) => {
    const tasks = records(TASKS);
    const { id, values: kept, version } = await made(tasks, values());
    expect(kept).toMatchObject({ ...storedTaskValues(values()), deal: DEAL });
    // Closed ones are read only when somebody has them.
    linked.set(id, randomUUID());
    expect((await tasks.read('task', [id])).get(id)).toMatchObject({ values: kept, version });
    linked.delete(id);
  });

  it('a task without a time gets one, which an edit of another field leaves alone', async () => {
    const tasks = records(TASKS);
    const { id, values, version } = await made(tasks, { title: RUN, due_at: null });
    expect(values['due_at']).toEqual(expect.any(String));
    const change = { remoteId: id, localId: '', values: { title: `${RUN} 2` }, version };
    expect(await tasks.write('task', [change])).toMatchObject([
      { values: { title: `${RUN} 2`, due_at: values['due_at'] } },
    ]);
    expect(await tasks.write('task', [change])).toEqual([{ kind: 'moved' }]);
    const stranger = { ...change, version: null, values: { assignee: 'nobody@mak.example' } };
    expect(await tasks.write('task', [stranger])).toMatchObject([
      { refusal: { code: 'unknown_member', field: 'assignee' } },
    ]);
  });

  it('a note keeps its text, and another one when it is edited', async () => {
    const notes = records(NOTES);
    const text = ` ${RUN}\nї "&<' `;
    const { id, values, version } = await made(notes, { text });
    expect(values).toEqual({ ...storedNoteValues({ text }), deal: DEAL, author: null });
    const change = { remoteId: id, localId: '', values: { text: 'edited' }, version };
    expect(await notes.write('note', [change])).toMatchObject([{ values: { text: 'edited' } }]);
    const moved = { ...change, version: null, values: { deal: DEAL } };
    expect(await notes.write('note', [moved])).toMatchObject([{ values: { text: 'edited' } }]);
    expect(await one(target.client, `leads/notes/${id}`)).toMatchObject({
      note_type: 'common',
      params: { text: 'edited' },
    });
  });

  it.each<[string, () => RemoteRecords, Values]>([
    ['tasks', () => records(TASKS), { title: `${RUN} lost`, due_at }],
    ['notes', () => records(NOTES), { text: `${RUN} lost` }],
  ])(
    '%s whose answer was lost are found by what they say, each once',
    async (_kind, of, values) => {
      const work = of();
      const [first, second] = [await made(work, values), await made(work, values)];
      const [one_, other, third] = [randomUUID(), randomUUID(), randomUUID()];
      for (const id of [one_, other, third])
        own.set(id, { values: { deal: DEAL, ...values }, version: 1 });
      const found = await work.find('', [one_, other, third]);
      expect(new Set([...found.values()].map(({ remoteId }) => remoteId))).toEqual(
        new Set([first.id, second.id]),
      );
      expect(found.size).toBe(2);
      linked.set(first.id, one_);
      expect([...(await work.find('', [other])).values()]).toMatchObject([{ remoteId: second.id }]);

      // Until it is known whose it is, nobody takes it for somebody else's.
      isInDoubt = account.userId !== 0;
      const says = 'title' in values ? { title: `${RUN} other`, due_at } : { text: `${RUN} other` };
      const strange = await made(work, says);
      const ids = [first.id, second.id, strange.id];
      const clear = isInDoubt ? [first.id, strange.id] : ids;
      expect(new Set((await work.read('', ids)).keys())).toEqual(new Set(clear));
      isInDoubt = false;
      expect(new Set((await work.read('', ids)).keys())).toEqual(new Set(ids));
    },
  );

  it('tasks that change while pages are read are asked for again', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const cursor = JSON.stringify([now - 1_000, 1_000, now, now - 300]);
    const next = await records(TASKS).changedSince('task', cursor);
    expect(next).toMatchObject({ cursor: JSON.stringify([now - 360, 1, 0]), more: false });
  });

  it.each<[string, () => RemoteRecords, Values]>([
    ['tasks', () => records(TASKS), { title: RUN, due_at }],
    ['notes', () => records(NOTES), { text: RUN }],
  ])(
    '%s are told since a change, each with the version that it is read with',
    async (_kind, of, values) => {
      const work = of();
      const { id, version } = await made(work, values);
      const since = Math.floor(Date.now() / 1_000) - 5;
      const seen: object[] = [];
      let cursor: string | null = JSON.stringify(_kind === 'tasks' ? [since, 1, 0] : [since, 1]);
      for (let more = true; more;) {
        const page = await work.changedSince('', cursor);
        seen.push(...page.seen);
        ({ cursor, more } = page);
      }
      expect(seen).toContainEqual({ remoteId: id, localId: null, version });
      expect((await work.changedSince('', cursor)).more).toBe(false);
    },
  );
});
