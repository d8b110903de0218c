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
  readonly tenantId: string;
  readonly pipelineId: string;
  readonly dealsOfTenant: number;
  drop(): Promise<void>;
}

/** Tenants among which the deals are divided evenly; the board is that of one of them. */
const TENANTS = 4;

/**
 * A migrated database of its own with `deals` deals made by SQL, evenly over tenants and stages, in the order in which
 * they would have come: tenants and stages interleaved. Vacuumed and analyzed.
 */
export async function makeBoardDatabase(
  server: ServerAddresses,
  { deals, log }: { deals: number; log: (text: string) => void },
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
    const tenants = Array.from({ length: TENANTS }, () => ({
      tenantId: uuidv7(),
      pipelineId: uuidv7(),
    }));
    await fill(addresses.ownerUrl, tenants, deals);
    const [first] = tenants as [(typeof tenants)[number]];
    return { ...addresses, ...first, dealsOfTenant: deals / TENANTS, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function fill(
  ownerUrl: string,
  tenants: readonly { tenantId: string; pipelineId: string }[],
  deals: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const { tenantId, pipelineId } of tenants) {
      await client.query('INSERT INTO tenant (id, key, name) VALUES ($1, $2, $2)', [
        tenantId,
        `t${tenantId}`,
      ]);
      await client.query(
        "INSERT INTO pipeline (id, tenant_id, key, title) VALUES ($1, $2, 'adtech', 'Board')",
        [pipelineId, tenantId],
      );
    }
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
  } finally {
    await client.end();
  }
}
