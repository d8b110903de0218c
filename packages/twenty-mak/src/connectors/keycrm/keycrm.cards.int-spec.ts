import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { askedAnew } from '../../../test/support/asked-anew.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { secretFingerprint } from '../sync/index.ts';
import { buyerTurns } from './buyer-turns.ts';
import { KeyCrmSimulator } from './simulator/index.ts';

/* The whole way over HTTP: deals in MaK and cards of funnels in KeyCRM, which the real worker brings together. */
let api: TestApp;
let worker: TestApp;
let tenant: TestTenant;
let keycrm: KeyCrmSimulator;
let address: string;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['adtech'] });
  keycrm = new KeyCrmSimulator({ limit: { calls: 100_000, window: 60_000 } });
  address = await keycrm.listen();
  return async () => {
    await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
    await keycrm.close();
  };
});

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

async function ask<Body>(method: string, path: string, body?: object): Promise<Body> {
  const answer = await api.call<Body>(path, {
    key: tenant.apiKey,
    method,
    headers: { 'idempotency-key': randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** What operators run after a backup was put back. */
const AFTER_RESTORE = readFileSync(join(import.meta.dirname, '../sync/after-restore.sql'), 'utf8');
const SECRET = 'an-address-that-nobody-guesses';
/** Where MaK's id stands in the simulated account. */
const FIELD = 'LD_1021';
/** Statuses of its first funnel, in their order, and the first one of its second. */
const [NEW, TALKS, OFFER, , LOST, ELSEWHERE] = [1_000, 1_001, 1_002, 1_003, 1_004, 1_005];

/** Deals of the first funnel, and nobody's orders unless they are named. */
async function connect(more: object = {}, cards: object | null = {}): Promise<void> {
  const [source] = keycrm.account.settings.sources.all;
  await ask('PUT', '/v1/connectors/keycrm', {
    version: 0,
    settings: {
      address,
      source: source?.id,
      calls_per_minute: 60_000,
      cards: { funnels: [1], field: FIELD, ...cards },
    },
    secrets: { api_key: keycrm.apiKey, webhook_secret: SECRET },
    entities: ['contact'],
    poll_seconds: 5,
    ...more,
  });
}

/** New deals show the second status of the funnel, and those with a brief the third. */
async function stageTables(): Promise<object> {
  const [{ id: pipeline } = { id: '' }] = await rows<{ id: string }>(
    "SELECT id FROM pipeline WHERE tenant_id = $1 AND key = 'adtech'",
  );
  const status_of = { draft: String(TALKS), briefed: String(OFFER) };
  const event_of = { [String(OFFER)]: 'crm.brief.submitted' };
  return { stage_tables: [{ pipeline, status_of, event_of }] };
}

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly client_id: string | null;
  readonly version: number;
}

const create = (name: string, more: object = {}): Promise<Deal> =>
  ask('POST', '/v1/deals', { name, ...more });
const dealOf = (id: string): Promise<Deal> => ask('GET', `/v1/deals/${id}`);
const deals = async (): Promise<Deal[]> => (await ask<{ items: Deal[] }>('GET', '/v1/deals')).items;
const cards = () => keycrm.account.cards.rows.all;
const cardOf = (dealId: string) => cards().find(({ fields }) => fields[FIELD] === dealId);
const absence = async () => {
  const { entities } = await ask<{ entities: { name: string; absent: string | null }[] }>(
    'GET',
    '/v1/connectors/keycrm',
  );
  return entities.find(({ name }) => name === 'deal')?.absent;
};

/** Nothing is left to do, and KeyCRM was asked since what changed. */
async function settled(): Promise<void> {
  await askedAnew(rows, 'deal');
  await expect
    .poll(() =>
      rows(
        `SELECT key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL AND due_at < 'infinity'
           UNION ALL SELECT 'resync', NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll', NULL FROM sync_connector WHERE tenant_id = $1 AND poll_at <= now()
           UNION ALL SELECT 'stopped', reason FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`,
      ),
    )
    .toEqual([]);
}

const ANNA = { name: 'Anna Koval', email: 'anna@example.com', phone: '+380671112233' };

describe('deals in MaK and cards in KeyCRM', () => {
  it('become equal with whom they are about, and what people edit on either side follows, without an echo', async () => {
    const client = { name: 'Anna', kind: 'person', contacts: [ANNA] };
    const { id: client_id } = await ask<{ id: string }>('POST', '/v1/clients', client);
    const ours = await create('Ours', { client_id });
    const theirs = keycrm.account.cards.create({
      title: 'Theirs',
      contact: { full_name: 'Petro Savchuk', phone: '+38 050 111-22-44' },
      products: [{ sku: 'TSH', price: 599, quantity: 1 }],
    }) as { id: number };
    keycrm.account.cards.create({ title: 'Partner', pipeline_id: 2, contact: { phone: '1' } });
    await connect();
    await settled();
    const { buyers } = keycrm.account;
    const [anna, petro] = ['Anna Koval', 'Petro Savchuk'].map((name) =>
      buyers.rows.all.find(({ full_name }) => full_name === name),
    );
    expect(cardOf(ours.id)).toMatchObject({ title: 'Ours', contact: { client_id: anna?.id } });
    const own = (await deals()).find(({ name }) => name === 'Theirs');
    expect(cardOf(own?.id ?? '')).toMatchObject({
      id: theirs.id,
      contact: { client_id: petro?.id },
    });
    expect(await ask('GET', `/v1/clients/${own?.client_id ?? ''}`)).toMatchObject({
      name: 'Petro Savchuk',
    });
    expect((await deals()).map(({ name }) => name).toSorted()).toEqual(['Ours', 'Theirs']);

    keycrm.account.cards.edit(cardOf(ours.id)?.id, { title: 'Renamed there' });
    await ask('PATCH', `/v1/deals/${own?.id ?? ''}`, {
      version: (await dealOf(own?.id ?? '')).version,
      name: 'Renamed here',
    });
    await settled();
    await expect.poll(async () => (await dealOf(ours.id)).name).toBe('Renamed there');
    expect(cardOf(own?.id ?? '')).toMatchObject({ title: 'Renamed here', products: [{}] });

    const before = JSON.stringify(cards());
    await settled();
    await settled();
    expect(JSON.stringify(cards())).toBe(before);
    expect([cards().length, buyers.rows.all.length]).toEqual([3, 2]);
  });

  it('have a status that follows the stage; a move by a person there is a fact or is put right', async () => {
    const deal = await create('Moves');
    await connect(await stageTables());
    await settled();
    const status = () => cardOf(deal.id)?.status_id;
    expect(status()).toBe(TALKS);
    const move = async (to: number | undefined) => {
      keycrm.account.cards.edit(cardOf(deal.id)?.id, { status_id: to });
      await settled();
    };
    await move(OFFER);
    await expect.poll(async () => (await dealOf(deal.id)).stage).toBe('briefed');
    expect(status()).toBe(OFFER);
    await move(LOST);
    await expect.poll(status).toBe(OFFER);
    await move(ELSEWHERE);
    await expect.poll(status).toBe(OFFER);
    expect((await dealOf(deal.id)).stage).toBe('briefed');
  });

  it('are looked at as soon as KeyCRM tells of them, also twice', async () => {
    const { webhooks } = keycrm.account;
    const url = `${api.url}/api/keycrm/webhook/lead-updated/${tenant.key}/${SECRET}`;
    const event = 'lead.change_lead_status';
    webhooks.triggers.push({ event, url, method: 'POST', statuses: [], sources: [] });
    webhooks.fate = () => 'repeated';
    const deal = await create('Told');
    await connect({ ...(await stageTables()), poll_seconds: 3_600 });
    await settled();
    await rows(
      "UPDATE sync_connector SET poll_at = now() + interval '1 hour' WHERE tenant_id = $1",
    );
    keycrm.account.cards.edit(cardOf(deal.id)?.id, { status_id: OFFER });
    await expect.poll(async () => (await dealOf(deal.id)).stage).toBe('briefed');
    await webhooks.settled();
    const log = await ask<{ items: object[] }>('GET', '/api/keycrm/webhook-events');
    expect(log.items[0]).toMatchObject({ event_type: event, processing_status: 'processed' });
    expect(await deals()).toHaveLength(1);
  });

  it.each([
    ['it was made', 'POST', FIELD],
    ['it got its status', 'PUT', null],
  ])(
    'are made once, and are not moved, when KeyCRM did not say that %s',
    async (_what, lost, field) => {
      let isLost = false;
      keycrm.disturb = ({ method, path }, response) => {
        if (isLost || method !== lost || !path.startsWith('/pipelines/cards')) return 'arrives';
        isLost = true;
        if (method === 'POST') return 'answer lost';
        // The card stays where it began.
        response.writeHead(502).end();
        return 'answered';
      };
      const deal = await create('Once');
      await connect(await stageTables(), { field });
      await settled();
      const mark = field === null ? `master_deal_id: ${deal.id}` : null;
      expect(cards()).toMatchObject([{ title: 'Once', manager_comment: mark, status_id: TALKS }]);
      expect(await dealOf(deal.id)).toMatchObject({ stage: 'draft' });
    },
  );

  it('are not made anew while nobody has seen the cards that carry their ids', async () => {
    const deal = await create('Linked before');
    await connect({ poll_seconds: 3_600 });
    await settled();
    const [{ id }] = cards() as unknown as [{ id: number }];
    await rows(
      "UPDATE sync_connector SET poll_at = now() + interval '1 hour' WHERE tenant_id = $1",
    );
    // A backup is put back, of the time before the card.
    await rows("DELETE FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'");
    await api.database.query(
      `${AFTER_RESTORE} UPDATE sync_connector SET poll_at = now() + interval '1 hour'`,
    );
    const { version } = await dealOf(deal.id);
    await ask('PATCH', `/v1/deals/${deal.id}`, { version, name: 'Edited' });
    const waiting = () =>
      rows("SELECT remote_touched FROM sync_pending WHERE tenant_id = $1 AND entity = 'deal'");
    await expect.poll(waiting).toEqual([{ remote_touched: true }]);
    const fresh = await create('Made since');
    await expect.poll(() => cardOf(fresh.id)).toBeDefined();
    expect(cards()).toHaveLength(2);

    await settled();
    expect(cardOf(deal.id)).toMatchObject({ id, title: (await dealOf(deal.id)).name });
    expect([cards().length, (await deals()).length]).toEqual([2, 2]);
  });

  it('go on when KeyCRM refuses the status of a new one, or does not give one of them', async () => {
    const refuse = (response: ServerResponse, status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return 'answered' as const;
    };
    const [first, second] = [await create('First'), await create('Second')];
    keycrm.disturb = ({ method, body }, response) =>
      method === 'PUT' && body.includes('status_id')
        ? refuse(response, 422, { message: 'No', errors: { status_id: ['Not this one'] } })
        : 'arrives';
    await connect(await stageTables());
    await settled();
    expect(cards().map(({ status_id }) => status_id)).toEqual([NEW, NEW]);
    const refusals = () =>
      rows(
        `SELECT refusal ->> 'code' AS code, refusal ->> 'field' AS field FROM sync_link
         WHERE tenant_id = $1 AND entity = 'deal' ORDER BY refusal ->> 'code'`,
      );
    const refused = { code: 'refused_by_keycrm', field: 'status' };
    expect(await refusals()).toEqual([refused, refused]);

    const hidden = cardOf(first.id)?.id;
    keycrm.disturb = ({ method, path }, response) =>
      method === 'GET' && path.startsWith(`/pipelines/cards/${hidden}?`)
        ? refuse(response, 403, { message: 'This one is not for you' })
        : 'arrives';
    for (const { id } of [first, second])
      keycrm.account.cards.edit(cardOf(id)?.id, { title: 'Renamed there' });
    await settled();
    expect((await dealOf(second.id)).name).toBe('Renamed there');
    expect(await absence()).toBeNull();
    expect(await refusals()).toEqual([refused, { code: 'withheld_there', field: null }]);
    expect((await dealOf(first.id)).name).toBe('First');

    // Of one that MaK has never seen, people hear too.
    const kept = keycrm.account.cards.create({ title: 'Kept', contact: { phone: '1' } }) as {
      id: number;
    };
    const isKept = (path: string): boolean =>
      [hidden, kept.id].some((id) => path.startsWith(`/pipelines/cards/${String(id)}?`));
    keycrm.disturb = ({ method, path }, response) =>
      method === 'GET' && isKept(path)
        ? refuse(response, 403, { message: 'This one is not for you' })
        : 'arrives';
    await settled();
    const { items } = await ask<{ items: object[] }>('GET', '/v1/connectors/keycrm/dead-letters');
    expect(items).toMatchObject([
      { remote_id: String(kept.id), refusal: { code: 'withheld_there' } },
    ]);

    // Once they are given, all of it comes; what is not there is gone.
    keycrm.disturb = () => 'arrives';
    keycrm.account.cards.rows.remove(cardOf(second.id)?.id ?? 0);
    for (const id of [hidden, kept.id])
      keycrm.account.cards.edit(id, { title: `Seen ${String(id)}` });
    await ask('POST', '/v1/connectors/keycrm/resync');
    await settled();
    expect((await dealOf(first.id)).name).toBe(`Seen ${hidden}`);
    expect((await deals()).map(({ name }) => name)).toContain(`Seen ${String(kept.id)}`);
    expect(await refusals()).toContainEqual({ code: 'deleted_there', field: null });
    expect(await refusals()).not.toContainEqual({ code: 'withheld_there', field: null });
  });

  it('are made once each when KeyCRM lists one of them and does not give it alone', async () => {
    keycrm.disturb = ({ method, path }, response) => {
      const isFirst = path.startsWith(`/pipelines/cards/${String(cards()[0]?.['id'])}?`);
      if (method !== 'GET' || !isFirst) return 'arrives';
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"No"}');
      return 'answered';
    };
    const both = [await create('First'), await create('Second')];
    await connect();
    await expect.poll(() => both.map(({ id }) => cardOf(id)?.title)).toEqual(['First', 'Second']);
    const linked = () =>
      rows(
        "SELECT FROM sync_link WHERE tenant_id = $1 AND entity = 'deal' AND remote_id IS NOT NULL",
      );
    await expect.poll(async () => (await linked()).length).toBe(2);
    expect(cards()).toHaveLength(2);
    expect(await absence()).toBeNull();
  });

  it('keep what a person writes between our writing and our looking', async () => {
    const deal = await create('First');
    await connect();
    await settled();
    const id = cardOf(deal.id)?.id;
    let written = false;
    keycrm.disturb = ({ method, path, body }) => {
      if (method === 'PUT' && body.includes('Second')) written = true;
      if (method === 'GET' && written && path.startsWith(`/pipelines/cards/${id}?`)) {
        written = false;
        keycrm.account.cards.edit(id, { title: 'By hand' });
      }
      return 'arrives';
    };
    const { version } = await dealOf(deal.id);
    await ask('PATCH', `/v1/deals/${deal.id}`, { version, name: 'Second' });
    await expect.poll(() => cardOf(deal.id)?.title).toBe('By hand');
    await settled();
    await expect.poll(async () => (await dealOf(deal.id)).name).toBe('By hand');
    await settled();
    expect(cardOf(deal.id)?.title).toBe('By hand');
  });

  it('wait while leads are not enabled there, all else goes on, and admins see why', async () => {
    await connect({ entities: ['contact', 'order'] });
    await settled();
    keycrm.account.cards.areEnabled = false;
    const deal = await create('Waits');
    const client = { name: 'Anna', kind: 'person', contacts: [ANNA] };
    const { id: client_id } = await ask<{ id: string }>('POST', '/v1/clients', client);
    await ask('POST', '/v1/orders', { number: 'W-1', client_id, currency: 'UAH', lines: [] });
    await expect.poll(absence).toMatch(/^Leads are not enabled in KeyCRM/);
    await expect.poll(() => keycrm.account.orders.rows.all).toHaveLength(1);
    expect(await ask('GET', '/v1/connectors/keycrm')).toMatchObject({
      state: 'running',
      reason: null,
      health: { dead_letters: 0 },
    });

    keycrm.account.cards.areEnabled = true;
    await settled();
    expect(cardOf(deal.id)).toMatchObject({ title: 'Waits' });
    expect(await absence()).toBeNull();
  });

  it('are compared anew when other funnels or another field are chosen, and not when another funnel gets new cards', async () => {
    const begun = async () =>
      (
        await rows<{ at: string }>(
          "SELECT resync ->> 'startedAt' AS at FROM sync_connector WHERE tenant_id = $1",
        )
      )[0]?.at;
    await connect({}, { funnels: [1] });
    const first = await begun();
    await connect({ version: 1 }, { funnels: [1, 2] });
    const second = await begun();
    expect(second).not.toBe(first);
    await connect({ version: 2 }, { funnels: [2, 1] });
    expect(await begun()).toBe(second);
    await connect({ version: 3 }, { funnels: [2, 1], field: null });
    expect(await begun()).not.toBe(second);
  });

  it('say what of KeyCRM is not there any more: a status, a funnel, a field', async () => {
    const deal = await create('Deleted');
    await connect(await stageTables());
    await settled();
    const { settings } = keycrm.account;
    settings.pipelineStatuses.remove(OFFER ?? 0);
    await ask('POST', '/v1/events', {
      events: [
        {
          event_id: randomUUID(),
          type: 'crm.brief.submitted',
          source: 'crm',
          occurred_at: new Date().toISOString(),
          master_deal_id: deal.id,
          data: {},
        },
      ],
    });
    await settled();
    expect(cardOf(deal.id)?.status_id).toBe(TALKS);
    const told = await rows(
      `SELECT refusal ->> 'code' AS code, refusal ->> 'field' AS field FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'`,
    );
    expect(told).toEqual([{ code: 'refused_by_keycrm', field: 'status' }]);

    const asked = () => rows('UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1');
    await connect({ version: 1 }, { funnels: [9] });
    await asked();
    await expect.poll(absence).toMatch(/^KeyCRM has no funnel 9 any more/);
    await connect({ version: 2 }, { field: 'LD_9' });
    await asked();
    await expect.poll(absence).toMatch(/^KeyCRM has no custom field LD_9/);
    await connect({ version: 3 });
    await settled();
    expect(await absence()).toBeNull();
  });

  it('make no second buyer of somebody whom another process is making one of', async () => {
    const { MAK_SECRET_KEY } = api.app.get<Config>(CONFIG);
    const fingerprint = secretFingerprint(MAK_SECRET_KEY, tenant.id);
    const alone = buyerTurns(api.app.get(Database), tenant.id, fingerprint);
    const phone = '+380501112244';
    keycrm.account.cards.create({ title: 'Theirs', contact: { full_name: 'Petro', phone } });
    const { buyers } = keycrm.account;
    await alone({ email: 'petro@example.test', phone: '+38 050 111-22-44' }, async () => {
      const other = alone({ phone }, () => Promise.resolve('twice'));
      await expect(other).rejects.toMatchObject({ kind: 'rate_limited' });
      await connect();
      // It was looked at, and given back.
      await expect
        .poll(() =>
          rows(
            `SELECT FROM sync_pending WHERE tenant_id = $1 AND entity = 'deal' AND attempts > 1`,
          ),
        )
        .toHaveLength(1);
      expect(buyers.rows.all).toEqual([]);
    });
    await settled();
    expect(buyers.rows.all).toMatchObject([{ full_name: 'Petro' }]);
    expect(await rows('SELECT FROM keycrm_buyer_turn WHERE tenant_id = $1')).toEqual([]);

    await api.database.query(
      `INSERT INTO keycrm_buyer_turn (tenant_id, digest, holder, ends_at) VALUES ($1, $2, $1, now() - interval '1 second')`,
      [tenant.id, fingerprint(phone)],
    );
    expect(await alone({ phone }, () => Promise.resolve('after a death'))).toBe('after a death');
    expect(await rows('SELECT FROM keycrm_buyer_turn WHERE tenant_id = $1')).toEqual([]);
    const twice = { email: phone, phone };
    expect(await alone(twice, () => Promise.resolve('one turn'))).toBe('one turn');
  });

  it('are only looked at in a dry run, and not at all without a funnel', async () => {
    keycrm.account.cards.create({ title: 'Dry', contact: { phone: ANNA.phone } });
    await connect({ dry_run: true });
    await settled();
    expect(await deals()).toEqual([]);
    expect(keycrm.account.buyers.rows.all).toEqual([]);
    expect(cards()).toMatchObject([{ status_id: NEW, contact: { client_id: null } }]);
    const [source] = keycrm.account.settings.sources.all;
    const settings = { address, source: source?.id, calls_per_minute: 60_000 };
    await connect({ version: 1, settings });
    const { entities } = await ask<{ entities: { name: string; enabled: boolean }[] }>(
      'GET',
      '/v1/connectors/keycrm',
    );
    expect(entities.find(({ name }) => name === 'deal')).toMatchObject({ enabled: false });
  });
});
