import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { waitsForLocks } from '../../../test/support/database.ts';
import { Database } from '../database/index.ts';
import { writeOutbox } from '../outbox/index.ts';
import { lockTenant } from '../tenancy/index.ts';

interface Created {
  readonly id: string;
  readonly secret: string;
  readonly code?: string;
}

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
});
beforeEach(async () => {
  tenant = await mak.createTenant();
});
afterAll(() => mak.close());

const create = (idempotencyKey: string, name = 'A key', apiKey = tenant.apiKey) =>
  mak.call<Created>('/v1/api-clients', {
    key: apiKey,
    body: { name, scopes: ['deals:read', 'api-clients:manage'] },
    headers: { 'idempotency-key': idempotencyKey },
  });

const keysNamed = (name: string) =>
  mak.database.query('SELECT id FROM api_client WHERE tenant_id = $1 AND name = $2', [
    tenant.id,
    name,
  ]);

describe('a POST with an Idempotency-Key', () => {
  it('is done once, and a repeat gets the same answer with the same secret', async () => {
    const key = randomUUID();
    const first = await create(key);
    const second = await create(key);
    expect(first.status).toBe(201);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await keysNamed('A key')).toHaveLength(1);
    expect((await mak.call('/v1/tenant', { key: second.body.secret })).status).toBe(200);
  });

  it('is refused when the key was used for another request', async () => {
    const key = randomUUID();
    await create(key);
    expect(await create(key, 'Another')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_mismatch' },
    });
    expect(await keysNamed('Another')).toHaveLength(0);
  });

  it('is done once when twelve arrive together', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await keysNamed('A key')).toHaveLength(1);
  });

  it('waits for the first one and gives up with 409', { timeout: 15_000 }, async () => {
    const key = randomUUID();
    const database = mak.app.get(Database);
    const me = await keysNamed('First key');
    const { id } = me[0] as { id: string };
    await database.within({ tenantId: tenant.id }, async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [
        `${tenant.id} client:${id} ${key}`,
      ]);
      expect(await create(key)).toMatchObject({
        status: 409,
        body: { code: 'idempotency_in_progress' },
      });
    });
  });

  it('leaves nothing when it fails in the middle, and can be repeated', async () => {
    const key = randomUUID();
    await mak.database.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'`,
    );
    await mak.database.query(
      'CREATE TRIGGER fail BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION fail()',
    );
    const failed = await create(key);
    await mak.database.query('DROP FUNCTION fail CASCADE');
    expect(failed.status).toBe(500);
    expect(await keysNamed('A key')).toHaveLength(0);
    expect((await create(key)).status).toBe(201);
    expect(await keysNamed('A key')).toHaveLength(1);
  });

  it('that was refused is judged anew', async () => {
    const key = randomUUID();
    expect((await create(key, ' ')).status).toBe(422);
    expect((await create(key, 'Better')).status).toBe(201);
  });

  it('stands apart from those of other clients and other tenants', async () => {
    const key = randomUUID();
    const first = await create(key);
    const other = await create(key, 'A key', first.body.secret);
    const foreign = await create(key, 'A key', (await mak.createTenant()).apiKey);
    expect(new Set([first.body.id, other.body.id, foreign.body.id]).size).toBe(3);
  });

  it('keeps the secret of the answer encrypted', async () => {
    const { body } = await create(randomUUID());
    const rows = await mak.database.query<{ sealed_answer: Buffer }>(
      'SELECT sealed_answer FROM idempotency_key WHERE tenant_id = $1',
      [tenant.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.sealed_answer.toString('latin1')).not.toContain(body.secret);
  });

  it.each(['', 'a b', 'clé', 'x'.repeat(201)])('refuses the key %j', async (key) => {
    expect(await create(key)).toMatchObject({
      status: 422,
      body: { code: 'invalid_idempotency_key' },
    });
    expect(await keysNamed('A key')).toHaveLength(0);
  });

  it('makes one deal, with its event and its counters', async () => {
    const key = randomUUID();
    const { apiKey, id } = await mak.createTenant({ pipelines: ['credit'] });
    const make = () =>
      mak.call<Created>('/v1/deals', {
        key: apiKey,
        body: { name: 'Once', pipeline: 'credit' },
        headers: { 'idempotency-key': key },
      });
    const answers = await Promise.all(Array.from({ length: 6 }, make));
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    for (const table of ['deal', 'event']) {
      const rows = await mak.database.query(`SELECT 1 FROM ${table} WHERE tenant_id = $1`, [id]);
      expect(rows, table).toHaveLength(1);
    }
    const counted = await mak.database.query(
      'SELECT deals FROM stage_counter WHERE tenant_id = $1',
      [id],
    );
    expect(counted.map(({ deals }: { deals?: string }) => Number(deals))).toEqual([1]);
  });

  it('takes its place in the outbox after the writers before it', async () => {
    const { apiKey, id: tenantId } = await mak.createTenant({ pipelines: ['credit'] });
    const { body: deal } = await mak.call<Created>('/v1/deals', {
      key: apiKey,
      body: { name: 'Twice changed', pipeline: 'credit', owner_id: 'first' },
    });
    const database = mak.app.get(Database);
    let waiting: Promise<unknown> = Promise.resolve();
    await database.within({ tenantId }, async (transaction) => {
      await lockTenant(transaction, tenantId);
      const body = { name: 'Another', pipeline: 'credit' };
      const headers = { 'idempotency-key': randomUUID() };
      waiting = mak.call('/v1/deals', { key: apiKey, body, headers });
      await expect.poll(() => waitsForLocks(transaction, 'advisory')).toHaveLength(1);
      writeOutbox(transaction, tenantId, [
        {
          type: 'masterdeal.offer.approved',
          occurredAt: 0,
          causationId: null,
          correlationId: null,
          dealId: deal.id,
          dealVersion: 2,
          data: {},
        },
      ]);
    });
    await waiting;
    const rows = await mak.database.query<{ type: string }>(
      'SELECT type FROM outbox WHERE tenant_id = $1 ORDER BY tx, position',
      [tenantId],
    );
    const types = rows.map(({ type }) => type);
    expect(types.lastIndexOf('masterdeal.created')).toBeGreaterThan(
      types.indexOf('masterdeal.offer.approved'),
    );
  });

  it('makes one tenant for the operator', async () => {
    const key = randomUUID();
    const make = () =>
      mak.call<{ tenant: { id: string }; api_key: { secret: string } }>('/v1/tenants', {
        key: mak.operatorKey,
        body: { key: `once-${key.slice(0, 8)}`, name: 'Once' },
        headers: { 'idempotency-key': key },
      });
    const [first, second] = [await make(), await make()];
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect((await mak.call('/v1/tenant', { key: second.body.api_key.secret })).status).toBe(200);
  });
});

describe('without the header', () => {
  it('two requests are two', async () => {
    for (let time = 0; time < 2; time += 1) {
      await mak.call('/v1/api-clients', {
        key: tenant.apiKey,
        body: { name: 'Twin', scopes: ['deals:read'] },
      });
    }
    expect(await keysNamed('Twin')).toHaveLength(2);
  });
});
