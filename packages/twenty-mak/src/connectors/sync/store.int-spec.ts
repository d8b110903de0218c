import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { StoreOnPostgres } from '../../../test/sync-simulation/postgres-store.ts';
import { ONCE_BROKEN, simulate } from '../../../test/sync-simulation/simulate.ts';
import { Database } from '../../platform/database/index.ts';

/*
 * The stories of the engine with the real rows in place of their model. The same seeds are told on the model in
 * `engine.spec.ts`, thousands of them; here are enough to see that the statements keep the same promises.
 */
const SEEDS = 40;
const FIRST = Math.floor(Math.random() * 1e9);
const STORIES = [...ONCE_BROKEN, ...Array.from({ length: SEEDS }, (_, index) => FIRST + index)];

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createDatabase();
  const addresses = { PG_APP_URL: place.appUrl, PG_SCAN_URL: place.scanUrl, PG_POOL_SIZE: 4 };
  database = await Database.connect(addresses, []);
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

async function tenantWithConnector(): Promise<string> {
  const id = randomUUID();
  await place.query('INSERT INTO tenant (id, key, name) VALUES ($1, $2, $2)', [id, `t${id}`]);
  await place.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
     VALUES ($1, 'twenty', 'running', '{}', '{deal}')`,
    [id],
  );
  return id;
}

describe('the sync engine on PostgreSQL', () => {
  it(`keeps its promises in ${STORIES.length} stories`, { timeout: 400_000 }, async () => {
    const sum: Record<string, number> = {};
    for (const seed of STORIES) {
      const tenantId = await tenantWithConnector();
      const { broken, counts } = await simulate(
        seed,
        [],
        (world) => new StoreOnPostgres(world, database, tenantId),
      );
      expect({ seed, broken }).toEqual({ seed, broken: [] });
      for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
    }
    expect(Math.min(...Object.values(sum))).toBeGreaterThan(10);
  });
});
