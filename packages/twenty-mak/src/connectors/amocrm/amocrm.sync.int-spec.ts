import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { askedAnew } from '../../../test/support/asked-anew.ts';
import { SyncMessages } from '../sync/index.ts';
import { AmocrmConnector } from './amocrm.connector.ts';
import { LOST } from './simulator/account.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { readRows, recordSchema } from './simulator/inputs.ts';
import type { StoredRecord } from './simulator/stored.ts';
import { writeRecords } from './simulator/write-records.ts';

/* The whole way over HTTP: people edit deals in MaK and leads in amoCRM, and the real worker brings both together. */
let api: TestApp;
let worker: TestApp;
let tenant: TestTenant;
let amocrm: AmocrmSimulator;
let address: string;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200', PUBLIC_URL: api.url };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  tenant = await api.createTenant({ pipelines: ['adtech'] });
  amocrm = new AmocrmSimulator();
  address = await amocrm.listen();
  return async () => {
    await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
    await amocrm.close();
  };
});

const rows = <Row extends object>(sql: string): Promise<Row[]> =>
  api.database.query<Row>(sql, [tenant.id]);

async function connect(more: object = {}): Promise<void> {
  const { status, body } = await api.call('/v1/connectors/amocrm', {
    key: tenant.apiKey,
    method: 'PUT',
    body: {
      version: 0,
      settings: { address, nobody: amocrm.account.users[0]?.email },
      secrets: { token: amocrm.oauth.longLived() },
      // Other kinds have specs of their own.
      entities: ['deal'],
      poll_seconds: 5,
      ...more,
    },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly amount: number | null;
  readonly stage: string;
  readonly version: number;
}

async function create(name: string, amount: number): Promise<Deal> {
  const { body } = await api.call<Deal>('/v1/deals', {
    key: tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body: { name, amount, currency: 'UAH' },
  });
  return body;
}

const dealOf = async (id: string): Promise<Deal> =>
  (await api.call<Deal>(`/v1/deals/${id}`, { key: tenant.apiKey })).body;

/** A person edits leads in amoCRM, or makes them. */
function byHand(...values: readonly object[]): readonly StoredRecord[] {
  const mode = values.every((one) => 'id' in one) ? 'update' : 'create';
  const author = amocrm.account.users[1]?.id ?? 0;
  return writeRecords(amocrm.account, 'leads', readRows(recordSchema, values), mode, author);
}

const scalarsOf = (id: number) => amocrm.account.records.leads.get(id)?.scalars;

const leads = (): readonly StoredRecord[] => [...amocrm.account.records.leads.values()];

async function linked(): Promise<ReadonlyMap<string, number>> {
  const links = await rows<{ local_id: string; remote_id: string }>(
    'SELECT local_id, remote_id FROM sync_link WHERE tenant_id = $1',
  );
  return new Map(links.map(({ local_id, remote_id }) => [local_id, Number(remote_id)]));
}

/** Nothing is left to do, and amoCRM was asked since what changed. */
async function settled(): Promise<void> {
  await askedAnew(rows, 'deal');
  await expect
    .poll(() =>
      rows(
        `SELECT key, refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NULL AND due_at < 'infinity'
           UNION ALL SELECT 'resync', NULL FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false'
           UNION ALL SELECT 'poll', NULL FROM sync_connector WHERE tenant_id = $1 AND poll_at <= now()
           UNION ALL SELECT 'message', NULL FROM sync_message WHERE tenant_id = $1 AND read_at IS NULL
           UNION ALL SELECT 'stopped', reason FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'`,
      ),
    )
    .toEqual([]);
}

describe('deals in MaK and leads in amoCRM', () => {
  it('become equal, and what people edit on either side follows, without an echo', async () => {
    // Minor units here, whole ones there.
    const ours = await create('Ours', 125_050);
    // Of an owner whom MaK does not know it would become a dead letter.
    const nobody = amocrm.account.users[0]?.id;
    const [theirs] = byHand({ name: 'Theirs', price: 70, responsible_user_id: nobody });
    await connect();
    await expect.poll(async () => (await linked()).size).toBe(2);
    await settled();
    const there = await linked();
    const lead = there.get(ours.id) ?? 0;
    expect(scalarsOf(lead)).toMatchObject({ name: 'Ours', price: 1_250 });
    const [own] = [...there].find(([, id]) => id === theirs?.id) ?? [''];
    expect(await dealOf(own)).toMatchObject({ name: 'Theirs', amount: 7_000 });
    expect(leads()).toHaveLength(2);
    // Also the one that people made says which deal it is.
    const field = amocrm.account.fields.find(({ name }) => name === 'master_deal_id');
    const custom = amocrm.account.records.leads.get(theirs?.id ?? 0)?.custom;
    expect(custom?.get(field?.id ?? 0)).toMatchObject([{ value: own }]);

    byHand({ id: lead, name: 'Renamed there' });
    const { version } = await dealOf(own);
    const body = { version, amount: 8_000, currency: 'UAH' };
    await api.call(`/v1/deals/${own}`, { key: tenant.apiKey, method: 'PATCH', body });
    await settled();
    await expect
      .poll(() => dealOf(ours.id))
      .toMatchObject({ name: 'Renamed there', amount: 125_050 });
    await expect
      .poll(() => scalarsOf(theirs?.id ?? 0))
      .toMatchObject({ name: 'Theirs', price: 80 });
    await settled();

    const before = JSON.stringify(leads());
    await settled();
    await settled();
    expect(JSON.stringify(leads())).toBe(before);
    expect(amocrm.limits.rejected).toBe(0);
  });

  it('have a status that follows the stage; a move by a person there is a fact or is put right', async () => {
    const { id: pipeline } = amocrm.account.mainPipeline;
    const [fresh, working] = amocrm.account.mainPipeline.statuses
      .filter(({ type }) => type === 0)
      .map(({ id }) => id);
    const [{ id: adtech } = { id: '' }] = await rows<{ id: string }>(
      "SELECT id FROM pipeline WHERE tenant_id = $1 AND key = 'adtech'",
    );
    const deal = await create('Moves', 1_000);
    await connect({
      stage_tables: [
        {
          pipeline: adtech,
          status_of: { draft: `${pipeline}:${fresh}`, briefed: `${pipeline}:${working}` },
          event_of: { [`${pipeline}:${working}`]: 'crm.brief.submitted' },
        },
      ],
    });
    await settled();
    const lead = (await linked()).get(deal.id) ?? 0;
    expect(scalarsOf(lead)).toMatchObject({ status_id: fresh });

    byHand({ id: lead, pipeline_id: pipeline, status_id: working });
    await settled();
    await expect.poll(async () => (await dealOf(deal.id)).stage).toBe('briefed');
    await settled();
    expect(scalarsOf(lead)).toMatchObject({ status_id: working });

    byHand({ id: lead, pipeline_id: pipeline, status_id: LOST });
    await settled();
    await expect.poll(() => scalarsOf(lead)?.['status_id']).toBe(working);
    expect((await dealOf(deal.id)).stage).toBe('briefed');
  });

  it('go on after somebody has removed the field with their ids there', async () => {
    await connect();
    await settled();
    const { fields } = amocrm.account;
    const place = fields.findIndex(({ name }) => name === 'master_deal_id');
    fields.splice(place, 1);
    const deal = await create('Without a field', 500);
    await settled();
    const lead = (await linked()).get(deal.id) ?? 0;
    const field = fields.find(({ name }) => name === 'master_deal_id');
    const custom = amocrm.account.records.leads.get(lead)?.custom;
    expect(custom?.get(field?.id ?? 0)).toMatchObject([{ value: deal.id }]);
  });

  it('have a default owner here where nobody in MaK is the person there, which is told and stays', async () => {
    const nobody = amocrm.account.users[0]?.email;
    const [, stranger] = amocrm.account.users;
    const default_owner = `${randomUUID()}@example.com`;
    const account = { email: default_owner, name: 'Default', role: 'employee' };
    await api.call('/v1/accounts', { key: tenant.apiKey, body: account });
    const [lead] = byHand({ name: 'Of a stranger', responsible_user_id: stranger?.id });
    await connect({ settings: { address, nobody, default_owner } });
    await expect.poll(async () => (await linked()).size).toBe(1);
    await settled();
    const { body } = await api.call('/v1/connectors/amocrm/divergences', { key: tenant.apiKey });
    expect(body).toMatchObject({
      items: [{ remote_id: String(lead?.id), refusal: { code: 'unknown_owner', field: 'owner' } }],
    });
    const [{ email } = { email: null }] = await rows<{ email: string }>(
      'SELECT email FROM account a JOIN deal d ON d.owner_id = a.id::text WHERE d.tenant_id = $1',
    );
    expect(email).toBe(default_owner);
    await settled();
    expect(scalarsOf(lead?.id ?? 0)).toMatchObject({ responsible_user_id: stranger?.id });

    byHand({ id: lead?.id, responsible_user_id: amocrm.account.users[0]?.id });
    await settled();
    const refused = 'SELECT FROM sync_link WHERE tenant_id = $1 AND refusal IS NOT NULL';
    await expect.poll(() => rows(refused)).toEqual([]);
  });

  it('wait while amoCRM has blocked the account, and say so', async () => {
    await connect();
    await settled();
    amocrm.limits.blocked = true;
    const deal = await create('Waits', 500);
    const state = () =>
      rows<{ state: string; reason: string }>(
        'SELECT state, reason FROM sync_connector WHERE tenant_id = $1',
      );
    await expect
      .poll(async () => (await state())[0])
      .toMatchObject({ state: 'stopped', reason: expect.stringContaining('support') });
    amocrm.limits.unblock();
    await rows("UPDATE sync_connector SET state = 'running' WHERE tenant_id = $1");
    await settled();
    expect(scalarsOf((await linked()).get(deal.id) ?? 0)).toMatchObject({ name: 'Waits' });
  });
});

describe('what amoCRM tells', () => {
  const HOUR = 3_600;
  const destination = (): string => [...amocrm.webhooks.all.keys()][0] ?? '';
  /** As an admin sees them, oldest first. */
  const messages = async () => {
    const { body } = await api.call<{
      items: { told: object[]; untold: string[]; read_at: string | null }[];
    }>('/v1/connectors/amocrm/messages', { key: tenant.apiKey });
    return body.items
      .toReversed()
      .map(({ told, untold, read_at }) => ({ told, untold, read: read_at !== null }));
  };

  async function send(body: string, to = destination()): Promise<{ status: number; text: string }> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(to, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  }

  /** Nothing is found by asking for an hour. */
  async function connectSilently(): Promise<void> {
    await connect({ poll_seconds: HOUR });
    await settled();
    await rows(
      `UPDATE sync_connector SET poll_at = now() + interval '1 hour' WHERE tenant_id = $1`,
    );
  }

  it('is subscribed to by itself, and followed without asking', async () => {
    const ours = await create('Told', 10_000);
    await connectSilently();
    expect(destination()).toMatch(`${api.url}/v1/amocrm/${tenant.key}/webhook/`);
    const lead = (await linked()).get(ours.id) ?? 0;
    byHand({ id: lead, name: 'Told by amoCRM' });
    await amocrm.webhooks.deliverDue();
    await expect.poll(async () => (await dealOf(ours.id)).name).toBe('Told by amoCRM');
    const told = [{ entity: 'deal', remote_id: String(lead) }];
    await expect
      .poll(async () => (await messages()).at(-1))
      .toEqual({ told, untold: [], read: true });

    // amoCRM has switched it off; with new settings MaK looks at once, else within minutes.
    const [webhook] = amocrm.webhooks.all.values();
    if (webhook !== undefined) webhook.disabled = true;
    const people = [{ mak: 'a@example.com', amocrm: 'b@example.com' }];
    const settings = { address, nobody: amocrm.account.users[0]?.email, people };
    await connect({ version: 1, settings, secrets: undefined });
    await settled();
    expect(webhook?.disabled).toBe(false);
    expect(amocrm.webhooks.all.size).toBe(1);

    if (webhook !== undefined) webhook.disabled = true;
    await settled();
    expect(webhook?.disabled).toBe(true);
    // Minutes later; the clock itself stays, for others go by it.
    worker.app.get(AmocrmConnector)['prepared'].forget(tenant.id);
    await settled();
    expect(webhook?.disabled).toBe(false);
    expect(amocrm.webhooks.all.size).toBe(1);
  });

  it('of what MaK has written itself and read back is not looked at again', async () => {
    await connectSilently();
    const [known, edited] = [await create('Known', 1_000), await create('Edited', 1_000)];
    await settled();
    const looked: string[] = [];
    amocrm.disturb = ({ url = '' }) => {
      looked.push(...new URL(url, address).searchParams.getAll('filter[id][]'));
      return 'arrives';
    };
    const there = await linked();
    const [same, other] = [there.get(known.id) ?? 0, there.get(edited.id) ?? 0];
    await amocrm.webhooks.deliverDue();
    // Somebody changes the other one as the same user, a second later.
    const row = {
      id: other,
      last_modified: Number(scalarsOf(other)?.['updated_at']) + 1,
      modified_user_id: amocrm.account.users[0]?.id,
    };
    const body = Object.entries(row).map(([name, value]) => `leads[update][0][${name}]=${value}`);
    await send(body.join('&'));
    await settled();
    const told = await messages();
    expect(told.flatMap((message) => message.told)).toContainEqual({
      entity: 'deal',
      remote_id: String(same),
    });
    expect(looked).toEqual([String(other)]);
  });

  it('is nothing where it grants no webhooks: admins see why, until it does', async () => {
    amocrm.disturb = ({ url }, _body, response) => {
      if (url?.includes('/webhooks') !== true) return 'arrives';
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({ title: 'Forbidden', status: 403, detail: 'Not in this plan.' }),
      );
      return 'answered';
    };
    const silence = async () => {
      const view = await api.call<{ silence: string | null }>('/v1/connectors/amocrm', {
        key: tenant.apiKey,
      });
      return view.body.silence;
    };
    await connect();
    await settled();
    expect(await silence()).toContain('Not in this plan.');
    amocrm.disturb = () => 'arrives';
    // With new settings MaK looks at once, else within minutes.
    const settings = { address, nobody: amocrm.account.users[1]?.email };
    await connect({ version: 1, settings, secrets: undefined });
    await settled();
    expect(await silence()).toBeNull();
  });

  it('of its people, pipelines and statuses settings may name', async () => {
    await connectSilently();
    const { body } = await api.call<{ items: object[] }>('/v1/connectors/amocrm/options', {
      key: tenant.apiKey,
      method: 'POST',
      body: {},
    });
    const people = amocrm.account.users.map(({ name, email }) => ({
      setting: 'people',
      value: email,
      title: name,
    }));
    const [sales] = amocrm.account.pipelines;
    expect(body.items.slice(0, people.length)).toEqual(people);
    expect(body.items).toEqual(
      expect.arrayContaining([
        { setting: 'leads.pipelines', value: String(sales?.id), title: 'Sales' },
        { setting: 'leads.statuses', value: `${sales?.id}:${LOST}`, title: 'Sales: Closed - lost' },
      ]),
    );
    // Leads that nobody has taken yet have no status.
    expect(JSON.stringify(body.items)).not.toMatch(/Incoming|master_deal_id/);
    const elsewhere = { settings: { address: 'https://elsewhere.amocrm.ru' } };
    const refused = await api.call('/v1/connectors/amocrm/options', {
      key: tenant.apiKey,
      method: 'POST',
      body: { ...elsewhere, secrets: { token: 'a' } },
    });
    expect(refused.body).toMatchObject({ code: 'no_options' });
  });

  it('of what MaK does not read or does not have ends there', async () => {
    await connectSilently();
    const before = leads().length;
    expect(await send('unsorted[add][0][uid]=x&leads[mystery%00][0][id]=1')).toEqual({
      status: 204,
      text: '',
    });
    expect((await send('leads[update][0][id]=999999999&leads[update][0][last_mod')).status).toBe(
      204,
    );
    expect((await send('nothing')).status).toBe(204);
    const twice = { digest: 'the same', told: [], untold: ['said twice'] };
    await api.app
      .get(SyncMessages)
      .keep({ tenantId: tenant.id, connector: 'amocrm' }, [twice, twice]);
    await settled();
    expect((await messages()).slice(-4)).toMatchObject([
      { told: [], untold: ['unsorted.add', 'leads.mystery?'], read: true },
      { told: [{ entity: 'deal', remote_id: '999999999' }], untold: [], read: true },
      { told: [], untold: ['It tells of nothing.'], read: true },
      { told: [], untold: ['said twice'], read: true },
    ]);
    expect(await rows('SELECT FROM sync_pending WHERE tenant_id = $1')).toEqual([]);
    expect(leads()).toHaveLength(before);
  });

  it('is refused alike for another account, address, tenant or connector, and changes nothing', async () => {
    await connectSilently();
    const other = await api.createTenant();
    const [hook, door] = [destination(), destination().split('/').at(-1) ?? ''];
    const before = await messages();
    const answers = [
      await send('leads[add][0][id]=1&account[id]=1'),
      await send('leads[add][0][id]=1', hook.replace(/.$/, '_')),
      await send('leads[add][0][id]=1', hook.replace(door, door.replace(/^\d+/, '7'))),
      await send('leads[add][0][id]=1', hook.replace(tenant.key, other.key)),
      await send('leads[add][0][id]=1', hook.replace(tenant.key, 'nobody')),
      await send('leads[add][0][id]=1', hook.replace(tenant.key, 'No-Key!')),
    ];
    const [first] = answers;
    expect(first).toMatchObject({ status: 401 });
    expect(JSON.parse(first?.text ?? '')).toMatchObject({ code: 'amocrm_message_refused' });
    for (const answer of answers) expect(answer).toEqual(first);
    expect(await messages()).toEqual(before);

    const long = await send(`leads[add][0][id]=1&a=${'x'.repeat(1024 * 1024)}`);
    expect(long.status).toBe(413);
    await rows(
      `UPDATE sync_connector SET settings = '{"address":"https://other.amocrm.ru"}' WHERE tenant_id = $1`,
    );
    expect(await send('leads[add][0][id]=1')).toEqual(first);
  });
});

describe('a consent', () => {
  const post = <Body>(path: string, body: object) =>
    api.call<Body & { code?: string }>(`/v1/amocrm/${path}`, { key: tenant.apiKey, body });
  const state = async () =>
    (
      await api.call<{ state: string; reason: string | null }>('/v1/connectors/amocrm', {
        key: tenant.apiKey,
      })
    ).body;

  const integration = () => {
    const { clientId: client_id, clientSecret: client_secret } = amocrm.oauth.integration;
    return { address, client_id, client_secret };
  };

  /** An admin asks for access and agrees in amoCRM; gives what the browser comes back with. */
  async function agreed(
    asked: object = integration(),
  ): Promise<{ state: string; code: string; referer: string }> {
    const { body } = await post<{ url: string }>('consent', asked);
    const { headers } = await fetch(body.url, { method: 'POST', redirect: 'manual' });
    const { searchParams } = new URL(headers.get('location') ?? '');
    const [given, code, referer] = ['state', 'code', 'referer'].map(
      (name) => searchParams.get(name) ?? '',
    );
    return { state: given ?? '', code: code ?? '', referer: referer ?? '' };
  }

  it('lets MaK into the account; taken back it stops the connector, given again it goes on', async () => {
    const { body: place } = await api.call('/v1/amocrm/consent', { key: tenant.apiKey });
    expect(place).toEqual({ redirect_uri: amocrm.oauth.integration.redirectUri });
    const deal = await create('By consent', 10_000);
    expect((await post('consent/complete', await agreed())).status).toBe(200);
    await settled();
    const lead = (await linked()).get(deal.id) ?? 0;
    expect(scalarsOf(lead)).toMatchObject({ name: 'By consent' });

    amocrm.oauth.revokeAll();
    const { version } = await dealOf(deal.id);
    const edited = { version, name: 'While away' };
    await api.call(`/v1/deals/${deal.id}`, { key: tenant.apiKey, method: 'PATCH', body: edited });
    await expect.poll(state).toMatchObject({
      state: 'stopped',
      reason: expect.stringContaining('connect the account again'),
    });
    // The same integration needs not be named again.
    expect((await post('consent/complete', await agreed({}))).body).toMatchObject({
      state: 'running',
      reason: null,
    });
    await settled();
    expect(scalarsOf(lead)).toMatchObject({ name: 'While away' });

    await api.call('/v1/connectors/amocrm', { key: tenant.apiKey, method: 'DELETE' });
    expect(await rows('SELECT FROM amocrm_token WHERE tenant_id = $1')).toEqual([]);
  });

  it('that cannot be kept leaves the tokens of an earlier one as they were', async () => {
    expect((await post('consent/complete', await agreed())).status).toBe(200);
    const look = () => rows('SELECT sealed, version FROM amocrm_token WHERE tenant_id = $1');
    const before = await look();
    expect(before).toHaveLength(1);
    const again = await agreed({});
    // As a later version of MaK may have left it.
    await rows(`UPDATE sync_connector SET settings = settings || '{"later": 1}', state = 'paused'
      WHERE tenant_id = $1`);
    const { status, body } = await post('consent/complete', again);
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    expect(await look()).toEqual(before);
    expect(await state()).toMatchObject({ state: 'paused' });
  });

  it('is not asked for at an address that MaK will not call', async () => {
    const open = await startApp({
      database: api.database,
      env: { MAK_ALLOW_PRIVATE_WEBHOOKS: 'false' },
    });
    try {
      const { clientId, clientSecret } = amocrm.oauth.integration;
      const { status, body } = await open.call('/v1/amocrm/consent', {
        key: tenant.apiKey,
        body: { address, client_id: clientId, client_secret: clientSecret },
      });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'url_not_allowed', field: 'address' });
    } finally {
      await open.close();
    }
  });

  it('is refused when it was not asked for, is of another account or comes twice, and connects nothing', async () => {
    expect((await post('consent', { address })).body.code).toBe('integration_required');
    const given = await agreed();
    const codeFor = async (more: object): Promise<unknown> =>
      (await post('consent/complete', { ...given, ...more })).body.code;
    expect(await codeFor({ state: 'guessed' })).toBe('consent_unknown');
    expect(await codeFor({ referer: 'evil.example' })).toBe('other_account');
    const other = await api.createTenant();
    const stolen = await api.call('/v1/amocrm/consent/complete', {
      key: other.apiKey,
      body: given,
    });
    expect(stolen.body).toMatchObject({ code: 'consent_unknown' });
    expect(await codeFor({ code: 'guessed' })).toBe('consent_code_refused');
    expect(await codeFor({})).toBe('consent_unknown');
    expect(await rows('SELECT FROM amocrm_token WHERE tenant_id = $1')).toEqual([]);
    expect(await rows('SELECT FROM sync_connector WHERE tenant_id = $1')).toEqual([]);
  });
});
