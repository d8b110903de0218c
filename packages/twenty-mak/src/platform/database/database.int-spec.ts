import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { jsonArray, plainArray, textArray, timeArray } from './array-literal.ts';
import { afterCommit, COMMIT_BEFORE_DISK, Database, insertRows } from './index.ts';
import type { Transaction } from './index.ts';

let place: TestDatabase;
let database: Database;
const tenantId = randomUUID();

beforeAll(async () => {
  place = await createDatabase();
  const addresses = { PG_APP_URL: place.appUrl, PG_SCAN_URL: place.scanUrl, PG_POOL_SIZE: 2 };
  database = await Database.connect(addresses, []);
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const addRef = (tx: Transaction, id: string): void =>
  tx.send(
    'INSERT INTO deal_ref (tenant_id, system, external_id, deal_id) VALUES ($1, $2, $3, $4)',
    [tenantId, 'crm', id, randomUUID()],
  );
const countRefs = async (): Promise<number> =>
  (await place.query('SELECT FROM deal_ref WHERE tenant_id = $1', [tenantId])).length;

describe('a statement that nobody waits for', () => {
  it('is committed with the rest', async () => {
    await database.within({ tenantId }, async (tx) => addRef(tx, 'kept'));
    expect(await countRefs()).toBe(1);
  });

  it('fails the transaction with its own reason, and nothing is committed', async () => {
    const failing = database.within({ tenantId }, async (tx) => {
      addRef(tx, 'lost');
      addRef(tx, 'kept');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505', table: 'deal_ref' });
    expect(await countRefs()).toBe(1);
  });

  it('has its reason told by those that are refused after it', async () => {
    const failing = database.within({ tenantId }, async (tx) => {
      addRef(tx, 'kept');
      await tx.query('SELECT 1');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await countRefs()).toBe(1);
  });

  it('leaves the connection usable', async () => {
    for (let time = 0; time < 4; time += 1) {
      const [row] = await database.within({ tenantId }, (tx) =>
        tx.query<{ one: number }>('SELECT 1 AS one'),
      );
      expect(row?.one).toBe(1);
    }
  });
});

describe('what is to be done after the commit', () => {
  const refs = (id: string): Promise<object[]> =>
    place.query('SELECT FROM deal_ref WHERE tenant_id = $1 AND external_id = $2', [tenantId, id]);

  it.each(['within', 'together'] as const)('%s: sees what was committed', async (how) => {
    let seen: Promise<object[]> | undefined;
    await database[how]({ tenantId }, async (tx) => {
      addRef(tx, how);
      afterCommit(() => {
        seen = refs(how);
      });
      await tx.query('SELECT pg_sleep(0.1)');
      expect(seen).toBeUndefined();
    });
    expect(await seen).toHaveLength(1);
  });

  it('waits for the outer one of two transactions that are one', async () => {
    const done: string[] = [];
    await database.together({ tenantId }, async () => {
      await database.within({ tenantId }, async () => afterCommit(() => void done.push('inner')));
      done.push('outer');
    });
    expect(done).toEqual(['outer', 'inner']);
  });

  it.each(['within', 'together'] as const)('%s: is not done after a failure', async (how) => {
    const done: string[] = [];
    const failing = database[how]({ tenantId }, async () => {
      afterCommit(() => void done.push('done'));
      throw new Error('planned');
    });
    await expect(failing).rejects.toThrow('planned');
    expect(done).toEqual([]);
  });

  it('is done at once where nothing is committed, and where the end is over', async () => {
    const done: string[] = [];
    afterCommit(() => void done.push('outside'));
    expect(done).toEqual(['outside']);
    const { promise, resolve } = Promise.withResolvers<void>();
    let late: Promise<void> | undefined;
    await database.within({ tenantId }, async () => {
      late = promise.then(() => afterCommit(() => void done.push('late')));
    });
    resolve();
    await late;
    expect(done).toEqual(['outside', 'late']);
  });
});

describe('array literals', () => {
  it('arrive as they were', async () => {
    const texts = [
      '',
      'NULL',
      'a,b',
      '{"x"}',
      'back\\slash "quoted"',
      'две\nстроки\t',
      "it's",
      null,
    ];
    const documents = [
      { a: 'quote " back \\ line \n tab \t', b: [1, null, { c: 'ж' }] },
      'text',
      1,
    ];
    const instants = [0, 1_700_000_000_123, -1, null];
    const [row] = await database.within({ tenantId }, (tx) =>
      tx.query<Record<'texts' | 'documents' | 'instants' | 'numbers', unknown>>(
        `SELECT $1::text[] AS texts, to_jsonb($2::jsonb[]) AS documents,
           ARRAY(SELECT (extract(epoch FROM at) * 1000)::float8 FROM unnest($3::timestamptz[]) AS at) AS instants, $4::int[] AS numbers`,
        [
          textArray(texts),
          jsonArray(documents.map((document) => JSON.stringify(document))),
          timeArray(instants),
          plainArray([1, null, 3]),
        ],
      ),
    );
    expect(row).toEqual({ texts, documents, instants, numbers: [1, null, 3] });
  });
});

describe('rows in sets', () => {
  const COLUMNS = {
    id: 'uuid',
    name: 'text',
    at: 'timestamptz',
    number: 'int',
    yes: 'boolean',
    data: 'jsonb',
  } as const;
  const inserted = (rows: Parameters<typeof insertRows<typeof COLUMNS>>[4]) =>
    database.within({ tenantId }, async (tx) => {
      tx.send(`CREATE TEMP TABLE sets (tenant_id uuid, id uuid, name text, at timestamptz(3), number int, yes boolean, data jsonb)
        ON COMMIT DROP`);
      insertRows(tx, tenantId, 'sets', COLUMNS, rows);
      return tx.query(
        'SELECT id, name, at, number, yes, data FROM sets WHERE tenant_id = $1 ORDER BY name, id',
        [tenantId],
      );
    });
  const alike = { name: 'O\'Neil, "x" \\ {}', at: 1_700_000_000_123, number: 7, yes: true };

  it('come as they are, whether alike in a column or not', async () => {
    const [one, two] = [randomUUID(), randomUUID()].toSorted();
    const rows = [
      { ...alike, id: one ?? null, data: { a: [1, '"'] } },
      { ...alike, id: two ?? null, data: { a: [1, '"'] } },
    ];
    expect(await inserted(rows)).toEqual(rows);
    const others = [
      rows[0] ?? { ...alike, id: null, data: null },
      { id: two ?? null, name: null, at: null, number: null, yes: null, data: null },
    ];
    expect(await inserted(others)).toEqual(others);
  });

  it('are as many as they are when they are alike in all', async () => {
    const row = { ...alike, id: randomUUID(), data: 'text' };
    expect(await inserted([row])).toEqual([row]);
    expect(await inserted([row, row, row])).toEqual([row, row, row]);
    expect(await inserted([])).toEqual([]);
  });
});

describe('a commit before the disk', () => {
  it('is seen by others at once, and is durable when all are told so', async () => {
    // The server of the specs waits for no disk; this connection does.
    const waiting = await Database.connect(
      {
        PG_APP_URL: place.appUrl,
        PG_SCAN_URL: `${place.scanUrl}?options=-c%20synchronous_commit%3Don`,
        PG_POOL_SIZE: 2,
      },
      [],
    );
    const told = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        await waiting.within({ tenantId }, async (tx) => {
          tx.send(COMMIT_BEFORE_DISK);
          addRef(tx, `soon ${index}`);
        });
        const [before] = await place.query<{ lsn: string }>(
          'SELECT pg_current_wal_insert_lsn() AS lsn',
        );
        await waiting.durable();
        return before?.lsn;
      }),
    );
    await waiting.close();
    const [row] = await place.query<{ refs: number; behind: boolean }>(
      `SELECT (SELECT count(*)::int FROM deal_ref WHERE tenant_id = $1 AND external_id LIKE 'soon %') AS refs,
         bool_or(lsn > pg_current_wal_flush_lsn()) AS behind
       FROM unnest($2::pg_lsn[]) AS lsn`,
      [tenantId, told],
    );
    expect(row).toEqual({ refs: 5, behind: false });
  });
});
