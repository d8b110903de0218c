import { randomUUID } from 'node:crypto';
import type { Json } from 'twenty-mak-domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { waitsForLocks } from '../../../test/support/database.ts';
import { OuterSystem, outerConnector } from '../../../test/support/outer-system.ts';
import { Database } from '../../platform/database/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { ConnectorRegistry, RemoteFailure } from './index.ts';
import { SyncRetention } from './sync.retention.ts';

/* Both sides changed the amount, MaK's version won by the rule, and an admin decides. */
let api: TestApp;
let worker: TestApp;
const systems = new Map<string, OuterSystem>();
let tenant: TestTenant;
let outer: OuterSystem;
let deal: string;

const OURS = { minor: 9, currency: 'EUR' };
const THEIRS = { minor: 7, currency: 'EUR' };

beforeAll(async () => {
  api = await startApp();
  const connector = outerConnector((tenantId) => systems.get(tenantId) ?? new OuterSystem());
  api.app.get(ConnectorRegistry).add(connector);
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
  worker.app.get(ConnectorRegistry).add(connector);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['adtech'] });
  outer = new OuterSystem();
  systems.set(tenant.id, outer);
  await put(0);
  const made = await api.call<{ id: string }>('/v1/deals', {
    ...key(),
    headers: { 'idempotency-key': randomUUID() },
    body: { name: 'Disputed', pipeline: 'adtech' },
  });
  deal = made.body.id;
  await settled();
});

interface Conflict {
  readonly id: string;
  readonly decision: string | null;
  readonly outdated: boolean;
  readonly code: string;
}
interface Answer extends Conflict {
  readonly items: readonly Conflict[];
  readonly next: string | null;
  readonly health: { readonly conflicts: number };
}

const key = (): { key: string } => ({ key: tenant.apiKey });
const call = (path: string, body?: object) =>
  api.call<Answer>(`/v1/connectors/outer${path}`, body === undefined ? key() : { ...key(), body });
const put = (version: number, body: object = {}) =>
  api.call<Answer>('/v1/connectors/outer', {
    ...key(),
    method: 'PUT',
    body: {
      version,
      settings: { address: 'https://outer.example' },
      secrets: { key: 'hidden' },
      poll_seconds: 5,
      entities: ['deal'],
      ...body,
    },
  });
const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

/** Nothing waits that could be worked on. */
const settled = () =>
  expect
    .poll(
      () =>
        rows(
          `SELECT key FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL
           UNION ALL SELECT 'resync' FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll' FROM sync_connector WHERE tenant_id = $1 AND poll_at < now()`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([]);

const there = (): unknown => outer.of(deal)?.values['amount'];
const here = () =>
  rows<{ amount: number }>(`SELECT amount::int FROM deal WHERE tenant_id = $1 AND id = '${deal}'`);
const remoteId = (): string => outer.of(deal)?.remoteId ?? '';

async function editHere(minor: number): Promise<void> {
  const { body } = await api.call<{ version: number }>(`/v1/deals/${deal}`, key());
  const change = { version: body.version, amount: minor, currency: 'EUR' };
  const { status } = await api.call(`/v1/deals/${deal}`, {
    ...key(),
    method: 'PATCH',
    body: change,
  });
  expect(status).toBe(200);
}

/** Both sides change the amount while nobody looks; gives the conflict. */
async function clash(ours = OURS.minor, theirs: Json = THEIRS): Promise<Conflict> {
  await rows("UPDATE sync_connector SET state = 'paused' WHERE tenant_id = $1");
  outer.edit(remoteId(), { amount: theirs });
  await editHere(ours);
  await rows("UPDATE sync_connector SET state = 'running', poll_at = now() WHERE tenant_id = $1");
  await expect
    .poll(async () => (await call('/conflicts?open=true')).body.items.length)
    .toBeGreaterThan(0);
  await settled();
  const [conflict] = (await call('/conflicts?limit=1')).body.items;
  if (conflict === undefined) throw new Error('there is no conflict');
  return conflict;
}

const decide = (id: string, winner: string) => call(`/conflicts/${id}/decide`, { winner });

describe('a conflict on a critical field', () => {
  it('is listed with both versions, and can be let stand', async () => {
    const conflict = await clash();
    expect(conflict).toEqual({
      id: conflict.id,
      entity: 'deal',
      local_id: deal,
      remote_id: remoteId(),
      field: 'amount',
      kept: true,
      mak: OURS,
      remote: THEIRS,
      winner: 'mak',
      at: expect.any(String),
      outdated: false,
      decided_at: null,
      decided_by: null,
      decision: null,
    });
    expect((await call('')).body.health.conflicts).toBe(1);
    const { writes } = outer;
    const { status, body } = await decide(conflict.id, 'mak');
    expect(status).toBe(200);
    expect(body).toMatchObject({ decision: 'mak', decided_at: expect.any(String) });
    await settled();
    expect(outer.writes).toBe(writes);
    expect((await call('')).body.health.conflicts).toBe(0);
    expect((await call('/conflicts?open=true')).body.items).toEqual([]);
    expect((await decide(conflict.id, 'remote')).body).toMatchObject({ code: 'conflict_decided' });
    expect(there()).toEqual(OURS);
  });

  it('gives both sides the other version when an admin says so, which is audited', async () => {
    const conflict = await clash();
    expect((await decide(conflict.id, 'remote')).body).toMatchObject({ decision: 'remote' });
    await settled();
    expect(await here()).toEqual([{ amount: THEIRS.minor }]);
    expect(there()).toEqual(THEIRS);
    // The decision is no conflict of its own.
    expect((await call('/conflicts')).body.items).toHaveLength(1);
    const audit = await rows<{ detail: object }>(
      "SELECT detail FROM audit_entry WHERE tenant_id = $1 AND action = 'connector.conflict_decided'",
    );
    const detail = { conflict: conflict.id, entity: 'deal', record: deal };
    expect(audit).toEqual([{ detail: { ...detail, field: 'amount', winner: 'remote' } }]);
  });

  it('is outdated when somebody has changed the field since, and nothing is written', async () => {
    const first = await clash();
    await editHere(11);
    const { status, body } = await decide(first.id, 'remote');
    expect([status, body.code]).toEqual([409, 'conflict_outdated']);
    await settled();
    expect([await here(), there()]).toEqual([[{ amount: 11 }], { ...OURS, minor: 11 }]);
    expect((await call('/conflicts')).body.items).toMatchObject([
      { id: first.id, outdated: true, decision: null },
    ]);
    expect((await call('')).body.health.conflicts).toBe(0);
    expect((await call('/conflicts?open=true')).body.items).toEqual([]);
    // To let it stand changes nothing.
    expect((await decide(first.id, 'mak')).status).toBe(200);
  });

  it('never writes over an edit there that nobody has read', async () => {
    const conflict = await clash();
    await rows("UPDATE sync_connector SET state = 'paused' WHERE tenant_id = $1");
    outer.edit(remoteId(), { amount: { ...THEIRS, minor: 100 } });
    expect((await decide(conflict.id, 'remote')).status).toBe(200);
    await rows("UPDATE sync_connector SET state = 'running' WHERE tenant_id = $1");
    await settled();
    const [newest] = (await call('/conflicts')).body.items;
    expect(newest).toMatchObject({ mak: THEIRS, remote: { ...THEIRS, minor: 100 }, winner: 'mak' });
  });

  it('can be given the version that a side kept because it refused the other', async () => {
    await put(1, {
      matrix: {
        deal: [{ field: 'amount', direction: 'both', priority: 'remote', critical: true }],
      },
    });
    await settled();
    const conflict = await clash(OURS.minor, { minor: 7.5, currency: 'EUR' });
    expect(conflict).toMatchObject({ winner: 'remote' });
    expect([await here(), there()]).toEqual([[{ amount: 9 }], { minor: 7.5, currency: 'EUR' }]);
    expect((await decide(conflict.id, 'mak')).status).toBe(200);
    await settled();
    expect(there()).toEqual(OURS);
  });

  describe('while a worker has the record', () => {
    let release: () => void;

    /** A conflict that the other system won, for MaK refused its version. A worker then reads the record, and hangs. */
    async function heldConflict(edit: () => void | Promise<void>): Promise<Conflict> {
      const amount = { field: 'amount', direction: 'both', priority: 'remote', critical: true };
      await put(1, { matrix: { deal: [amount] } });
      await settled();
      const conflict = await clash(OURS.minor, { minor: 7.5, currency: 'EUR' });
      const { promise, resolve } = Promise.withResolvers<void>();
      outer.reading = promise;
      release = resolve;
      await edit();
      await rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');
      await expect
        .poll(() => rows('SELECT FROM sync_pending WHERE tenant_id = $1 AND lease IS NOT NULL'))
        .toHaveLength(1);
      return conflict;
    }

    afterEach(() => release());

    it('is decided all the same', async () => {
      const conflict = await heldConflict(() => outer.edit(remoteId(), { name: 'Renamed there' }));
      expect((await decide(conflict.id, 'mak')).status).toBe(200);
      release();
      await settled();
      expect(there()).toEqual(OURS);
      const deals = await rows('SELECT name, amount::int FROM deal WHERE tenant_id = $1');
      expect(deals).toEqual([{ name: 'Renamed there', amount: OURS.minor }]);
    });

    it('meets an edit there that the worker has read as a conflict of its own', async () => {
      const theirs = { ...THEIRS, minor: 5 };
      const conflict = await heldConflict(() => outer.edit(remoteId(), { amount: theirs }));
      expect((await decide(conflict.id, 'mak')).status).toBe(200);
      release();
      await settled();
      expect((await call('/conflicts')).body.items).toMatchObject([
        { mak: OURS, remote: theirs, winner: 'remote', decision: null },
        { id: conflict.id, decision: 'mak' },
      ]);
    });
  });

  it('is decided while others change the settings, and nobody waits for ever', async () => {
    const conflict = await clash();
    const changes = Array.from({ length: 12 }, () => [
      decide(conflict.id, 'mak'),
      call('/resync', {}),
      put(1),
      call('/conflicts'),
    ]);
    const answers = await Promise.all(changes.flat());
    const codes = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`);
    expect([...new Set(codes)].toSorted()).toEqual([
      '200 ',
      '409 conflict_decided',
      '409 stale_version',
    ]);
    await settled();
  });

  it('takes its number in the turn of the tenant, for the outbox is read by these', async () => {
    const conflict = await clash();
    let deciding: Promise<unknown> = Promise.resolve();
    const before = await api.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
      await lockTenant(tx, tenant.id);
      deciding = decide(conflict.id, 'remote');
      await expect.poll(() => waitsForLocks(tx, 'advisory')).toHaveLength(1);
      const [own] = await tx.query<{ number: number }>(
        'SELECT pg_current_xact_id()::text::bigint AS number',
      );
      return own?.number ?? 0;
    });
    await deciding;
    const [decision] = await rows<{ number: string }>(
      `SELECT xmin::text AS number FROM audit_entry
       WHERE tenant_id = $1 AND action = 'connector.conflict_decided'`,
    );
    expect(Number(decision?.number)).toBeGreaterThan(before);
  });

  it('is not decided against a rule that would put the version right again', async () => {
    const conflict = await clash();
    await put(1, {
      matrix: { deal: [{ field: 'amount', direction: 'out', priority: 'mak', critical: false }] },
    });
    const { status, body } = await decide(conflict.id, 'remote');
    expect([status, body.code]).toEqual([422, 'conflict_one_way']);
  });

  it('is not there for who asks for another, or names no side', async () => {
    expect((await decide(randomUUID(), 'mak')).status).toBe(404);
    expect((await decide(randomUUID(), 'nobody')).status).toBe(422);
    expect((await decide('no-id', 'mak')).status).toBe(422);
  });

  it('is forgotten with the journal', async () => {
    const conflict = await clash();
    const age = (days: number) =>
      rows(`UPDATE sync_conflict SET at = now() - interval '${days} days' WHERE tenant_id = $1`);
    const clean = () =>
      worker.app.get(SyncRetention).handle({ tenantId: tenant.id }, new AbortController().signal);
    await age(89);
    await clean();
    expect((await call('/conflicts')).body.items).toMatchObject([{ id: conflict.id }]);
    await age(91);
    await clean();
    expect((await call('/conflicts')).body.items).toEqual([]);
  });

  it('is forgotten with the journal also after the connector was disconnected', async () => {
    await clash();
    expect((await api.call('/v1/connectors/outer', { ...key(), method: 'DELETE' })).status).toBe(
      204,
    );
    const retention = worker.app.get(SyncRetention);
    const isFound = async (): Promise<boolean> =>
      (await retention.find()).some(({ tenantId }) => tenantId === tenant.id);
    const kept = () =>
      rows<{ name: string }>(
        `SELECT 'conflict' AS name FROM sync_conflict WHERE tenant_id = $1
         UNION SELECT 'journal' FROM sync_journal WHERE tenant_id = $1`,
      );
    expect([await isFound(), (await kept()).length]).toEqual([false, 2]);
    for (const table of ['sync_conflict', 'sync_journal']) {
      await rows(`UPDATE ${table} SET at = now() - interval '91 days' WHERE tenant_id = $1`);
      expect(await isFound(), table).toBe(true);
      await retention.handle({ tenantId: tenant.id }, new AbortController().signal);
      expect(await isFound(), table).toBe(false);
    }
    expect(await kept()).toEqual([]);
  });

  it('comes in pages, and by GraphQL the same', async () => {
    const first = await clash();
    const second = await clash(21, { ...THEIRS, minor: 23 });
    const page = (await call('/conflicts?limit=1')).body;
    expect(page.items).toMatchObject([{ id: second.id }]);
    const rest = (await call(`/conflicts?limit=1&cursor=${page.next ?? ''}`)).body;
    expect(rest).toMatchObject({ items: [{ id: first.id, outdated: true }], next: null });
    const ask = async (query: string): Promise<unknown> =>
      (await api.call<{ data: unknown }>('/graphql', { ...key(), body: { query } })).body.data;
    expect(
      await ask(
        '{ connectorConflicts(key: "outer", open: true, limit: 1) { items { id field mak remote winner } } }',
      ),
    ).toEqual({
      connectorConflicts: {
        items: [
          {
            id: second.id,
            field: 'amount',
            mak: { ...OURS, minor: 21 },
            remote: { ...THEIRS, minor: 23 },
            winner: 'mak',
          },
        ],
      },
    });
    expect(
      await ask(
        `mutation { decideConnectorConflict(key: "outer", id: "${second.id}", winner: remote) { decision } }`,
      ),
    ).toEqual({ decideConnectorConflict: { decision: 'remote' } });
    await settled();
    expect(there()).toEqual({ ...THEIRS, minor: 23 });
  });
});

describe('the statuses of the other system', () => {
  it('are asked for', async () => {
    expect((await call('')).body).toMatchObject({ has_statuses: true });
    expect((await call('/statuses')).body).toEqual({
      items: [
        { status: 'new', title: 'NEW', pipeline: null },
        { status: 'working', title: 'WORKING', pipeline: null },
        { status: 'done', title: 'DONE', pipeline: null },
      ],
      next: null,
    });
    outer.failure = new RemoteFailure('unavailable', 'Away.');
    expect((await call('/statuses')).body).toMatchObject({ code: 'statuses_unknown' });
  });
});
