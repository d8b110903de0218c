import { DataSource } from 'typeorm';
import pg from 'pg';
import { migrations } from './migrations/index.ts';

export interface MigrationAddresses {
  /** Owner of the schema. */
  readonly ownerUrl: string;
  /** Addresses whose user and password become the roles mak_app and mak_scan. */
  readonly appUrl: string;
  readonly scanUrl: string;
}

/**
 * Creates the two roles that row-level security holds for and brings the schema up to date.
 * Safe to run at every start and by several processes at once.
 */
export async function migrate({ ownerUrl, appUrl, scanUrl }: MigrationAddresses): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(7070001)');
    for (const url of [appUrl, scanUrl]) await ensureRole(client, url);
    const dataSource = new DataSource({
      type: 'postgres',
      url: ownerUrl,
      migrations,
      logging: ['error'],
    });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const role = client.escapeIdentifier(decodeURIComponent(username));
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [
    decodeURIComponent(username),
  ]);
  const secret = client.escapeLiteral(decodeURIComponent(password));
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${secret}`,
  );
}
