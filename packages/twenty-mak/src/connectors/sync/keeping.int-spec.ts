import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, waitsForLocks } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { Bus } from '../../platform/outbox/index.ts';
import { feedSql } from '../../platform/records/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import {
  deleteConnector,
  dropDeadLetters,
  replayDeadLetters,
  saveConnector,
} from './connectors.repository.ts';
import { SyncInbox } from './inbox.ts';
import { unpark } from './keeping.ts';
import { mark } from './marks.ts';
import { RemoteFailure } from './ports.ts';
import type { Work } from './ports.ts';
import { PostgresStore } from './store.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { untouched } from './work-done.ts';

/* Messages and workers lock what waits in the order of its keys. So must who changes many of these rows at once. */
let at: TestDatabase;
let database: Database;

beforeAll(async () => {
  at = await createDatabase();
  // Rows come as they lie in the table, as they may in a large one.
  for (const scan of ['indexscan', 'bitmapscan'])
    await at.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET enable_${scan} TO off', current_database()); END $$`,
    );
  const addresses = { PG_APP_URL: at.appUrl, PG_SCAN_URL: at.scanUrl, PG_POOL_SIZE: 4 };
  database = await Database.connect(addresses, []);
});
afterAll(async () => {
  await database.close();
  await at.drop();
});

const NOTHING_IS_SYNCED = {
  settings: {},
  secrets: null,
  entities: [],
  whole: [],
  matrix: {},
  budget: null,
  pollSeconds: 60,
  stageTables: {},
  chosen: {},
  dryRun: true,
};

/** Two records that wait, the last of which was the first in the table. */
async function waiting(columns: string): Promise<SyncPlace> {
  const tenantId = randomUUID();
  await at.query('INSERT INTO tenant (id, key, name) VALUES ($1, $2, $2)', [
    tenantId,
    `t${tenantId}`,
  ]);
  await at.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
     VALUES ($1, 'outer', 'running', '{}', '{deal}')`,
    [tenantId],
  );
  for (const key of ['b', 'a'])
    await at.query(
      `INSERT INTO sync_pending (tenant_id, connector, entity, key, remote_id, urgency, mak_heard_at, remote_heard_at, remote_touched,
         since, attempts, due_at, lease, dead_at)
       SELECT $1, 'outer', 'deal', 'remote:' || $2, $2, 1, '{}', '{}', true, now(), 1, ${columns}`,
      [tenantId, key],
    );
  return { tenantId, connector: 'outer' };
}

const LEASE = randomUUID();
const LATER = "now() + interval '1 hour', NULL, NULL";
const PARKED = "'infinity', NULL, NULL";
const LEASED = `now() + interval '1 hour', '${LEASE}'::uuid, NULL`;
const DEAD = 'now(), NULL, now()';

const within =
  (work: (tx: Transaction, place: SyncPlace) => Promise<unknown>) =>
  (place: SyncPlace): Promise<unknown> =>
    database.within(place, (tx) => work(tx, place));

function leased(key: string): Work {
  const pending = { urgency: 'system', generation: 1, attempts: 1, dueAt: 0 } as const;
  return {
    lease: LEASE,
    key: `remote:${key}`,
    localId: null,
    remoteId: key,
    agreed: {},
    sent: {},
    pending: { ...pending, heardAt: { mak: {}, remote: {} }, remoteTouched: true },
  };
}

describe('many waiting records', () => {
  it.each<[string, string, (place: SyncPlace) => Promise<unknown>]>([
    ['wake', LATER, (place) => new PostgresStore(database, place).wake()],
    ['are unparked', PARKED, within(async (tx, place) => unpark(tx, place))],
    [
      'are given back',
      LEASED,
      (place) =>
        new PostgresStore(database, place).giveBack(
          'deal',
          ['b', 'a'].map(leased),
          new RemoteFailure('unavailable', 'Away.'),
        ),
    ],
    ['are replayed', DEAD, within((tx, place) => replayDeadLetters(tx, place, null))],
    ['are dropped', DEAD, within((tx, place) => dropDeadLetters(tx, place, null))],
    [
      'are not synced any more',
      LATER,
      within((tx, place) => saveConnector(tx, place, NOTHING_IS_SYNCED)),
    ],
    ['go with the connector', LATER, within(deleteConnector)],
  ])('%s while messages tell of them', async (_, columns, change) => {
    const place = await waiting(columns);
    let changed: Promise<string> = Promise.resolve('not begun');
    const told = end(
      database.within(place, async (tx) => {
        const hear = (remoteId: string) =>
          mark(
            tx,
            { ...place, entity: 'deal' },
            [{ remoteId, localId: null, fields: [] }],
            'system',
          );
        await hear('a');
        changed = end(change(place));
        await expect.poll(() => waitsForLocks(at, 'transactionid')).toHaveLength(1);
        await hear('b');
      }),
    );
    expect([await told, await changed]).toEqual(['done', 'done']);
  });
});

describe('what was sent and not answered', () => {
  it('is forgotten once what stands there is agreed on: a person may write the same again', async () => {
    const place = await waiting(LEASED);
    const { tenantId } = place;
    await at.query(`UPDATE sync_pending SET sent = '{"name": "1"}' WHERE tenant_id = $1`, [
      tenantId,
    ]);
    const agreed = { name: { mak: '2', remote: '2' } };
    const done = { ...untouched(leased('a')), localId: 'mine', remoteId: 'a', agreed };
    await new PostgresStore(database, place).link('deal', [done]);
    const rows = await at.query(
      'SELECT key, sent FROM sync_pending WHERE tenant_id = $1 ORDER BY key',
      [tenantId],
    );
    expect(rows).toEqual([
      { key: 'remote:a', sent: {} },
      { key: 'remote:b', sent: { name: '1' } },
    ]);
  });
});

describe('records of several kinds', () => {
  it('are told of to several connectors while others tell of one kind after the other', async () => {
    const place = await waiting(LATER);
    const { tenantId } = place;
    await at.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
       SELECT $1, connector, 'running', '{}', '{company,deal}' FROM unnest('{first,second}'::text[]) AS connector`,
      [tenantId],
    );
    const tell = (tx: Transaction, kinds: string) =>
      tx.execute(
        feedSql(
          `SELECT kind AS entity, 'one' AS id, 1::smallint AS urgency, '*' AS fields FROM unnest($2::text[]) AS kind`,
        ),
        [tenantId, kinds],
      );
    let told: Promise<string> = Promise.resolve('not begun');
    const hears = end(
      database.within(place, async (tx) => {
        const company = { tenantId, connector: 'second', entity: 'company' };
        await mark(tx, company, [{ remoteId: 'r', localId: 'one', fields: [] }], 'system');
        told = end(database.within(place, (other) => tell(other, '{deal,company}')));
        await expect.poll(() => waitsForLocks(at, 'transactionid')).toHaveLength(1);
        await tell(tx, '{deal}');
      }),
    );
    expect([await hears, await told]).toEqual(['done', 'done']);
  });
});

describe('messages', () => {
  it.each([
    ['of two kinds', ['deal', 'b', 'system'], ['company', 'a', 'system']],
    ['of two urgencies', ['deal', 'b', 'system'], ['deal', 'a', 'person']],
  ] as const)('%s are read while others tell of them in their order', async (_, first, second) => {
    const place = await waiting(LATER);
    const { tenantId } = place;
    await at.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
       VALUES ($1, 'third', 'running', '{}', '{company,deal}')`,
      [tenantId],
    );
    const recordOf = ([entity, id, urgency]: typeof first | typeof second) => ({
      ...{ entity, urgency, remoteId: `r-${id}`, localId: id, fields: [] },
    });
    const tell = (tx: Transaction, entity: string, localId: string) =>
      mark(
        tx,
        { tenantId, connector: 'third', entity },
        [{ remoteId: `r-${localId}`, localId, fields: [] }],
        'system',
      );
    const inbox = new SyncInbox(
      database,
      { ring: () => undefined } as unknown as Bus,
      new ConnectorRegistry(undefined as never),
    );
    let read: Promise<string> = Promise.resolve('not begun');
    const told = end(
      database.within(place, async (tx) => {
        await tell(tx, second[0], second[1]);
        read = end(
          database.together(place, () =>
            inbox.heardAll(tenantId, 'third', [recordOf(first), recordOf(second)]),
          ),
        );
        await expect.poll(() => waitsForLocks(at, 'transactionid')).toHaveLength(1);
        await tell(tx, first[0], first[1]);
      }),
    );
    expect([await told, await read]).toEqual(['done', 'done']);
    expect(
      await at.query(
        `SELECT entity, key, urgency FROM sync_pending WHERE tenant_id = $1 AND connector = 'third' ORDER BY urgency, entity`,
        [tenantId],
      ),
    ).toMatchObject({ length: 2 });
  });
});

const end = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );
