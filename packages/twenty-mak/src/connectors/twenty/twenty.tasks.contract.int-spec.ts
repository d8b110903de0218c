import { randomUUID } from 'node:crypto';
import type { Values } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../../test/support/receiver.ts';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import { readMessage } from './message.ts';
import { ensureWebhook, removeWebhook, webhooksTo } from './settings-api.ts';

const EVERY = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

/** What MaK relies on where records of twenty's own hang on deals. */
describe.each(places())('tasks of twenty as we rely on them: $name', (place) => {
  let target: Target;
  const deal = `${RUN}/deal`;
  beforeAll(async () => {
    target = await openTarget(place);
    written((await target.records.write('deal', [fresh('deal', { name: 'deal' })]))[0]);
  });
  afterAll(async () => {
    const filter = { and: [{ title: { like: `${RUN}%` } }, EVERY] };
    await told(
      target.client,
      'mutation Destroy($filter: TaskFilterInput!) { destroyTasks(filter: $filter) { id } }',
      { filter },
    );
    await destroyRun(target.client);
    await target.close();
  });

  const titled = (name: string) => `${RUN} ${name}`;
  const makeAll = async (names: readonly string[], values: Values = {}) => {
    const changes = names.map((name) =>
      fresh(name, { id: `${RUN}/${name}`, deal, title: titled(name), ...values }),
    );
    return (await target.records.write('task', changes)).map(written);
  };
  const make = async (name: string, values: Values = {}) =>
    written((await makeAll([name], values))[0]);
  const write = async (id: string, name: string, values: Record<string, string | null>) =>
    written(
      (
        await target.records.write('task', [
          { remoteId: id, localId: `${RUN}/${name}`, values, version: null },
        ])
      )[0],
    );
  const read = async (id: string) => (await target.records.read('task', [id])).get(id)?.values;
  /** A person's page does it in these calls. */
  const byPerson = async (name: string): Promise<string> => {
    const id = randomUUID();
    await told(
      target.client,
      'mutation Make($data: [TaskCreateInput!]!) { createTasks(data: $data) { id } }',
      { data: [{ id, title: titled(name), status: 'TODO' }] },
    );
    return id;
  };
  const hang = async (taskId: string): Promise<void> => {
    const found = await target.records.find('deal', [deal]);
    await told(
      target.client,
      'mutation Hang($data: [TaskTargetCreateInput!]!) { createTaskTargets(data: $data) { id } }',
      { data: [{ taskId, targetMasterDealId: found.get(deal)?.remoteId }] },
    );
  };
  const targetsOf = async (taskId: string): Promise<number> => {
    const answer = (await told(
      target.client,
      'query Targets($filter: TaskTargetFilterInput!) { taskTargets(filter: $filter) { edges { node { id } } } }',
      { filter: { taskId: { eq: taskId } } },
    )) as { taskTargets: { edges: object[] } };
    return answer.taskTargets.edges.length;
  };

  /** As somebody lists them who has not written yet, and so does not know which changes are their own. */
  const everySeen = async () => {
    const { records } = target.open();
    const seen = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await records.changedSince('task', cursor);
      seen.push(...page.seen);
      ({ cursor, more } = page);
    }
    return seen;
  };

  it('hang on a deal, once, however often they are made', async () => {
    const values = { due_at: '2026-12-01T08:00:00.000Z', status: 'open', assignee: target.email };
    const first = await make('once', values);
    expect(first.values).toEqual({
      id: `${RUN}/once`,
      deal,
      title: titled('once'),
      ...values,
    });
    const second = await make('once');
    expect(second.id).toBe(first.id);
    expect(await targetsOf(first.id)).toBe(1);
    const found = await target.records.find('task', [`${RUN}/once`]);
    expect(found.get(`${RUN}/once`)?.values).toEqual(first.values);
  });

  it.each([1, 12])(
    'are done, in the bin, and open again (%s at once)',
    async (count) => {
      const names = Array.from({ length: count }, (_, index) => `state-${count}-${index}`);
      const made = await makeAll(names, { status: 'open' });
      const ids = made.map(({ id }) => id);
      for (const status of ['done', 'cancelled', 'open']) {
        const before = await target.records.read('task', ids);
        const outcomes = await target.records.write(
          'task',
          made.map(({ id }, index) => ({
            remoteId: id,
            localId: `${RUN}/${names[index]}`,
            values: { status },
            version: before.get(id)?.version ?? null,
          })),
        );
        expect(outcomes.map((one) => written(one).values['status'])).toEqual(
          names.map(() => status),
        );
        const after = await target.records.read('task', ids);
        for (const id of ids) expect(after.get(id)?.values['status']).toBe(status);
      }
    },
    60_000,
  );

  it('are still ours in the bin, where a person has put them, and come back', async () => {
    const { id } = await make('binned', { status: 'open' });
    await told(target.client, 'mutation Bin($id: UUID!) { deleteTask(id: $id) { id } }', { id });
    expect(await read(id)).toMatchObject({ status: 'cancelled', deal: null });
    const back = await write(id, 'binned', { status: 'open', deal });
    expect(back.values).toMatchObject({ status: 'open', deal });
  });

  it('that somebody works on are open', async () => {
    const { id } = await make('progress');
    await told(
      target.client,
      'mutation Edit($filter: TaskFilterInput!, $data: TaskUpdateInput!) { updateTasks(filter: $filter, data: $data) { id } }',
      { filter: { id: { eq: id } }, data: { status: 'IN_PROGRESS' } },
    );
    expect(await read(id)).toMatchObject({ status: 'open' });
  });

  it('are ours from when they hang on a deal, and twenty tells of that', async () => {
    const receiver = await startReceiver(() => 204);
    await ensureWebhook(target.client, receiver.url, 'secret of the contract');
    try {
      const id = await byPerson('person');
      expect(await read(id)).toBeUndefined();
      expect((await everySeen()).map(({ remoteId }) => remoteId)).not.toContain(id);
      await hang(id);
      expect(await read(id)).toMatchObject({ deal, id: null, status: 'open' });
      expect((await everySeen()).map(({ remoteId }) => remoteId)).toContain(id);
      // Its worker knows the webhooks of a workspace for ten seconds before it asks again.
      await expect
        .poll(
          async () => {
            if (receiver.received.length === 0) await hang(await byPerson('told'));
            return receiver.received
              .map(({ text }) => readMessage(text))
              .some((one) => one?.entity.name === 'task');
          },
          { timeout: 30_000, interval: 1_000 },
        )
        .toBe(true);
      await expect
        .poll(
          () =>
            receiver.received
              .filter(({ text }) => text.includes('"nameSingular":"taskTarget"'))
              .every(({ text }) => readMessage(text)?.entity.name === 'task'),
          { timeout: 5_000 },
        )
        .toBe(true);
    } finally {
      for (const { id } of await webhooksTo(target.client, receiver.url))
        await removeWebhook(target.client, id);
      await receiver.close();
    }
  }, 60_000);
});
