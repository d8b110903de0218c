import { afterAll, beforeAll, expect, it } from 'vitest';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage } from '../../../test/support/imports.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';

const NAME = { columns: [{ column: 'name', field: 'name' }] };
const PHONES = { columns: [...NAME.columns, { column: 'phone', field: 'phone' }] };

let stage: ImportStage;
let keys: readonly string[];
let program: Importer;
let people: readonly Importer[];

beforeAll(async () => {
  stage = await importStage();
  const accounts = ['one', 'two'].map((name) => ({
    email: `${name}@imports.example`,
    name,
    role: 'employee',
    password: PASSWORD,
  }));
  const { apiKey } = await stage.api.createTenant({ accounts });
  program = new Importer(stage.api, apiKey);
  const signedIn = await Promise.all(accounts.map(({ email }) => signIn(stage.api, email)));
  keys = signedIn.map(({ token }) => token);
  people = keys.map((key) => new Importer(stage.api, key));
});
afterAll(() => stage.close());

/** What somebody is told, the last first. */
async function told(key: string | undefined): Promise<readonly object[]> {
  const { body } = await stage.api.call<{
    items: readonly { readonly kind: string; readonly data: object }[];
  }>('/v1/notifications', { key: key ?? '' });
  return body.items.map(({ kind, data }) => ({ kind, data }));
}

it('who has begun an import is told that it is done, and how many rows were rejected', async () => {
  const file = 'name,phone\nOlena,0671234501\nNobody,12\nIvan,0671234502\n';
  const checked = await people[0]?.run('check', 'a.csv', file, PHONES);
  expect(checked?.status).toBe('checked');
  expect(await told(keys[0])).toEqual([]);
  const done = await people[0]?.run('start', 'a.csv', file, PHONES);
  expect(await told(keys[0])).toEqual([
    { kind: 'lead_import.done', data: { import_id: done?.id, taken: 2, rejected: 1 } },
  ]);
  expect(await told(keys[1])).toEqual([]);
});

it('is told that it has failed, with what came in before', async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => `Row ${index}`).join('\n');
  const broken = `name\n${rows}\n"never closed\n${'more\n'.repeat(10)}`;
  const failed = await people[1]?.run('start', 'b.csv', broken, NAME);
  expect(failed?.status).toBe('failed');
  expect(failed?.rows_done).toBeGreaterThan(0);
  expect(await told(keys[1])).toEqual([
    {
      kind: 'lead_import.failed',
      data: { import_id: failed?.id, taken: failed?.rows_done, rejected: 0 },
    },
  ]);
});

it('tells nobody of what a program has begun, or somebody has stopped', async () => {
  const before = [await told(keys[0]), await told(keys[1])];
  expect((await program.run('start', 'c.csv', 'name\nAnna\n', NAME)).status).toBe('done');
  const { body } = (await people[0]?.upload('d.csv', 'name\nMaria\n')) ?? {};
  await people[0]?.call(`imports/${body?.id}/cancel`, {});
  expect([await told(keys[0]), await told(keys[1])]).toEqual(before);
});
