import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp, TestTenant } from '../../../test/support/app.ts';
import { longTransaction } from '../../../test/support/long-transaction.ts';
import { startReceiver } from '../../../test/support/receiver.ts';
import type { Reaction, ReceivedWebhook, Receiver } from '../../../test/support/receiver.ts';
import { Database } from '../../platform/database/index.ts';
import { writeOutbox } from '../../platform/outbox/index.ts';
import { claimDeliveries } from './deliveries.repository.ts';
import type {
  DeliveryView,
  DeliveryWithPayload,
  WebhookView,
  WebhookWithSecret,
} from './webhooks.dto.ts';

const WORKER = {
  MAK_POLL_INTERVAL_MS: '50',
  MAK_WEBHOOK_RETRY_MS: '60',
  MAK_WEBHOOK_ATTEMPTS: '4',
  MAK_WEBHOOK_TIMEOUT_MS: '400',
};

let api: TestApp;
let workers: TestApp[];
const receivers: Receiver[] = [];

beforeAll(async () => {
  api = await startApp();
  workers = [
    await startApp({ role: 'worker', database: api.database, env: WORKER }),
    await startApp({ role: 'worker', database: api.database, env: WORKER }),
  ];
});
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await api.close();
});

async function receive(react?: Reaction): Promise<Receiver> {
  const receiver = await startReceiver(react);
  receivers.push(receiver);
  return receiver;
}

async function subscribe(
  tenant: TestTenant,
  body: Record<string, unknown>,
): Promise<WebhookWithSecret> {
  const answer = await api.call<WebhookWithSecret>('/v1/webhooks', { key: tenant.apiKey, body });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Writes `count` events of one deal, each in a transaction of its own, numbered by the deal's version. */
async function announce(
  tenant: TestTenant,
  count: number,
  dealId: string = randomUUID(),
): Promise<string> {
  for (let version = 1; version <= count; version += 1) {
    await api.app.get(Database).within({ tenantId: tenant.id }, async (tx) =>
      writeOutbox(tx, tenant.id, [
        {
          type: 'masterdeal.owner.changed',
          occurredAt: Date.now(),
          causationId: null,
          correlationId: 'c-1',
          dealId,
          dealVersion: version,
          data: { from: null, to: `"quoted\\ ${version}` },
        },
      ]),
    );
  }
  return dealId;
}

const versions = (receiver: Receiver, dealId: string): number[] =>
  receiver.received
    .filter(({ body }) => body.master_deal_id === dealId)
    .map(({ body }) => body.deal_version);

async function deliveries(
  tenant: TestTenant,
  webhook: { id: string },
  query = '',
): Promise<DeliveryView[]> {
  const path = `/v1/webhooks/${webhook.id}/deliveries?limit=200${query}`;
  return (await api.call<{ items: DeliveryView[] }>(path, { key: tenant.apiKey })).body.items;
}

const post = <Body>(tenant: TestTenant, path: string, body?: object): Promise<Answer<Body>> =>
  api.call<Body>(path, {
    method: 'POST',
    key: tenant.apiKey,
    ...(body === undefined ? {} : { body }),
  });

describe('delivery', () => {
  it('signs as the Standard Webhooks say and sends each event once', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const { secret } = await subscribe(tenant, { url: receiver.url });
    const deal = await announce(tenant, 5);
    await expect.poll(() => receiver.received.length).toBe(5);
    await sleep(300);
    expect(versions(receiver, deal)).toEqual([1, 2, 3, 4, 5]);
    for (const { text, headers } of receiver.received) {
      const event = new Webhook(secret).verify(text, headers as Record<string, string>);
      expect(event).toMatchObject({
        event_id: headers['webhook-id'],
        type: 'masterdeal.owner.changed',
        version: 1,
        source: 'masterdeal',
        tenant_id: tenant.id,
        master_deal_id: deal,
        correlation_id: 'c-1',
      });
    }
  });

  it('sends only the types that were asked for, and only events after the subscription', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const older = await longTransaction(api.app.get(Database));
    await announce(tenant, 2);
    const chosen = await subscribe(tenant, { url: receiver.url, types: ['masterdeal.closed'] });
    const all = await subscribe(tenant, { url: receiver.url });
    await older.end();
    await announce(tenant, 3);
    await expect.poll(() => receiver.received.length).toBe(3);
    await sleep(300);
    expect(await deliveries(tenant, chosen)).toEqual([]);
    expect(await deliveries(tenant, all, '&status=delivered')).toHaveLength(3);
  });

  it('holds back later events of the failing deal and of no other', async () => {
    const tenant = await api.createTenant();
    const bad = randomUUID();
    let broken = true;
    const failing = ({ body }: ReceivedWebhook): number =>
      broken && body.master_deal_id === bad && body.deal_version === 2 ? 500 : 200;
    const receiver = await receive(failing);
    const webhook = await subscribe(tenant, { url: receiver.url });
    await announce(tenant, 4, bad);
    const good = await announce(tenant, 4);
    await expect.poll(() => versions(receiver, good)).toEqual([1, 2, 3, 4]);
    const soFar = versions(receiver, bad);
    expect(soFar.slice(0, 2)).toEqual([1, 2]);
    expect(new Set(soFar)).toEqual(new Set([1, 2]));
    broken = false;
    await expect.poll(() => versions(receiver, bad).slice(-2)).toEqual([3, 4]);
    await expect
      .poll(async () => (await deliveries(tenant, webhook, '&status=delivered')).length)
      .toBe(8);
    const repeats = receiver.received.filter(
      ({ body }) => body.master_deal_id === bad && body.deal_version === 2,
    );
    expect(new Set(repeats.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('makes dead letters, which can be looked at, replayed and dropped', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive(() => 503);
    const webhook = await subscribe(tenant, { url: receiver.url });
    const deal = await announce(tenant, 2);
    await expect
      .poll(async () => (await deliveries(tenant, webhook, '&status=dead')).length, {
        timeout: 20_000,
      })
      .toBe(2);
    expect(versions(receiver, deal)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);

    const [second, first] = await deliveries(tenant, webhook, '&status=dead');
    if (first === undefined || second === undefined)
      throw new Error('the dead letters are missing');
    const { body: shown } = await api.call<DeliveryWithPayload>(
      `/v1/webhook-deliveries/${first.id}`,
      { key: tenant.apiKey },
    );
    expect(shown).toMatchObject({
      attempts: 4,
      last_status: 503,
      last_error: 'HTTP 503: no',
      payload: { deal_version: 1 },
    });

    receiver.react = () => 200;
    receiver.received.length = 0;
    expect((await post(tenant, `/v1/webhook-deliveries/${first.id}/replay`)).status).toBe(200);
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]?.headers).toMatchObject({
      'webhook-replayed': 'true',
      'webhook-id': first.event_id,
    });
    await expect
      .poll(async () =>
        (await deliveries(tenant, webhook, '&status=delivered')).map(({ id, replayed }) => [
          id,
          replayed,
        ]),
      )
      .toEqual([[first.id, true]]);
    expect((await post(tenant, `/v1/webhook-deliveries/${first.id}/replay`)).status).toBe(409);

    const drop = (): Promise<Answer<unknown>> =>
      api.call(`/v1/webhook-deliveries/${second.id}`, { method: 'DELETE', key: tenant.apiKey });
    expect((await drop()).status).toBe(204);
    expect((await drop()).status).toBe(404);
  });

  it('gives up on a receiver that does not answer in time, and follows no redirect', async () => {
    const tenant = await api.createTenant();
    const slow = await receive(() => null);
    const elsewhere = await receive(() => 302);
    const [hanging, moved] = [
      await subscribe(tenant, { url: slow.url }),
      await subscribe(tenant, { url: elsewhere.url }),
    ];
    await announce(tenant, 1);
    const lastError = async (webhook: WebhookWithSecret): Promise<string | null | undefined> =>
      (await deliveries(tenant, webhook))[0]?.last_error;
    await expect.poll(() => lastError(hanging)).toBe('timeout: No answer in time.');
    await expect.poll(() => lastError(moved)).toBe('HTTP 302');
    expect(new Set(elsewhere.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('is sent again when a worker died with it, with the same id', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const webhook = await subscribe(tenant, { url: receiver.url });
    const paused = await post<WebhookView>(tenant, `/v1/webhooks/${webhook.id}/pause`, {
      version: 1,
    });
    const deal = await announce(tenant, 1);
    await expect.poll(async () => (await deliveries(tenant, webhook)).length).toBe(1);
    // A worker takes it, sends it, and is killed before it can note that.
    const [claimed] = await api.app
      .get(Database)
      .within({ tenantId: tenant.id }, (tx) => claimDeliveries(tx, webhook.id, 1, 800));
    expect(claimed?.attempts).toBe(1);
    await post(tenant, `/v1/webhooks/${webhook.id}/resume`, { version: paused.body.version });
    await sleep(400);
    expect(versions(receiver, deal)).toEqual([]);
    await expect.poll(() => versions(receiver, deal)).toEqual([1]);
    expect(receiver.received[0]?.headers['webhook-id']).toBe(claimed?.event_id);
  });

  it('collects while paused and keeps the order when resumed', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const webhook = await subscribe(tenant, { url: receiver.url });
    const paused = await post<WebhookView>(tenant, `/v1/webhooks/${webhook.id}/pause`, {
      version: webhook.version,
    });
    expect(paused.body.status).toBe('paused');
    const deal = await announce(tenant, 6);
    await sleep(500);
    expect(receiver.received).toEqual([]);
    await post(tenant, `/v1/webhooks/${webhook.id}/resume`, { version: paused.body.version });
    await expect.poll(() => versions(receiver, deal)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('switches off what is gone or has failed for days, and tells the admins', async () => {
    const tenant = await api.createTenant();
    const admin = randomUUID();
    await api.database.query(
      "INSERT INTO account (id, tenant_id, email, name, role, status) VALUES ($1, $2, 'a@example.test', 'A', 'admin', 'active')",
      [admin, tenant.id],
    );
    const gone = await receive(() => 410);
    const failing = await receive(() => 500);
    const [first, second] = [
      await subscribe(tenant, { url: gone.url }),
      await subscribe(tenant, { url: failing.url }),
    ];
    await api.database.query(
      "UPDATE webhook_subscription SET failing_since = now() - interval '6 days' WHERE id = $1",
      [second.id],
    );
    await announce(tenant, 1);
    for (const webhook of [first, second]) {
      await expect
        .poll(
          async () =>
            (await api.call<WebhookView>(`/v1/webhooks/${webhook.id}`, { key: tenant.apiKey })).body
              .status,
          { timeout: 15_000 },
        )
        .toBe('disabled');
    }
    const told = await api.database.query<{
      account_id: string;
      data: { subscription_id: string };
    }>(
      "SELECT account_id, data FROM notification WHERE tenant_id = $1 AND kind = 'webhook.disabled'",
      [tenant.id],
    );
    expect(
      new Set(
        told.filter(({ account_id: id }) => id === admin).map(({ data }) => data.subscription_id),
      ),
    ).toEqual(new Set([first.id, second.id]));
  });

  it('sends a test message', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const webhook = await subscribe(tenant, { url: receiver.url });
    const { status, body } = await post<DeliveryView>(tenant, `/v1/webhooks/${webhook.id}/test`);
    expect([status, body.type, body.master_deal_id]).toEqual([202, 'webhook.test', null]);
    await expect.poll(() => receiver.received.length).toBe(1);
    const [{ text, headers } = { text: '', headers: {} }] = receiver.received;
    expect(
      new Webhook(webhook.secret).verify(text, headers as Record<string, string>),
    ).toMatchObject({ type: 'webhook.test' });
  });
});

describe('management', () => {
  it('shows the secret once, keeps it sealed, and lets both sign after a rotation', async () => {
    const tenant = await api.createTenant();
    const receiver = await receive();
    const webhook = await subscribe(tenant, { url: receiver.url, description: 'Warehouse' });
    const { body } = await api.call<WebhookView>(`/v1/webhooks/${webhook.id}`, {
      key: tenant.apiKey,
    });
    expect(body).not.toHaveProperty('secret');
    const [row] = await api.database.query<{ secret: Buffer }>(
      'SELECT secret FROM webhook_subscription WHERE id = $1',
      [webhook.id],
    );
    expect(row?.secret.toString('latin1')).not.toContain(webhook.secret.slice('whsec_'.length));

    const rotated = await post<WebhookWithSecret>(
      tenant,
      `/v1/webhooks/${webhook.id}/rotate-secret`,
      { version: 1 },
    );
    expect(rotated.body.secret).not.toBe(webhook.secret);
    await announce(tenant, 1);
    await expect.poll(() => receiver.received.length).toBe(1);
    const [{ text, headers } = { text: '', headers: {} }] = receiver.received;
    for (const secret of [webhook.secret, rotated.body.secret]) {
      expect(() =>
        new Webhook(secret).verify(text, headers as Record<string, string>),
      ).not.toThrow();
    }
  });

  it('edits with the version that was read', async () => {
    const tenant = await api.createTenant();
    const webhook = await subscribe(tenant, { url: 'http://example.test/a' });
    const edit = (body: object): Promise<Answer<WebhookView>> =>
      api.call(`/v1/webhooks/${webhook.id}`, { method: 'PATCH', key: tenant.apiKey, body });
    const changed = await edit({
      version: 1,
      url: 'http://example.test/b',
      types: ['masterdeal.merged'],
    });
    expect(changed.body).toMatchObject({
      url: 'http://example.test/b',
      types: ['masterdeal.merged'],
      version: 2,
    });
    expect((await edit({ version: 1, url: 'http://example.test/c' })).status).toBe(409);
  });

  it.each([
    { url: 'ftp://example.test' },
    { url: 'nonsense' },
    { url: 'http://user:pass@example.test/' },
    { url: 'http://example.test', types: ['masterdeal.unknown'] },
    { url: 'http://example.test', surplus: true },
    {},
  ])('refuses %j', async (body) => {
    const tenant = await api.createTenant();
    const answer = await api.call('/v1/webhooks', { key: tenant.apiKey, body });
    expect(answer.status).toBe(422);
    expect(
      (await api.call<{ items: object[] }>('/v1/webhooks', { key: tenant.apiKey })).body.items,
    ).toEqual([]);
  });

  it('is closed to other tenants', async () => {
    const tenant = await api.createTenant();
    const other = await api.createTenant();
    const webhook = await subscribe(tenant, { url: 'http://example.test/a' });
    const as = (path: string, method: string, body?: object): Promise<Answer<unknown>> =>
      api.call(path, { method, key: other.apiKey, ...(body === undefined ? {} : { body }) });
    const path = `/v1/webhooks/${webhook.id}`;
    const answers = [
      await as(path, 'GET'),
      await as(path, 'PATCH', { version: 1, url: 'http://example.test/b' }),
      await as(`${path}/pause`, 'POST', { version: 1 }),
      await as(`${path}/rotate-secret`, 'POST', { version: 1 }),
      await as(`${path}/test`, 'POST'),
      await as(`${path}/deliveries`, 'GET'),
      await as(`${path}/replay`, 'POST'),
      await as(path, 'DELETE'),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await api.call(path, { key: tenant.apiKey })).status).toBe(200);
  });

  it('answers the same over GraphQL', async () => {
    const tenant = await api.createTenant();
    const graphql = <Data>(query: string): Promise<Answer<{ data: Data }>> =>
      api.call('/graphql', { key: tenant.apiKey, body: { query } });
    const made = await graphql<{
      createWebhook: { secret: string; webhook: { id: string; version: number } };
    }>(
      'mutation { createWebhook(input: { url: "http://example.test/hook" }) { secret webhook { id version } } }',
    );
    const { id, version } = made.body.data.createWebhook.webhook;
    expect(made.body.data.createWebhook.secret).toMatch(/^whsec_/);
    const paused = await graphql<{ pauseWebhook: object }>(
      `mutation { pauseWebhook(id: "${id}", version: ${version}) { status } }`,
    );
    expect(paused.body.data.pauseWebhook).toEqual({ status: 'paused' });
    const read = await graphql(
      `{ webhooks { id } webhookDeliveries(webhookId: "${id}") { items { id } } }`,
    );
    expect(read.body.data).toEqual({ webhooks: [{ id }], webhookDeliveries: { items: [] } });
    await graphql(`mutation { deleteWebhook(id: "${id}") }`);
    expect((await graphql('{ webhooks { id } }')).body.data).toEqual({ webhooks: [] });
  });
});

describe('an installation that is open to the internet', () => {
  it('refuses private addresses when subscribing and when connecting', async () => {
    const open = await startApp({
      database: api.database,
      env: { MAK_ALLOW_PRIVATE_WEBHOOKS: 'false' },
    });
    const sender = await startApp({
      role: 'worker',
      database: open.database,
      env: { ...WORKER, MAK_ALLOW_PRIVATE_WEBHOOKS: 'false' },
    });
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    try {
      const tenant = await open.createTenant();
      for (const url of [
        'http://example.test/',
        'https://127.0.0.1/',
        'https://[::1]/',
        'https://169.254.169.254/',
      ]) {
        const answer = await open.call<{ code: string }>('/v1/webhooks', {
          key: tenant.apiKey,
          body: { url },
        });
        expect([url, answer.status, answer.body.code]).toEqual([url, 422, 'url_not_allowed']);
      }
      const webhook = await subscribe(tenant, { url: 'https://localhost/hook' });
      await announce(tenant, 1);
      await expect
        .poll(async () => (await deliveries(tenant, webhook))[0]?.last_error)
        .toBe('address_not_allowed: localhost leads to a private address.');
    } finally {
      await sender.close();
      await open.close();
    }
  });
});
