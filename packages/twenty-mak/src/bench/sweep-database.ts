import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { migrate } from '../platform/database/index.ts';
import type { ServerAddresses } from './board-database.ts';

export interface SweepDatabase extends ServerAddresses {
  readonly tenantIds: readonly string[];
  drop(): Promise<void>;
}

/** A migrated database of its own with some tenants, whose clocks run and who want no escalation. */
export async function makeSweepDatabase(
  server: ServerAddresses,
  tenants: number,
): Promise<SweepDatabase> {
  const name = `mak_bench_sweep_${uuidv7().replaceAll('-', '')}`;
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const addresses = {
    ownerUrl: at(server.ownerUrl),
    appUrl: at(server.appUrl),
    scanUrl: at(server.scanUrl),
  };
  const drop = (): Promise<void> =>
    withClient(server.ownerUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  await withClient(server.ownerUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name}`);
  });
  try {
    await migrate(addresses);
    const tenantIds = Array.from({ length: tenants }, () => uuidv7());
    await withClient(addresses.ownerUrl, async (client) => {
      await client.query(
        `INSERT INTO tenant (id, key, name, escalation) SELECT id, 't' || id, 'Bench', false FROM unnest($1::uuid[]) AS id`,
        [tenantIds],
      );
    });
    return { ...addresses, tenantIds, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Deals of the first tenant for runs to belong to, numbered from 1. */
export async function makeDeals(client: pg.Client, tenantId: string, deals: number): Promise<void> {
  await client.query(
    `INSERT INTO deal (id, tenant_id, pipeline_id, pipeline_version, stage, stage_started_at, gates, domain_stages, state, published, created_at)
     SELECT ${dealId('n')}, $1, $1, 1, 'draft', now(), '{}', '{}', '{}', '{}', now() FROM generate_series(1, $2::int) AS n`,
    [tenantId, deals],
  );
}

/**
 * Open runs, spread evenly over the tenants; those numbered up to `overdue` are late, the others due within a year.
 */
export async function makeRuns(
  client: pg.Client,
  tenantIds: readonly string[],
  runs: number,
  overdue: number,
): Promise<void> {
  await client.query(
    `INSERT INTO sla_run (tenant_id, deal_id, timer, opened_source, opened_event_id, opened_at, due_at)
     SELECT ($1::uuid[])[1 + n % $2::int], ${dealId('n')}, 'lead_to_brief', 'crm', 'event-' || n, now() - interval '1 day',
       CASE WHEN n <= $4::int THEN now() - n * interval '1 millisecond' ELSE now() + interval '1 hour' + (n % 8760) * interval '1 hour' END
     FROM generate_series(1, $3::int) AS n`,
    [tenantIds, tenantIds.length, runs, overdue],
  );
}

/** Opens a connection for the time of `work`. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The id of the deal of this number: spread like real ones, the same in every arm. */
function dealId(number: string): string {
  return `md5('deal' || ${number})::uuid`;
}
