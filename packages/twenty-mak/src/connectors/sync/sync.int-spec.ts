import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { OuterSystem, outerConnector } from '../../../test/support/outer-system.ts';
import { Database } from '../../platform/database/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { ConnectorRegistry, ConnectorSettings, RemoteFailure, SyncInbox } from './index.ts';
import { beginResync } from './resync.ts';
import { PostgresStore } from './store.ts';

/*
 * The whole way: deals change over HTTP in one process, two workers bring them to a system outside and back. What the
 * engine promises under all circumstances is shown by the stories; here is that the parts are put together.
 */
let api: TestApp;
const workers: TestApp[] = [];
const systems = new Map<string, OuterSystem>();
let tenant: TestTenant;
let outer: OuterSystem;

beforeAll(async () => {
  api = await startApp();
  const connector = outerConnector((tenantId) => systems.get(tenantId) ?? new OuterSystem());
  for (let count = 0; count < 2; count += 1) {
    const env = { MAK_POLL_INTERVAL_MS: '200' };
    const worker = await startApp({ role: 'worker', database: api.database, env });
    worker.app.get(ConnectorRegistry).add(connector);
    workers.push(worker);
  }
  api.app.get(ConnectorRegistry).add(connector);
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await api.close();
});

beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['credit'] });
  outer = new OuterSystem();
  systems.set(tenant.id, outer);
});

async function connect(state = 'running'): Promise<void> {
  await api.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
    await tx.execute(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities, poll_seconds)
       VALUES ($1, 'outer', $2, '{}', '{pipeline,deal}', 1)`,
      [tenant.id, state],
    );
    await lockTenant(tx, tenant.id);
    await beginResync(tx, { tenantId: tenant.id, connector: 'outer' }, ['pipeline', 'deal']);
  });
}

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

async function createDeal(name: string): Promise<Deal> {
  const { status, body } = await api.call<Deal>('/v1/deals', {
    key: tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body: { name, amount: 100, currency: 'EUR' },
  });
  expect(status).toBe(201);
  return body;
}

const dealOf = async (id: string): Promise<Deal> =>
  (await api.call<Deal>(`/v1/deals/${id}`, { key: tenant.apiKey })).body;

const rename = (id: string, version: number, name: string) =>
  api.call(`/v1/deals/${id}`, { key: tenant.apiKey, method: 'PATCH', body: { version, name } });

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

/** Everything is listed, and nothing waits that could be worked on. */
const settled = () =>
  expect
    .poll(() =>
      rows(
        `SELECT key FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL
           UNION ALL SELECT 'resync' FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll' FROM sync_connector WHERE tenant_id = $1 AND poll_at < now()`,
      ),
    )
    .toEqual([]);

async function makeAdmin(): Promise<string> {
  const id = randomUUID();
  await rows(
    `INSERT INTO account (id, tenant_id, email, name, role, status) VALUES ('${id}', $1, '${id}@example.test', 'A', 'admin', 'active')`,
  );
  return id;
}

const notices = () =>
  rows('SELECT account_id, kind, data FROM notification WHERE tenant_id = $1 ORDER BY id');

const nameThere = (id: string) => outer.of(id)?.values['name'];

describe('a connector', () => {
  it('brings over what was there before, and what changes on either side, without an echo', async () => {
    const before = await createDeal('Before');
    const theirs = outer.make('deal', { name: 'Theirs', amount: { minor: 7, currency: 'EUR' } });
    await connect();
    await settled();
    expect(nameThere(before.id)).toBe('Before');
    const [link] = await rows<{ local_id: string; status: string }>(
      `SELECT local_id, status FROM sync_link WHERE tenant_id = $1 AND remote_id = '${theirs}'`,
    );
    expect(link?.status).toBe('synced');
    expect(await dealOf(link?.local_id ?? '')).toMatchObject({ name: 'Theirs', amount: 7 });

    const after = await createDeal('After');
    await expect.poll(() => nameThere(after.id)).toBe('After');
    await rename(after.id, after.version, 'Renamed here');
    outer.edit(outer.of(before.id)?.remoteId ?? '', { name: 'Renamed there' });
    await expect.poll(() => nameThere(after.id)).toBe('Renamed here');
    await expect.poll(async () => (await dealOf(before.id)).name).toBe('Renamed there');
    await settled();

    const { writes } = outer;
    const { version } = await dealOf(before.id);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(outer.writes).toBe(writes);
    expect((await dealOf(before.id)).version).toBe(version);
    const kinds = await rows<{ kind: string }>(
      'SELECT DISTINCT kind FROM sync_journal WHERE tenant_id = $1 ORDER BY kind',
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['to_mak', 'to_remote']);
  });

  it('hears of changes by messages at once', async () => {
    await connect();
    const { id } = await createDeal('Heard');
    await settled();
    await rows(
      "UPDATE sync_connector SET poll_at = now() + interval '1 hour' WHERE tenant_id = $1",
    );
    const remoteId = outer.of(id)?.remoteId ?? '';
    outer.edit(remoteId, { name: 'Heard of' });
    const heard = { remoteId, localId: null, fields: ['name'] };
    await api.app.get(SyncInbox).heard(tenant.id, 'outer', 'deal', [heard], 'person');
    await expect.poll(async () => (await dealOf(id)).name).toBe('Heard of');
  });

  it('does nothing while it is paused, and catches up', async () => {
    await connect('paused');
    const { id } = await createDeal('Waits');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(outer.rows.size).toBe(0);
    await rows("UPDATE sync_connector SET state = 'running' WHERE tenant_id = $1");
    await settled();
    expect(nameThere(id)).toBe('Waits');
  });

  it('waits as it is told, and goes on', async () => {
    await connect();
    await settled();
    outer.failure = new RemoteFailure('rate_limited', 'slowly', 1_500);
    const { id } = await createDeal('Slow');
    const waits = (): Promise<{ waits: boolean }[]> =>
      rows(
        'SELECT due_at > now() AND lease IS NULL AS waits FROM sync_pending WHERE tenant_id = $1',
      );
    await expect.poll(waits, { interval: 50 }).toEqual([{ waits: true }]);
    outer.failure = null;
    await settled();
    expect(nameThere(id)).toBe('Slow');
  });

  it('is stopped by a block, with the reason, until a person has looked; admins are told once', async () => {
    const admin = await makeAdmin();
    const reason = 'the key of ann@example.com was revoked';
    const logged = vi.spyOn(Logger.prototype, 'error');
    outer.failure = new RemoteFailure('blocked', reason);
    await createDeal('Blocked');
    await connect();
    await rows(
      `INSERT INTO sync_link (tenant_id, connector, entity, local_id, remote_id, agreed, status)
       VALUES ($1, 'outer', 'deal', 'differs', 'differs', '{}', 'error')`,
    );
    const state = () => rows('SELECT state, reason FROM sync_connector WHERE tenant_id = $1');
    await expect.poll(state).toEqual([{ state: 'stopped', reason }]);
    const data = { connector: 'outer', reason: 'the key of ••• was revoked' };
    expect(await notices()).toEqual([{ account_id: admin, kind: 'sync.stopped', data }]);
    const texts = logged.mock.calls.map(([text]) => String(text));
    logged.mockRestore();
    expect(texts).toContainEqual(expect.stringContaining(data.reason));
    expect(texts.join('\n')).not.toContain('ann@');
    // Another process whose call fails for the same reason has nothing to stop any more, nor one that tried an older key.
    const settings = api.app.get(ConnectorSettings);
    const place = { tenantId: tenant.id, connector: 'outer' };
    const [stopped] = await rows<{ version: number }>(
      'SELECT version FROM sync_connector WHERE tenant_id = $1',
    );
    await settings.stop(place, stopped?.version ?? 0, 'again');
    // Nothing is to be done, so that nobody calls while it runs.
    await rows("UPDATE sync_pending SET due_at = now() + interval '1 hour' WHERE tenant_id = $1");
    await rows(
      "UPDATE sync_connector SET state = 'running', resync = NULL, poll_at = now() + interval '1 hour' WHERE tenant_id = $1",
    );
    await settings.stop(place, (stopped?.version ?? 0) - 1, 'an older key');
    await rows("UPDATE sync_connector SET state = 'stopped' WHERE tenant_id = $1");
    expect(await notices()).toHaveLength(1);
    expect(await state()).toEqual([{ state: 'stopped', reason }]);
    const alert = async (): Promise<string> => {
      const texts = workers.map(({ app }) => app.get(Metrics).registry.metrics());
      return (await Promise.all(texts)).join('\n');
    };
    const told = async (line: string): Promise<boolean> => (await alert()).includes(line);
    await expect
      .poll(() => told('mak_sync_connectors{connector="outer",state="stopped"} 1\n'))
      .toBe(true);
    expect(await told('mak_sync_failures_total{connector="outer",kind="blocked"} 1\n')).toBe(true);
    expect(await told('mak_sync_divergences{connector="outer"} 1\n')).toBe(true);
    await rows('DELETE FROM sync_connector WHERE tenant_id = $1');
  });

  it('keeps as a dead letter what cannot be made there, until it changes', async () => {
    outer.refused.add('Unwanted');
    await connect();
    await settled();
    const { id, version } = await createDeal('Unwanted');
    const dead = () =>
      rows(
        "SELECT key, refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL",
      );
    await expect.poll(dead).toEqual([{ key: id, code: 'name_not_taken' }]);
    await rename(id, version, 'Wanted');
    await expect.poll(() => nameThere(id)).toBe('Wanted');
    expect(await dead()).toEqual([]);
  });

  it('tells admins of the first dead letter alone, and again when all were mended and the notice was read', async () => {
    const admin = await makeAdmin();
    outer.refused.add('Unwanted');
    await connect();
    await settled();
    const dies = async (count: number): Promise<Deal> => {
      const deal = await createDeal('Unwanted');
      await expect
        .poll(() => rows('SELECT FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL'))
        .toHaveLength(count);
      return deal;
    };
    const dead = [await dies(1), await dies(2)];
    const notice = { account_id: admin, kind: 'sync.dead_letter', data: { connector: 'outer' } };
    expect(await notices()).toEqual([notice]);
    for (const { id, version } of dead) await rename(id, version, 'Wanted');
    await settled();
    await dies(1);
    expect(await notices()).toEqual([notice]);
    await rows('UPDATE notification SET read_at = now() WHERE tenant_id = $1');
    await dies(2);
    expect(await notices()).toEqual([notice]);
    await rows('DELETE FROM sync_pending WHERE tenant_id = $1');
    await dies(1);
    expect(await notices()).toEqual([notice, notice]);
  });
});

describe('a first import of many pages', () => {
  const state = (to: string) =>
    rows(`UPDATE sync_connector SET state = '${to}' WHERE tenant_id = $1`);
  interface Progress {
    readonly found: number;
    readonly found_all: boolean;
    readonly left: number;
  }
  const progress = async (): Promise<Progress | null> =>
    (await api.call<{ resync: Progress | null }>('/v1/connectors/outer', { key: tenant.apiKey }))
      .body.resync;
  const RECORDS = 60;
  const SIZE = 2;

  it('rests when it is paused in the middle, goes on after a crash, and brings everything over once', async () => {
    for (let count = 0; count < RECORDS; count += 1)
      outer.make('deal', { name: `Theirs ${count}` });
    outer.pageSize = SIZE;
    outer.beforePage = async (entity, page) => {
      if (entity === 'deal' && page === 3) await state('paused');
    };
    await connect();
    // What was read before it rests is brought over, and its progress says so.
    const made = async (): Promise<unknown> => {
      const [at] = await rows<{ poll_from: string }>(
        "SELECT poll_from FROM sync_connector WHERE tenant_id = $1 AND state = 'paused'",
      );
      const { found_all, left, found } = (await progress()) ?? {};
      const deals = await rows('SELECT FROM deal WHERE tenant_id = $1');
      return { ...at, found_all, left, isFound: deals.length === found };
    };
    const rests = { poll_from: 'deal', found_all: false, left: 0, isFound: true };
    await expect.poll(made).toEqual(rests);
    expect(outer.pagesOf('deal')).toBeLessThan(RECORDS / SIZE / 2);

    let dies = true;
    outer.beforePage = async (entity) => {
      if (entity !== 'deal' || !dies || outer.pagesOf('deal') < RECORDS / SIZE / 2) return;
      dies = false;
      throw new Error('The process ends.');
    };
    await state('running');
    await expect.poll(progress).toMatchObject({ found_all: true, found: RECORDS, left: 0 });
    await settled();
    expect(dies).toBe(false);
    const names = await rows<{ name: string }>(
      'SELECT DISTINCT name FROM deal WHERE tenant_id = $1',
    );
    expect(names).toHaveLength(RECORDS);
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toHaveLength(RECORDS);
    expect(
      await rows("SELECT FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'"),
    ).toHaveLength(RECORDS);
  });

  it('lets what changes there meanwhile go before', async () => {
    for (let count = 0; count < 20; count += 1) outer.make('deal', { name: `Theirs ${count}` });
    await connect('paused');
    const store = new PostgresStore(api.app.get(Database), {
      tenantId: tenant.id,
      connector: 'outer',
    });
    const seen = (remoteId: string) => ({ remoteId, localId: null, version: '1' });
    await store.heardOf('deal', ['outer-1', 'outer-2'].map(seen), 'backfill');
    expect(await store.heardOf('deal', ['outer-2', 'outer-3'].map(seen), 'system')).toBe(1);
    const taken = await store.take('deal', 2, 'rest');
    expect(taken.map(({ remoteId }) => remoteId).toSorted()).toEqual(['outer-2', 'outer-3']);
  });

  it('begins anew when everything is to be compared again while a page is read', async () => {
    await connect('paused');
    const store = new PostgresStore(api.app.get(Database), {
      tenantId: tenant.id,
      connector: 'outer',
    });
    await store.moveCursor('deal', 'a', null);
    await store.moveCursor('deal', 'b', 'a');
    expect(await store.cursor('deal')).toBe('b');
    const turn = { from: null, resync: 'an earlier one', isFindingAll: true };
    await rows('DELETE FROM sync_cursor WHERE tenant_id = $1');
    await store.moveCursor('deal', 'c', 'b');
    expect(await store.cursor('deal')).toBeNull();
    const place = { tenantId: tenant.id, connector: 'outer' };
    const kept = { next: 'deal', isOver: false, found: 1 };
    await api.app.get(ConnectorSettings).keepPoll(place, turn, kept);
    expect(
      await rows('SELECT poll_from, resync FROM sync_connector WHERE tenant_id = $1'),
    ).toMatchObject([{ poll_from: null, resync: { found: 0, foundAll: false } }]);
  });
});

describe('a record that carries an id which MaK does not have', () => {
  it('is left to the MaK that it belongs to, and told of once', async () => {
    const theirs = outer.make('deal', { name: "Another MaK's" }, randomUUID());
    await connect();
    const dead = () =>
      rows(
        "SELECT remote_id, refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL",
      );
    await expect.poll(dead).toEqual([{ remote_id: theirs, code: 'unknown_mak_id' }]);
    const told = () => rows("SELECT FROM sync_journal WHERE tenant_id = $1 AND kind = 'dead'");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await told()).toHaveLength(1);
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toEqual([]);
    expect(await rows("SELECT FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'")).toEqual(
      [],
    );

    outer.edit(theirs, { name: 'Edited there' });
    await expect.poll(async () => (await told()).length).toBe(2);
    outer.release(theirs);
    const names = () => rows('SELECT name FROM deal WHERE tenant_id = $1');
    await expect.poll(names).toEqual([{ name: 'Edited there' }]);
  });

  it('is ours when a message did not say so', async () => {
    await connect();
    const { id } = await createDeal('Ours');
    await settled();
    const remoteId = outer.of(id)?.remoteId ?? '';
    // Those of pipelines may be found again meanwhile, by a poll.
    await rows("DELETE FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'");
    outer.edit(remoteId, { name: 'Edited there' });
    const heard = { remoteId, localId: null, fields: [] };
    await api.app.get(SyncInbox).heard(tenant.id, 'outer', 'deal', [heard], 'person');
    await settled();
    const links =
      "SELECT local_id, remote_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'";
    expect(await rows(links)).toEqual([{ local_id: id, remote_id: remoteId }]);
    expect(await rows('SELECT FROM deal WHERE tenant_id = $1')).toHaveLength(1);
  });
});

describe('records that somebody works on', () => {
  it('are taken by one process at a time, and by another one when it died', async () => {
    await connect('paused');
    await createDeal('Leased');
    const database = api.app.get(Database);
    const place = { tenantId: tenant.id, connector: 'outer' };
    const [first, second] = [
      new PostgresStore(database, place),
      new PostgresStore(database, place),
    ];
    const [mine] = await first.take('deal', 10, 'people');
    expect(mine).toMatchObject({ pending: { attempts: 1 } });
    expect(await second.take('deal', 10, 'people')).toEqual([]);
    await rows("UPDATE sync_pending SET due_at = now() - interval '1 second' WHERE tenant_id = $1");
    const [theirs] = await second.take('deal', 10, 'people');
    expect(theirs).toMatchObject({ key: mine?.key, pending: { attempts: 2 } });
    if (mine === undefined || theirs === undefined) throw new Error('both have taken it');

    const done = (work: typeof mine) => ({
      work,
      localId: work.localId,
      remoteId: 'outer-1',
      remoteVersion: '1',
      agreed: {},
      conflicts: [],
      wrote: { mak: {}, remote: {} },
      outcome: 'synced' as const,
      refusal: null,
    });
    await expect(first.link('deal', [done(mine)])).rejects.toThrow('taken a record over');
    await first.finish('deal', [done(mine)]);
    expect(await rows('SELECT remote_id FROM sync_link WHERE tenant_id = $1')).toEqual([]);
    await second.finish('deal', [done(theirs)]);
    expect(await rows('SELECT remote_id FROM sync_link WHERE tenant_id = $1')).toEqual([
      { remote_id: 'outer-1' },
    ]);
    expect(
      await rows("SELECT key FROM sync_pending WHERE tenant_id = $1 AND entity = 'deal'"),
    ).toEqual([]);
  });

  it('need not wait longer after an outage, but stay parked', async () => {
    await connect('paused');
    await createDeal('Waits');
    const store = new PostgresStore(api.app.get(Database), {
      tenantId: tenant.id,
      connector: 'outer',
    });
    const waitUntil = (due: string) =>
      rows(
        `UPDATE sync_pending SET due_at = ${due}, attempts = 2 WHERE tenant_id = $1 AND entity = 'deal'`,
      );
    await waitUntil("'infinity'");
    await store.wake();
    expect(await store.take('deal', 10, 'people')).toEqual([]);
    await waitUntil("now() + interval '1 minute'");
    expect(await store.take('deal', 10, 'people')).toEqual([]);
    await store.wake();
    expect(await store.take('deal', 10, 'people')).toHaveLength(1);
  });

  it('are worked on alone when their attempts keep ending without a word', async () => {
    await connect('paused');
    for (const name of ['A', 'B', 'C']) await createDeal(name);
    const store = new PostgresStore(api.app.get(Database), {
      tenantId: tenant.id,
      connector: 'outer',
    });
    const taken = async (): Promise<number> => (await store.take('deal', 10, 'people')).length;
    const end = () =>
      rows(
        "UPDATE sync_pending SET due_at = now() - interval '1 second' WHERE tenant_id = $1 AND due_at > now()",
      );
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await taken()).toBe(3);
      await end();
    }
    const fresh = await createDeal('Fresh');
    expect((await store.take('deal', 10, 'people')).map(({ key }) => key)).toEqual([fresh.id]);
    for (let record = 0; record < 3; record += 1) expect(await taken()).toBe(1);
    expect(await taken()).toBe(0);
  });

  it('become dead letters when that does not end, and begin anew when they are replayed', async () => {
    await connect('paused');
    const { id } = await createDeal('Poison');
    const store = new PostgresStore(api.app.get(Database), {
      tenantId: tenant.id,
      connector: 'outer',
    });
    const due = () =>
      rows("UPDATE sync_pending SET due_at = now() - interval '1 second' WHERE tenant_id = $1");
    const attempt = async (): Promise<number> => {
      await due();
      return (await store.take('deal', 10, 'people')).length;
    };
    for (let count = 0; count < 5; count += 1) expect(await attempt()).toBe(1);
    // A failure is a word: it says why, and no record is to blame.
    const [work] = await (async () => {
      await due();
      return store.take('deal', 10, 'people');
    })();
    if (work === undefined) throw new Error('it was due');
    await store.giveBack('deal', [work], { wait: null });
    for (let count = 0; count < 6; count += 1) expect(await attempt()).toBe(1);
    expect(await attempt()).toBe(0);
    const dead = () =>
      rows(
        "SELECT key, refusal ->> 'code' AS code FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL",
      );
    expect(await dead()).toEqual([{ key: id, code: 'poisoned' }]);
    expect(
      await rows("SELECT local_id, kind FROM sync_journal WHERE tenant_id = $1 AND kind = 'dead'"),
    ).toEqual([{ local_id: id, kind: 'dead' }]);

    const path = '/v1/connectors/outer/dead-letters/replay';
    expect((await api.call(path, { key: tenant.apiKey, body: {} })).body).toEqual({ records: 1 });
    // What the last attempt may have made there is looked for.
    expect(await store.take('deal', 10, 'people')).toMatchObject([
      { key: id, pending: { attempts: 2 } },
    ]);
  });
});
