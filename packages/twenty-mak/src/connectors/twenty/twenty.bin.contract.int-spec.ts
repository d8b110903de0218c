import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import type { RemoteChange } from '../sync/index.ts';

const EVERY = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };
const OBJECTS = {
  note: { plural: 'notes', named: 'title' },
  task: { plural: 'tasks', named: 'title' },
  opportunity: { plural: 'opportunities', named: 'name' },
  company: { plural: 'companies', named: 'name' },
} as const;
type Kind = keyof typeof OBJECTS;
interface Row {
  readonly id: string;
  readonly makId: string | null;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}

/** What people move to the bin stays there, however many records MaK writes at once. */
describe.each(places())('the bin of twenty: $name', (place) => {
  let target: Target;
  const deal = `${RUN}/deal of the bin`;
  beforeAll(async () => {
    target = await openTarget(place);
    written((await target.records.write('deal', [fresh('deal of the bin', { name: 'deal' })]))[0]);
  });
  afterAll(async () => {
    for (const kind of Object.keys(OBJECTS) as Kind[]) {
      const { plural, named } = OBJECTS[kind];
      await told(
        target.client,
        `mutation Destroy($filter: ${capital(kind)}FilterInput!) { destroy${capital(plural)}(filter: $filter) { id } }`,
        { filter: { and: [{ [named]: { like: `${RUN}%` } }, EVERY] } },
      );
    }
    await destroyRun(target.client);
    await target.close();
  });

  const deleteThere = (kind: Kind, id: string): Promise<unknown> =>
    told(target.client, `mutation Bin($id: UUID!) { delete${capital(kind)}(id: $id) { id } }`, {
      id,
    });
  const rowsOf = async (kind: Kind, ids: readonly string[]): Promise<readonly Row[]> => {
    const data = (await told(
      target.client,
      `query Look($filter: ${capital(kind)}FilterInput!) {
        found: ${OBJECTS[kind].plural}(filter: $filter) { edges { node { id makId updatedAt deletedAt } } }
      }`,
      { filter: { and: [{ id: { in: ids } }, EVERY] } },
    )) as { found: { edges: { node: Row }[] } };
    const rows = new Map(data.found.edges.map(({ node }) => [node.id, node]));
    return ids.flatMap((id) => rows.get(id) ?? []);
  };
  const inBin = async (kind: Kind, ids: readonly string[]): Promise<boolean[]> =>
    (await rowsOf(kind, ids)).map(({ deletedAt }) => deletedAt !== null);
  /** A person makes one. */
  const byPerson = async (kind: Kind, name: string): Promise<string> => {
    const { plural, named } = OBJECTS[kind];
    const id = randomUUID();
    await told(
      target.client,
      `mutation Make($data: [${capital(kind)}CreateInput!]!) { create${capital(plural)}(data: $data) { id } }`,
      { data: [{ id, [named]: `${RUN} ${name}` }] },
    );
    return id;
  };

  it.each(['note', 'task'] as const)(
    'keeps a %s that was deleted before it got the id that it has in MaK',
    async (kind) => {
      const id = await byPerson(kind, 'unnamed');
      const there = await byPerson(kind, 'unnamed, and there');
      await deleteThere(kind, id);
      const outcomes = await target.records.write(
        kind,
        [id, there].map((remoteId) => naming(remoteId)),
      );
      expect(outcomes).toMatchObject([
        { kind: 'written', id, values: kind === 'note' ? { removed: true } : {} },
        { kind: 'written', id: there },
      ]);
      expect(await rowsOf(kind, [id, there])).toEqual([
        expect.objectContaining({ makId: `${RUN}/${id}`, deletedAt: expect.any(String) }),
        expect.objectContaining({ makId: `${RUN}/${there}`, deletedAt: null }),
      ]);
    },
  );

  it.each(['opportunity', 'company'] as const)(
    'keeps a deleted %s, and nothing is written to it',
    async (kind) => {
      const id = await byPerson(kind, 'unnamed');
      await deleteThere(kind, id);
      const before = await rowsOf(kind, [id]);
      expect(await target.records.write(kind, [naming(id), naming(randomUUID())])).toEqual([
        { kind: 'moved' },
        { kind: 'moved' },
      ]);
      expect(await rowsOf(kind, [id])).toEqual(before);
    },
  );

  it('keeps a company that is about to be made, as one that was deleted', async () => {
    const change = fresh('company', { id: `${RUN}/company`, name: `${RUN} company` });
    const { id } = written((await target.records.write('company', [change]))[0]);
    await deleteThere('company', id);
    expect(await target.records.write('company', [change])).toMatchObject([
      { kind: 'refused', refusal: { code: 'deleted_there' } },
    ]);
    expect(await inBin('company', [id])).toEqual([true]);
  });

  it('gives back what MaK restores, and no other of the records that are written with it', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    const made = await target.records.write(
      'note',
      names.map((name) =>
        fresh(`of ${name}`, {
          id: `${RUN}/of ${name}`,
          deal,
          text: `${RUN} ${name}`,
          removed: false,
        }),
      ),
    );
    const ids = made.map((outcome) => written(outcome).id);
    for (const id of ids.slice(0, 4)) await deleteThere('note', id);
    const rows = await rowsOf('note', ids);
    const versions = new Map(rows.map(({ id, updatedAt }) => [id, updatedAt]));
    const outcomes = await target.records.write(
      'note',
      ids.map((remoteId, index): RemoteChange => ({
        remoteId,
        localId: `${RUN}/of ${names[index]}`,
        values:
          index < 2
            ? { text: `${RUN} written`, removed: false }
            : { text: `${RUN} written`, ...(index === 7 ? { removed: true } : {}) },
        version: versions.get(remoteId) ?? null,
      })),
    );
    expect(outcomes.map((outcome) => written(outcome).values)).toMatchObject(
      [false, false, true, true, false, false, false, true].map((removed) => ({
        text: `${RUN} written`,
        removed,
      })),
    );
    expect(await inBin('note', ids)).toEqual([false, false, true, true, false, false, false, true]);
  });
});

function naming(remoteId: string): RemoteChange {
  const localId = `${RUN}/${remoteId}`;
  return { remoteId, localId, values: { id: localId }, version: null };
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
