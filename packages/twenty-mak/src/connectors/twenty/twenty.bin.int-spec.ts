import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* What people delete in twenty: the real worker and the simulator over HTTP. */
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

const table = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
/** Names of what is there, and of what lies in the bin. */
const lying = (object: string): Record<'there' | 'bin', unknown[]> => {
  const named = (isInBin: boolean): unknown[] =>
    table(object)
      .filter(({ deletedAt }) => (deletedAt !== null) === isInBin)
      .map((row) => row['title'] ?? row['name'])
      .toSorted();
  return { there: named(false), bin: named(true) };
};
const deleteThere = (object: string, ...names: readonly string[]): void => {
  for (const row of table(object))
    if (names.includes(String(row['title'] ?? row['name'])))
      stage.twenty.workspace.delete(object, row.id, stage.person);
};

async function send(path: string, body: object): Promise<{ id: string; version: number }> {
  const answer = await api.call<{ id: string; version: number }>(path, {
    key: stage.tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

const eventsOf = (): Promise<object[]> =>
  stage.rows(
    `SELECT type, count(*)::int AS count FROM event WHERE tenant_id = $1 AND type LIKE 'deal.note.%' GROUP BY 1 ORDER BY 1`,
  );

/** A person deletes it while MaK is at it: before the second time that MaK asks for it or writes it. */
function deleteAtSecondLook(object: string, plural: string, id: string, fails: boolean): void {
  let looks = 0;
  stage.twenty.disturb = (body, response) => {
    const isLook = body.includes(`found: ${plural}(first`) && body.includes('query Find');
    if (isLook || body.includes(`mutation Upsert`)) {
      if (!body.toLowerCase().includes(plural.toLowerCase())) return 'arrives';
      looks += 1;
      if (looks !== 2) return 'arrives';
      stage.twenty.workspace.delete(object, id, stage.person);
      if (fails) {
        response.writeHead(503).end('away');
        return 'answered';
      }
    }
    return 'arrives';
  };
}

describe('what was deleted in twenty', () => {
  it('stays deleted when its deal is merged with many others of its kind', async () => {
    await stage.connect();
    const loser = await send('/v1/deals', { name: 'Loser' });
    const survivor = await send('/v1/deals', { name: 'Survivor' });
    await stage.settled();
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    for (const name of names) await send(`/v1/deals/${loser.id}/notes`, { text: name });
    const [deal] = table('masterDeal').filter((row) => row['makId'] === loser.id);
    for (const title of names) {
      const { workspace } = stage.twenty;
      const [task] = workspace.upsert('task', [{ status: 'TODO', title }], stage.person);
      workspace.upsert(
        'taskTarget',
        [{ taskId: task?.id, targetMasterDealId: deal?.id }],
        stage.person,
      );
    }
    await stage.settled();
    deleteThere('note', 'B', 'D');
    deleteThere('task', 'C', 'E');
    await stage.settled();
    const events = await eventsOf();
    expect(events).toEqual([
      { type: 'deal.note.added', count: 8 },
      { type: 'deal.note.removed', count: 2 },
    ]);
    const [{ version } = { version: 0 }] = await stage.rows<{ version: number }>(
      'SELECT version FROM deal WHERE tenant_id = $1 AND id = $2',
      loser.id,
    );
    await send(`/v1/deals/${loser.id}/merge`, { version, into: survivor.id });
    await stage.settled();
    expect(lying('note')).toEqual({ there: ['A', 'C', 'E', 'F', 'G', 'H'], bin: ['B', 'D'] });
    expect(lying('task')).toEqual({ there: ['A', 'B', 'D', 'F', 'G', 'H'], bin: ['C', 'E'] });
    expect(await eventsOf()).toEqual(events);
    const cancelled = `SELECT title FROM task WHERE tenant_id = $1 AND status = 'cancelled' ORDER BY 1`;
    expect(await stage.rows(cancelled)).toEqual([{ title: 'C' }, { title: 'E' }]);
    const now = table('masterDeal').find((row) => row['makId'] === survivor.id)?.id;
    const hanging = (target: string): unknown[] =>
      table(target)
        .filter(({ deletedAt }) => deletedAt === null)
        .filter((row) => row['targetMasterDealId'] === now);
    expect(hanging('noteTarget').length).toBeGreaterThanOrEqual(6);
    expect(hanging('taskTarget').length).toBeGreaterThanOrEqual(6);
  }, 180_000);

  it.each([
    ['', false],
    [' and has not come to say so there', true],
  ])(
    'stays deleted when MaK has just taken it over%s',
    async (_when, fails) => {
      await stage.connect();
      const { id } = await send('/v1/deals', { name: 'Deal' });
      await stage.settled();
      const { workspace } = stage.twenty;
      const [note] = workspace.upsert('note', [{ title: 'Short' }], stage.person);
      deleteAtSecondLook('note', 'notes', note?.id ?? '', fails);
      const [deal] = table('masterDeal').filter((row) => row['makId'] === id);
      workspace.upsert(
        'noteTarget',
        [{ noteId: note?.id, targetMasterDealId: deal?.id }],
        stage.person,
      );
      await stage.settled();
      expect(lying('note')).toEqual({ there: [], bin: ['Short'] });
      expect(await eventsOf()).toEqual([
        { type: 'deal.note.added', count: 1 },
        { type: 'deal.note.removed', count: 1 },
      ]);
    },
    90_000,
  );
});
