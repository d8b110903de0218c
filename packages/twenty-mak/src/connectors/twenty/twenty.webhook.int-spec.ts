import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import { ConnectorSettings } from '../sync/index.ts';
import { REPLAY_WINDOW } from './webhook-signature.ts';

const SECRET = 'webhook secret of the tests';

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
  const sealed = mak.app
    .get(ConnectorSettings)
    .seal(tenant.id, 'twenty', { api_key: 'none', webhook_secret: SECRET });
  await mak.app.get(Database).within({ tenantId: tenant.id }, (tx) =>
    tx.execute(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, secrets, entities)
       VALUES ($1, 'twenty', 'running', '{}', $2, '{deal}')`,
      [tenant.id, sealed],
    ),
  );
});
afterAll(() => mak.close());

/** A message as twenty writes it: with blanks that a JSON reader would not give back. */
function message(id = randomUUID()): string {
  return `{ "eventName": "masterDeal.updated",  "objectMetadata": {"nameSingular": "masterDeal"}, "record": {"id": "${id}", "name": "A secret"} }`;
}

/** What of it is read, and kept until then. */
function kept(id: string): string {
  return `{"objectMetadata":{"nameSingular":"masterDeal"},"record":{"id":"${id}"}}`;
}

interface Sending {
  readonly key?: string;
  readonly secret?: string;
  readonly at?: number;
  /** Sent in place of what was signed. */
  readonly sent?: string;
  readonly headers?: Record<string, string>;
}

async function send(
  body: string,
  { key = tenant.key, secret = SECRET, at = Date.now(), sent = body, headers }: Sending = {},
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${mak.url}/v1/twenty/${key}/webhook`, {
    method: 'POST',
    headers: headers ?? {
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': String(at),
      'x-twenty-webhook-signature': createHmac('sha256', secret)
        .update(`${at}:${body}`)
        .digest('hex'),
    },
    body: sent,
  });
  return { status: answer.status, text: await answer.text() };
}

const stored = () =>
  mak.database.query<{ body: string }>('SELECT body FROM twenty_message WHERE tenant_id = $1', [
    tenant.id,
  ]);

describe('a message of twenty', () => {
  it('is stored with what is read of it, once, however often it comes', async () => {
    const id = randomUUID();
    const [body, at] = [message(id), Date.now()];
    expect(await send(body, { at })).toEqual({ status: 204, text: '' });
    expect((await send(body, { at })).status).toBe(204);
    expect(await stored()).toEqual([{ body: kept(id) }]);
  });

  it('is not stored when there is nothing to read', async () => {
    const before = await stored();
    expect(await send('{"eventName":"A secret"}')).toEqual({ status: 204, text: '' });
    expect(await stored()).toEqual(before);
  });

  it('is answered at once', async () => {
    const times: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const begun = performance.now();
      expect((await send(message())).status).toBe(204);
      times.push(performance.now() - begun);
    }
    // The one that waited least for others on the machine shows what the work takes, in milliseconds.
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('is stored with others that come at once, and a bad one among them spoils none', async () => {
    const good = Array.from({ length: 60 }, () => randomUUID());
    const answers = await Promise.all([
      ...good.map((id) => send(message(id))),
      send(message(), { secret: 'another secret of somebody' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([...good.map(() => 204), 401]);
    const bodies = new Set((await stored()).map(({ body }) => body));
    expect(good.filter((id) => !bodies.has(kept(id)))).toEqual([]);
  });

  it('is refused alike, whatever is wrong with it, and changes nothing', async () => {
    const before = await stored();
    const answers = [
      await send(message(), { secret: 'another secret of somebody' }),
      await send(message(), { key: 'nobody' }),
      await send(message(), { key: 'No-Key!' }),
      await send(message(), { at: Date.now() - REPLAY_WINDOW - 1_000 }),
      await send(message(), { at: Date.now() + REPLAY_WINDOW + 60_000 }),
      await send(message(), { sent: message() }),
      await send(message(), { headers: { 'content-type': 'application/json' } }),
      await send(message().replaceAll(' ', ''), { sent: message() }),
    ];
    const [first] = answers;
    expect(first).toMatchObject({ status: 401 });
    expect(JSON.parse(first?.text ?? '')).toMatchObject({ code: 'twenty_message_refused' });
    for (const answer of answers) expect(answer).toEqual(first);
    expect(await stored()).toEqual(before);
  });

  it('of another tenant has its own secret', async () => {
    const other = await mak.createTenant();
    expect((await send(message(), { key: other.key })).status).toBe(401);
  });

  it('is no longer than a record can be', async () => {
    const { status, text } = await send(`{"a": "${'x'.repeat(1024 * 1024)}"}`);
    expect(status).toBe(413);
    expect(JSON.parse(text)).toMatchObject({ code: 'body_too_large' });
  });

  it('that is refused may be sent only so often, and true ones go on', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 80; count += 1)
      statuses.push((await send(message(), { key: 'nobody' })).status);
    expect(statuses).toContain(429);
    expect((await send(message())).status).toBe(204);
  });
});
