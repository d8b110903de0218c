import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import { inject } from 'vitest';
import { migrate } from '../../src/platform/database/index.ts';

/** Addresses of one migrated database for the three roles. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly scanUrl: string;
  /** As the owner: row-level security does not hold. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const TEMPLATE = 'mak_template';

/** A database of its own, copied from a template that the first caller of the test run migrates. */
export async function createDatabase(): Promise<TestDatabase> {
  const admin = inject('MAK_TEST_PG_URL');
  const name = `mak_${randomBytes(6).toString('hex')}`;
  await asAdmin(admin, async (client) => {
    await client.query('SELECT pg_advisory_lock(7070002)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      TEMPLATE,
    ]);
    if (rowCount === 0) {
      const unfinished = `${TEMPLATE}_new`;
      await client.query(`DROP DATABASE IF EXISTS ${unfinished}`);
      await client.query(`CREATE DATABASE ${unfinished}`);
      await migrate(addresses(admin, unfinished));
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  const own = addresses(admin, name);
  return {
    ...own,
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
      let rows: Row[] = [];
      await asAdmin(own.ownerUrl, async (client) => {
        ({ rows } = await client.query<Row>(sql, [...values]));
      });
      return rows;
    },
    drop: () =>
      asAdmin(admin, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** Runs a migration over what is there, as if the tenant had come from an earlier release. */
export async function migrateAgain(
  { ownerUrl }: Pick<TestDatabase, 'ownerUrl'>,
  migration: MigrationInterface,
): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url: ownerUrl }).initialize();
  try {
    await migration.up(source.createQueryRunner());
  } finally {
    await source.destroy();
  }
}

/**
 * What sessions of the same database as `at` wait for; the server has databases of other files too. A transaction goes on
 * seeing the sessions that it saw first: ask the database itself where the one that waits may be newer.
 */
export function waitsForLocks(
  at: { query(sql: string, values: unknown[]): Promise<object[]> },
  kind: 'advisory' | 'transactionid',
): Promise<object[]> {
  return at.query(
    `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = $1 AND NOT granted AND datname = current_database()`,
    [kind],
  );
}

/** How many sessions of the database of `at` wait for a turn or for somebody else's row. */
export async function howManyWait(at: Parameters<typeof waitsForLocks>[0]): Promise<number> {
  const [rows, turns] = [
    await waitsForLocks(at, 'transactionid'),
    await waitsForLocks(at, 'advisory'),
  ];
  return rows.length + turns.length;
}

function addresses(
  admin: string,
  database: string,
): Pick<TestDatabase, 'ownerUrl' | 'appUrl' | 'scanUrl'> {
  const as = (user?: string): string => {
    const url = new URL(admin);
    url.pathname = `/${database}`;
    if (user !== undefined) {
      url.username = user;
      url.password = `${user}-test`;
    }
    return url.href;
  };
  return { ownerUrl: as(), appUrl: as('mak_app'), scanUrl: as('mak_scan') };
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
