import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { StoreOnPostgres } from '../../../test/sync-simulation/postgres-store.ts';
import { ONCE_BROKEN, simulate } from '../../../test/sync-simulation/simulate.ts';
import { Database } from '../../platform/database/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { ConnectorSettings } from './connector-settings.ts';
import { PostgresStore } from './store.ts';
import { FIND_CONNECTORS, FIND_PEOPLE, FIND_WAITING } from './sync.scan.ts';

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

describe('what waits of a kind that the other system does not have for now', () => {
  const CONNECTOR = 'absent-kinds';
  let tenantId: string;

  beforeEach(async () => {
    tenantId = randomUUID();
    await place.query('INSERT INTO tenant (id, key, name) VALUES ($1, $2, $2)', [
      tenantId,
      `t${tenantId}`,
    ]);
    await place.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities, absent, poll_at)
       VALUES ($1, $2, 'running', '{}', '{deal,order}', '{"deal": "Leads are not enabled."}', now() + interval '1 hour')`,
      [tenantId, CONNECTOR],
    );
    return () => place.query('DELETE FROM sync_connector WHERE connector = $1', [CONNECTOR]);
  });

  /** An hour late; put off for the same time if an attempt failed. */
  const wait = (entity: string, urgency: number, isPutOff = false) =>
    place.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, local_id, urgency, mak_heard_at, remote_heard_at, remote_touched,
         attempts, since, due_at)
       VALUES ($1, $2, $3, $4, $4, $5, '{}', '{}', false, $6, now() - interval '1 hour',
         now() + $7 * interval '1 hour')`,
      [tenantId, CONNECTOR, entity, randomUUID(), urgency, isPutOff ? 1 : 0, isPutOff ? 1 : -1],
    );

  it('is neither due nor late, other kinds are', async () => {
    const seen = async () => {
      const [people] = await database.scan(FIND_PEOPLE, [[CONNECTOR]]);
      const [rest] = await database.scan<{ due: boolean }>(FIND_CONNECTORS, [[CONNECTOR]]);
      const [figures] = await database.scan<{ pending: number; lag: number }>(FIND_WAITING, [
        [CONNECTOR],
      ]);
      const { pending, lag } = figures ?? { pending: 0, lag: 0 };
      return { people: people !== undefined, rest: rest?.due, pending, isLate: lag >= 3_600 };
    };
    for (const urgency of [0, 1]) await wait('deal', urgency);
    expect(await seen()).toEqual({ people: false, rest: false, pending: 2, isLate: false });
    for (const urgency of [0, 1]) await wait('order', urgency);
    expect(await seen()).toEqual({ people: true, rest: true, pending: 4, isLate: true });
  });

  it('lets the other system be asked as often as ever, as does what is parked; much that can be worked on does not', async () => {
    const MANY = 2_000;
    const many = (entity: string, dueAt: string) =>
      place.query(
        `INSERT INTO sync_pending (tenant_id, connector, entity, key, urgency, mak_heard_at, remote_heard_at, remote_touched,
           since, due_at)
         SELECT $1, $2, $3, gen_random_uuid(), 1, '{}', '{}', false, now(), $4::timestamptz
         FROM generate_series(1, ${MANY})`,
        [tenantId, CONNECTOR, entity, dueAt],
      );
    const settings = new ConnectorSettings(
      database,
      new SecretBox({ MAK_SECRET_KEY: 'a key of at least thirty-two characters' }),
    );
    const nextAfter = async (): Promise<number> => {
      await place.query('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1', [
        tenantId,
      ]);
      expect(await settings.claimPoll({ tenantId, connector: CONNECTOR })).not.toBeNull();
      const [next] = await place.query<{ seconds: number }>(
        'SELECT extract(epoch FROM poll_at - now())::float8 AS seconds FROM sync_connector WHERE tenant_id = $1',
        [tenantId],
      );
      return Math.ceil((next?.seconds ?? 0) / 60);
    };
    await many('deal', 'now');
    await many('order', 'infinity');
    expect(await nextAfter()).toBe(1);
    await many('order', 'now');
    expect(await nextAfter()).toBe(5);
  });

  it('is woken alone when the kind is there again', async () => {
    for (const entity of ['deal', 'order']) await wait(entity, 1, true);
    const due = () =>
      place.query(
        'SELECT entity FROM sync_pending WHERE tenant_id = $1 AND due_at <= now() ORDER BY entity',
        [tenantId],
      );
    const store = new PostgresStore(database, { tenantId, connector: CONNECTOR });
    await store.wake('deal');
    expect(await due()).toEqual([{ entity: 'deal' }]);
    await store.wake();
    expect(await due()).toEqual([{ entity: 'deal' }, { entity: 'order' }]);
  });
});
