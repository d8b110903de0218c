import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { entities } from '../../../entities.ts';
import { SnakeNaming } from '../naming.ts';
import { ApiClients1700000000004 } from './0004-api-clients.ts';
import { OrderComments1700000000045 } from './0045-order-comments.ts';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createDatabase();
  source = new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    entities: [...entities],
    namingStrategy: new SnakeNaming(),
  });
  await source.initialize();
});
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

/** What TypeORM would do to make the tables those of the entities, and cannot know better. */
const EXPECTED: readonly (readonly [reason: string, statement: RegExp])[] = [
  [
    'entities name ids of other tables, not relations, so TypeORM would drop foreign keys',
    /^ALTER TABLE "\w+" DROP CONSTRAINT "\w+_fkey"$/,
  ],
  [
    'it cannot describe indexes of another method, of an expression or with an operator class',
    /^DROP INDEX "public"\."(deal_search_text|account_email|deal_board|client_same_name)"$/,
  ],
  [
    'PostgreSQL writes these defaults in other words: (a::text)::bigint',
    /^ALTER TABLE "outbox" ALTER COLUMN "tx" SET DEFAULT \(\(pg_\w+\(.*\)\)::text\)::bigint$/,
  ],
  [
    'the one relation of an entity has its foreign key under a name that PostgreSQL gave',
    /^ALTER TABLE "webhook_delivery" ADD CONSTRAINT "FK_\w+" FOREIGN KEY \("subscription_id"\)/,
  ],
];

describe('migrations', () => {
  it('make the tables of the entities', async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    const unexpected = upQueries
      .map(({ query }) => query)
      .filter((query) => !EXPECTED.some(([, statement]) => statement.test(query)));
    expect(unexpected).toEqual([]);
  });

  it('make no table that has no entity', async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const known = new Set(source.entityMetadatas.map(({ tableName }) => tableName));
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual(['migrations']);
  });

  it('guard every table that has a tenant by forced row-level security', async () => {
    const rows = await database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it('rename the scope and the audit entries of API clients of an earlier version', async () => {
    const tenant = randomUUID();
    const look = () =>
      database.query(
        `SELECT scopes, (SELECT array_agg(action ORDER BY action) FROM audit_entry WHERE tenant_id = $1) AS actions
         FROM api_client WHERE tenant_id = $1`,
        [tenant],
      );
    await database.query("INSERT INTO tenant (id, key, name) VALUES ($1, 'earlier', 'Earlier')", [
      tenant,
    ]);
    await database.query(
      `INSERT INTO api_client (id, tenant_id, name, kind, secret_hash, scopes)
       VALUES (gen_random_uuid(), $1, 'Key', 'api_key', 'hash', '{deals:read,clients:manage}')`,
      [tenant],
    );
    await database.query(
      `INSERT INTO audit_entry (id, tenant_id, actor_kind, actor_id, action, entity, detail)
       SELECT gen_random_uuid(), $1, 'operator', 'operator', entity || '.created', entity, '{}'
       FROM unnest(ARRAY['client', 'tenant']) AS entity`,
      [tenant],
    );
    const runner = source.createQueryRunner();
    try {
      const before = await look();
      await new ApiClients1700000000004().up(runner);
      expect(await look()).toEqual([
        {
          scopes: ['deals:read', 'api-clients:manage'],
          actions: ['api_client.created', 'tenant.created'],
        },
      ]);
      await new ApiClients1700000000004().down(runner);
      expect(await look()).toEqual(before);
    } finally {
      await runner.release();
    }
  });

  it('hide what buyers wrote from the journal of an earlier version, and empty it with who is erased', async () => {
    const tenant = randomUUID();
    await database.query("INSERT INTO tenant (id, key, name) VALUES ($1, 'buyers', 'Buyers')", [
      tenant,
    ]);
    for (const [entity, kind, detail] of [
      ['order', 'to_mak', { comment: 'Ring Anna', status: 'new' }],
      ['order', 'conflict', { field: 'comment', mak: 'Ring Anna', remote: null, winner: 'mak' }],
      ['order', 'conflict', { field: 'status', mak: 'new', remote: 'done', winner: 'mak' }],
      ['order', 'would_write', { to_mak: { comment: 'Ring Anna' } }],
      ['deal', 'to_mak', { name: 'A deal' }],
    ] as const)
      await database.query(
        `INSERT INTO sync_journal (id, tenant_id, connector, entity, local_id, kind, detail)
         VALUES (gen_random_uuid(), $1, 'keycrm', $2, 'o', $3, $4)`,
        [tenant, entity, kind, JSON.stringify(detail)],
      );
    for (const [name, erasedAt] of [
      ['Anna', 'now()'],
      ['Borys', 'NULL'],
    ] as const)
      await database.query(
        `WITH client AS (
           INSERT INTO client (id, tenant_id, kind, name) VALUES (gen_random_uuid(), $1, 'person', $2) RETURNING id
         ), named AS (
           INSERT INTO client_key (tenant_id, key, client_id) SELECT $1, $2, id FROM client
         ), key AS (
           INSERT INTO person_key (tenant_id, id, erased_at) VALUES ($1, gen_random_uuid(), ${erasedAt}) RETURNING id
         ), contact AS (
           INSERT INTO client_contact (tenant_id, id, client_id, seq, contact, key_id)
           SELECT $1, gen_random_uuid(), client.id, 0, '{}', key.id FROM client, key
         )
         INSERT INTO sales_order (id, tenant_id, number, client_id, status, currency, lines, discount, shipping_price,
           payments, total, paid, payment_status, comment, ordered_at)
         VALUES (gen_random_uuid(), $1, $2, $2, 'new', 'UAH', '[]', 0, 0,
           '[{"id": "p", "amount": 5, "description": "From a neighbour"}]', 0, 5, 'overpaid', 'Ring me', now())`,
        [tenant, name],
      );
    const runner = source.createQueryRunner();
    try {
      await new OrderComments1700000000045().up(runner);
    } finally {
      await runner.release();
    }
    expect(
      await database.query(
        `SELECT kind, detail FROM sync_journal WHERE tenant_id = $1 ORDER BY kind, detail ->> 'field', entity`,
        [tenant],
      ),
    ).toEqual([
      {
        kind: 'conflict',
        detail: { field: 'comment', mak: '•••', remote: null, winner: 'mak' },
      },
      { kind: 'conflict', detail: { field: 'status', mak: 'new', remote: 'done', winner: 'mak' } },
      { kind: 'to_mak', detail: { name: 'A deal' } },
      { kind: 'to_mak', detail: { comment: '•••', status: 'new' } },
    ]);
    const orders = await database.query(
      'SELECT number, comment, payments, version FROM sales_order WHERE tenant_id = $1 ORDER BY number',
      [tenant],
    );
    expect(orders).toMatchObject([
      { number: 'Anna', comment: null, payments: [{ amount: 5, description: null }], version: 2 },
      {
        number: 'Borys',
        comment: 'Ring me',
        payments: [{ description: 'From a neighbour' }],
        version: 1,
      },
    ]);
  });
});
