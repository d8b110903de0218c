import pg from 'pg';
import { adtech } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { migrate } from '../platform/database/index.ts';

/** Addresses of a running server; the owner may make databases. */
export interface ServerAddresses {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly scanUrl: string;
}

export interface BoardDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly scanUrl: string;
  readonly tenantId: string;
  readonly pipelineId: string;
  readonly dealsOfTenant: number;
  drop(): Promise<void>;
}

/** Tenants among which the deals are divided evenly; the board is that of one of them. */
const TENANTS = 4;

export interface BoardDatabaseOptions {
  readonly deals: number;
  readonly log: (text: string) => void;
  /** Makes tenants with a pipeline `adtech` each; gives their ids. */
  readonly open?: (addresses: ServerAddresses, count: number) => Promise<readonly string[]>;
}

/**
 * A migrated database of its own with `deals` deals made by SQL, evenly over tenants and stages, in the order in which
 * they would have come: tenants and stages interleaved. Vacuumed and analyzed.
 */
export async function makeBoardDatabase(
  server: ServerAddresses,
  { deals, log, open = openBySql }: BoardDatabaseOptions,
): Promise<BoardDatabase> {
  const name = `mak_bench_board_${uuidv7().replaceAll('-', '')}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.ownerUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const drop = (): Promise<void> => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const addresses = {
    ownerUrl: at(server.ownerUrl),
    appUrl: at(server.appUrl),
    scanUrl: at(server.scanUrl),
  };

  await admin(`CREATE DATABASE ${name}`);
  try {
    await migrate(addresses);
    log(`making ${deals} deals`);
    const tenantIds = await open(addresses, TENANTS);
    const tenants = await fill(addresses.ownerUrl, tenantIds, deals);
    const [first] = tenants as [(typeof tenants)[number]];
    return { ...addresses, ...first, dealsOfTenant: deals / TENANTS, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function openBySql({ ownerUrl }: ServerAddresses, count: number): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const tenants = Array.from({ length: count }, () => uuidv7());
    await client.query(
      "INSERT INTO tenant (id, key, name) SELECT id, 't' || id, id FROM unnest($1::uuid[]) AS id",
      [tenants],
    );
    await client.query(
      "INSERT INTO pipeline (id, tenant_id, key, title) SELECT gen_random_uuid(), id, 'adtech', 'Board' FROM unnest($1::uuid[]) AS id",
      [tenants],
    );
    return tenants;
  } finally {
    await client.end();
  }
}

interface TenantPipeline {
  readonly tenantId: string;
  readonly pipelineId: string;
}

async function fill(
  ownerUrl: string,
  tenantIds: readonly string[],
  deals: number,
): Promise<readonly TenantPipeline[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: tenants } = await client.query<TenantPipeline>(
      'SELECT tenant_id AS "tenantId", id AS "pipelineId" FROM pipeline WHERE tenant_id = ANY ($1) AND key = \'adtech\' ORDER BY array_position($1, tenant_id)',
      [tenantIds],
    );
    const stages = [...adtech.stages, ...(adtech.endings ?? [])].map(({ key }) => key);
    const gates = JSON.stringify(Object.fromEntries(adtech.gates.map(({ key }) => [key, true])));
    const state = { ended: false, openRuns: [], transitionCount: 3, gateChangeCount: 5 };
    await client.query(
      `INSERT INTO deal (id, tenant_id, pipeline_id, pipeline_version, name, stage, stage_started_at, business_stage, gates,
         domain_stages, amount, currency, owner_id, sla_due_at, state, published, created_at)
       SELECT gen_random_uuid(), ($1::uuid[])[1 + n % $3], ($2::uuid[])[1 + n % $3], 1, 'Deal ' || n,
         ($4::text[])[1 + (n / $3) % cardinality($4::text[])], now() - (($5::int - n) || ' seconds')::interval, 'Business stage', $6::jsonb,
         '{"crm": "new", "mediapush": "in_planning"}', n * 100, 'EUR', 'owner-' || n % 50,
         CASE WHEN n % 3 = 0 THEN now() + (n || ' seconds')::interval END, $7::jsonb, '{}', now()
       FROM generate_series(0, $5::int - 1) n`,
      [
        tenants.map(({ tenantId }) => tenantId),
        tenants.map(({ pipelineId }) => pipelineId),
        TENANTS,
        stages,
        deals,
        gates,
        JSON.stringify(state),
      ],
    );
    await client.query(
      `INSERT INTO stage_counter (tenant_id, pipeline_id, stage, business_stage, currency, deals, amount)
       SELECT tenant_id, pipeline_id, stage, business_stage, currency, count(*), sum(amount) FROM deal GROUP BY 1, 2, 3, 4, 5`,
    );
    await client.query('VACUUM ANALYZE deal');
    await client.query('VACUUM ANALYZE stage_counter');
    await client.query('CHECKPOINT');
    return tenants;
  } finally {
    await client.end();
  }
}
