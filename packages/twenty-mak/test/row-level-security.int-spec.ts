import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleOptions } from '../src/platform/auth/index.ts';
import { readConfig } from '../src/platform/config/config.ts';
import { Database } from '../src/platform/database/index.ts';
import { startApp } from './support/app.ts';
import type { TestApp, TestTenant } from './support/app.ts';

let mak: TestApp;
let database: Database;
let ours: TestTenant;
let theirs: TestTenant;
/** One connection as mak_app, past our own code. */
let app: pg.Client;
let scan: pg.Client;

beforeAll(async () => {
  mak = await startApp();
  database = mak.app.get(Database);
  ours = await mak.createTenant({ pipelines: ['credit'] });
  theirs = await mak.createTenant({ pipelines: ['credit'] });
  app = new pg.Client({ connectionString: mak.database.appUrl });
  scan = new pg.Client({ connectionString: mak.database.scanUrl });
  await Promise.all([app.connect(), scan.connect()]);
});
afterAll(async () => {
  await Promise.all([app.end(), scan.end()]);
  await mak.close();
});

interface Table {
  readonly name: string;
  readonly enabled: boolean;
  readonly forced: boolean;
}

const tables = (): Promise<Table[]> =>
  mak.database.query<Table>(
    `SELECT class.relname AS name, class.relrowsecurity AS enabled, class.relforcerowsecurity AS forced
     FROM pg_class class WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p')
       AND class.relname <> 'migrations' ORDER BY 1`,
  );

describe('row-level security', () => {
  it('is on and forced for every table', async () => {
    const open = (await tables()).filter((table) => !table.enabled || !table.forced);
    expect(open.map((table) => table.name)).toEqual([]);
  });

  it('holds for roles that can neither bypass nor change it', async () => {
    const roles = await mak.database.query(
      `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname IN ('mak_app', 'mak_scan') ORDER BY 1`,
    );
    expect(roles).toEqual([
      { rolname: 'mak_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false },
      { rolname: 'mak_scan', rolsuper: false, rolbypassrls: false, rolcreaterole: false },
    ]);
    const owner = decodeURIComponent(new URL(mak.database.ownerUrl).username);
    for (const sql of [
      'ALTER TABLE tenant DISABLE ROW LEVEL SECURITY',
      'DROP POLICY tenant ON deal',
      `SET ROLE "${owner}"`,
      `SET SESSION AUTHORIZATION "${owner}"`,
      'CREATE TABLE mine (id int)',
      'TRUNCATE deal',
    ]) {
      await expect(app.query(sql), sql).rejects.toThrow(
        /permission denied|must be owner|must be able/,
      );
    }
    await app.query('SET row_security = off');
    await expect(app.query('SELECT * FROM account')).rejects.toThrow(/row-level security/);
    await app.query('RESET row_security');
  });

  it('shows nothing of any table without a tenant', async () => {
    for (const { name } of await tables()) {
      const { rows } = await app.query(`SELECT * FROM ${name}`).catch((error: Error) => {
        if (/permission denied/.test(error.message)) return { rows: [] };
        throw error;
      });
      expect(rows, name).toEqual([]);
    }
  });

  it('shows a tenant only its own rows, and takes none of another', async () => {
    const columns = await mak.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
    );
    await database.within({ tenantId: theirs.id }, async (transaction) => {
      for (const { name } of columns) {
        const rows = await transaction.query<{ tenant_id: string }>(
          `SELECT tenant_id FROM ${name}`,
        );
        expect(
          rows.filter((row) => row.tenant_id !== theirs.id),
          name,
        ).toEqual([]);
      }
      expect(await transaction.query('SELECT id FROM tenant')).toEqual([{ id: theirs.id }]);
      expect(
        await transaction.execute("UPDATE tenant SET name = 'taken' WHERE id = $1", [ours.id]),
      ).toBe(0);
      expect(
        await transaction.execute('DELETE FROM pipeline WHERE tenant_id = $1', [ours.id]),
      ).toBe(0);
    });
    await expect(
      database.within({ tenantId: theirs.id }, (transaction) =>
        transaction.execute(
          `INSERT INTO account (id, tenant_id, email, name, role) VALUES (gen_random_uuid(), $1, 'x@y.z', 'x', 'admin')`,
          [ours.id],
        ),
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      database.within({ tenantId: theirs.id }, (transaction) =>
        transaction.execute('UPDATE pipeline SET tenant_id = $1', [ours.id]),
      ),
    ).rejects.toThrow('row-level security');
  });

  it('ends with the transaction: the same connection knows no tenant after commit and rollback', async () => {
    for (const end of ['COMMIT', 'ROLLBACK']) {
      await app.query('BEGIN');
      await app.query(
        "SELECT set_config('mak.tenant', $1, true), set_config('mak.operator', 'on', true)",
        [ours.id],
      );
      expect((await app.query('SELECT id FROM pipeline')).rows).toHaveLength(1);
      await app.query(end);
      expect((await app.query('SELECT id FROM pipeline')).rows).toEqual([]);
      expect((await app.query('SELECT id FROM tenant')).rows).toEqual([]);
    }
  });

  it('does not leak between the requests of one pool, also after errors', async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const { id } = index % 2 === 0 ? ours : theirs;
        const work = database.within({ tenantId: id }, async (transaction) => {
          const rows = await transaction.query<{ id: string }>('SELECT id FROM tenant');
          if (index % 5 === 0) throw new Error('on purpose');
          return rows.every((row) => row.id === id) && rows.length === 1;
        });
        return work.catch((error: Error) => error.message === 'on purpose');
      }),
    );
    expect(seen).toEqual(Array(60).fill(true));
    expect(
      await database.within({}, (transaction) => transaction.query('SELECT id FROM tenant')),
    ).toEqual([]);
  });

  it('refuses a tenant that is no UUID', async () => {
    await expect(
      database.within({ tenantId: "'; DROP TABLE deal; --" }, async () => undefined),
    ).rejects.toThrow(TypeError);
  });
});

describe('the scanning role', () => {
  it('sees tenant, ids and due times, and no content', async () => {
    const readable = await mak.database.query<{ name: string; columns: string[] }>(
      `SELECT table_name AS name, array_agg(column_name::text ORDER BY column_name) AS columns
       FROM information_schema.column_privileges
       WHERE grantee = 'mak_scan' AND table_schema = 'public' AND privilege_type = 'SELECT' GROUP BY 1 ORDER BY 1`,
    );
    const content = /name|email|data|payload|gates|amount|secret|hash|text|url|refs|key$/;
    for (const { name, columns } of readable) {
      expect(
        columns.filter((column) => content.test(column)),
        name,
      ).toEqual([]);
    }
    expect(readable.length).toBeGreaterThan(0);
    for (const table of [
      'account',
      'api_client',
      'event',
      'deal',
      'person_key',
      'audit_entry',
      'idempotency_key',
    ]) {
      await expect(scan.query(`SELECT tenant_id FROM ${table}`), table).rejects.toThrow(
        'permission denied',
      );
    }
    await expect(scan.query('SELECT name FROM tenant')).rejects.toThrow('permission denied');
    await expect(scan.query('SELECT data FROM outbox')).rejects.toThrow('permission denied');
    await expect(scan.query('SELECT email FROM auth."user"')).rejects.toThrow('permission denied');
    expect((await scan.query('SELECT id FROM tenant')).rows).toHaveLength(2);
  });

  it('changes nothing', async () => {
    const writable = await mak.database.query(
      `SELECT table_name FROM information_schema.role_table_grants
       WHERE grantee = 'mak_scan' AND privilege_type <> 'SELECT'`,
    );
    expect(writable).toEqual([]);
  });
});

describe('the tables of people', () => {
  it('are the ones that better-auth expects', async () => {
    const pool = new pg.Pool({
      connectionString: mak.database.ownerUrl,
      options: '-c search_path=auth',
    });
    const plan = await getMigrations(peopleOptions(readConfig(), pool));
    expect(plan.toBeCreated).toEqual([]);
    expect(plan.toBeAdded).toEqual([]);
    await pool.end();
  });
});
