import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalTurns } from '../../../../test/amocrm-contract/target.ts';
import { OutboundHttp } from '../../../platform/outbound-http/index.ts';
import { portalOf } from '../access.ts';
import { AmocrmClient } from '../client.ts';
import { askForTokens, consentAddress } from '../oauth.ts';
import type { Grant } from '../oauth.ts';
import { LongLivedToken } from '../tokens.ts';
import { readWebhook } from '../webhook-message.ts';
import { AmocrmSimulator } from './index.ts';

/** Milliseconds. */
const MINUTE = 60_000;

let now: number;
let amocrm: AmocrmSimulator;
let address: string;
let http: OutboundHttp;
let turns: LocalTurns;
let hook: Server;
let destination: string;
/** Bodies that came, and the status that the next ones are answered with. */
let came: string[];
let status: number;

beforeEach(async () => {
  now = 1_772_700_000_000;
  amocrm = new AmocrmSimulator({ now: () => now });
  address = await amocrm.listen();
  http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  turns = new LocalTurns();
  came = [];
  status = 200;
  hook = createServer((request, response) => {
    void text(request).then((body) => {
      came.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => hook.listen(0, '127.0.0.1', listening));
  destination = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/amo`;
});
afterEach(async () => {
  await http.onApplicationShutdown();
  await amocrm.close();
  hook.closeAllConnections();
  await new Promise((closed) => hook.close(closed));
});

function client(token = amocrm.oauth.longLived()): AmocrmClient {
  const access = { address, bucket: 'x', budget: { burst: 1_000, perSecond: 1_000 } };
  return new AmocrmClient(http, turns, new LongLivedToken(token), access);
}

const account = { path: 'account' };

describe('the limits', () => {
  it('let seven calls through in a second, wherever it begins, and pause all after one more', async () => {
    const own = client();
    for (let call = 0; call < 7; call += 1) await own.ask(account);
    now += 999;
    await expect(own.ask(account)).rejects.toMatchObject({ kind: 'rate_limited', wait: 1_000 });
    expect(turns.pauses).toBe(1);
    now += 1;
    expect(await own.ask(account)).toMatchObject({ kind: 'data' });
  });

  it('block the account after many calls too many, tokens too, until it is lifted', async () => {
    const own = client();
    const calls = Array.from({ length: 27 }, () =>
      own.ask(account).catch((error: unknown) => error),
    );
    await Promise.all(calls);
    const blocked = { kind: 'blocked', message: expect.stringContaining('support') };
    await expect(own.ask(account)).rejects.toMatchObject(blocked);
    now += 60 * MINUTE;
    await expect(own.ask(account)).rejects.toMatchObject(blocked);
    const grant = { grant_type: 'authorization_code', code: amocrm.oauth.authorize() } as const;
    await expect(tokens(grant)).rejects.toMatchObject(blocked);
    amocrm.limits.unblock();
    expect(await own.ask(account)).toMatchObject({ kind: 'data' });
  });
});

function tokens(grant: Grant, changes: object = {}) {
  const integration = { address, ...amocrm.oauth.integration, ...changes };
  return askForTokens(http, integration, grant, () => now);
}

describe('consent', () => {
  it('leads back with a code for one pair of tokens', async () => {
    const { clientId, redirectUri } = amocrm.oauth.integration;
    const page = consentAddress(address, clientId, 'a state');
    expect(await (await fetch(page)).text()).toContain('Allow');
    const { headers } = await fetch(page, { method: 'POST', redirect: 'manual' });
    const back = new URL(headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('a state');
    const grant = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
    } as const;
    const pair = await tokens(grant);
    expect(pair).toMatchObject({ expiresAt: now + 24 * 60 * MINUTE });
    expect(await client('accessToken' in pair ? pair.accessToken : '').ask(account)).toMatchObject({
      kind: 'data',
    });
    expect(await tokens(grant)).toMatchObject({ refusal: 'Authorization code has expired' });
  });

  it('is for twenty minutes, for one integration and one address', async () => {
    const fresh = () =>
      ({ grant_type: 'authorization_code', code: amocrm.oauth.authorize() }) as const;
    const late = fresh();
    now += 20 * MINUTE;
    expect(await tokens(late)).toHaveProperty('refusal');
    expect(await tokens(fresh(), { clientSecret: 'no' })).toHaveProperty('refusal');
    expect(await tokens(fresh(), { redirectUri: 'https://x.example/' })).toHaveProperty('refusal');
  });

  it.each([
    ['https://demo.amocrm.ru', 'https://www.amocrm.ru'],
    ['https://demo.kommo.com', 'https://www.kommo.com'],
    ['https://evilamocrm.ru', 'https://evilamocrm.ru'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('to an account at %s is given at %s', (own, portal) => {
    expect(portalOf(own)).toBe(portal);
  });
});

describe('answers that are none', () => {
  const answeredBy = (code: number, body: string): void => {
    amocrm.disturb = (_request, _body, response) => {
      response.writeHead(code, { 'content-type': 'text/html' }).end(body);
      return 'answered';
    };
  };

  it.each([
    [200, '<html>a proxy</html>', 'unavailable'],
    [404, '<html>', 'unavailable'],
    [502, '<html>', 'unavailable'],
    [504, '', 'unavailable'],
    [400, '<html>', 'unavailable'],
    [402, '{"status":402,"title":"Payment"}', 'blocked'],
    [403, '{"status":403,"title":"Forbidden"}', 'blocked'],
    [429, 'Too many', 'rate_limited'],
    [401, '{"status":401}', 'blocked'],
  ])('%i with %s is %s', async (code, body, kind) => {
    answeredBy(code, body);
    await expect(client().ask(account)).rejects.toMatchObject({ kind });
  });

  it('are told from those that never come', async () => {
    amocrm.disturb = () => 'answer lost';
    await expect(client().ask(account)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('webhooks', () => {
  const subscribe = (...settings: string[]) =>
    client().ask({ method: 'POST', path: 'webhooks', body: { destination, settings } });
  const leads = (names: readonly string[]) =>
    client().ask({ method: 'POST', path: 'leads', body: names.map((name) => ({ name })) });
  const later = async (minutes: number): Promise<number> => {
    now += minutes * MINUTE;
    await amocrm.webhooks.deliverDue();
    return came.length;
  };

  it('tell all that one call changed, of what was asked for, in one message', async () => {
    await subscribe('add_lead');
    await leads(['one', 'two']);
    await later(0);
    expect(came).toHaveLength(1);
    const read = readWebhook(came[0] ?? '');
    expect(read).toMatchObject({
      message: {
        account: { subdomain: 'sandbox', id: String(amocrm.account.id) },
        heard: [{ action: 'add' }, { action: 'add' }],
      },
    });
  });

  it.each([
    [404, [1, 1, 2, 3, 3, 3]],
    [503, [1, 1, 2, 3, 4, 5]],
    [302, [1, 1, 2, 3, 3, 3]],
  ])(
    'that are answered with %i are sent again after 5, 15, 15 and 60 minutes',
    async (code, counts) => {
      await subscribe('add_lead');
      await leads(['one']);
      status = code;
      const seen = [];
      for (const minutes of [0, 4, 1, 15, 15, 60]) seen.push(await later(minutes));
      expect(seen).toEqual(counts);
      expect(await later(600)).toBe(counts.at(-1));
    },
  );

  it('are switched off after more than 100 failures in two hours, and on again by subscribing', async () => {
    await subscribe('add_lead');
    status = 500;
    for (let index = 0; index < 101; index += 1) {
      now += 1_000;
      await leads([`${index}`]);
    }
    await later(0);
    const [webhook] = amocrm.webhooks.all.values();
    expect(webhook?.disabled).toBe(true);
    const sent = came.length;
    await leads(['unheard']);
    expect(amocrm.webhooks.underWay).toBe(101);
    await subscribe('add_lead');
    expect(webhook?.disabled).toBe(false);
    await leads(['heard']);
    expect(await later(0)).toBe(sent + 1);
  });

  it('tell of what people do on the page as of their own edits', async () => {
    const { mainPipeline, users } = amocrm.account;
    await subscribe('add_lead', 'update_lead', 'status_lead', 'delete_lead', 'restore_lead');
    const press = async (id: number, form: Record<string, string>): Promise<string> => {
      const body = new URLSearchParams(form);
      const answer = await fetch(`${address}/hand/leads/${id}`, { method: 'POST', body });
      return answer.text();
    };
    const open = mainPipeline.statuses.filter(({ type }) => type === 0);
    const place = (index: number): string => `${mainPipeline.id}:${open[index]?.id}`;
    expect(await press(0, { name: '<b>By hand', price: '5', place: place(0) })).toContain(
      'is saved',
    );
    const [id = 0] = amocrm.account.records.leads.keys();
    const page = await press(id, { name: '<b>By hand', price: '7', place: place(1) });
    expect(page).toContain('&lt;b&gt;By hand');
    await press(id, { do: 'delete' });
    expect(await client().ask({ path: `leads/${id}` })).toEqual({ kind: 'nothing' });
    await press(id, { do: 'restore' });
    await later(0);
    const heard = came.flatMap((body) => {
      const read = readWebhook(body);
      return read.kind === 'message' ? read.message.heard : [];
    });
    expect(heard.map(({ action }) => action).toSorted()).toEqual(
      ['add', 'update', 'status', 'delete', 'restore'].toSorted(),
    );
    expect(heard.find(({ action }) => action === 'status')?.authorId).toBe(String(users[1]?.id));
    expect(await press(id, { name: 'x', price: '-1', place: place(0) })).toContain('Not taken');
    expect(await press(id, { name: 'x', place: '1:1' })).toContain('NotSupportedChoice');
  });

  it('tell of what people write on the page beside the fields of a lead', async () => {
    const { account } = amocrm;
    const place = account.addField('leads', 'Place', 'select', ['Kyiv', 'Lviv']);
    const press = async (path: string, form: Record<string, string>): Promise<string> => {
      const body = new URLSearchParams(form);
      const answer = await fetch(`${address}/hand/${path}`, { method: 'POST', body });
      return answer.text();
    };
    const [phone, email] = ['PHONE', 'EMAIL'].map((code) =>
      account.fields.find((one) => one.code === code),
    );
    const both = {
      [`field_${phone?.id}`]: '+380501112233',
      [`field_${email?.id}`]: 'ann@a.example',
    };
    await press('contacts/0', { name: 'Ann', ...both });
    const [contact] = account.records.contacts.values();
    expect(contact?.custom.get(phone?.id ?? 0)).toMatchObject([{ value: '+380501112233' }]);
    await press(`contacts/${contact?.id}`, { name: 'Ann', ...both, [`field_${phone?.id}`]: '' });
    const saved = account.records.contacts.get(contact?.id ?? 0);
    expect([...(saved?.custom.values() ?? [])].flat()).toMatchObject([{ value: 'ann@a.example' }]);

    const status = `${account.mainPipeline.id}:${account.mainPipeline.statuses[1]?.id}`;
    const page = await press('leads/0', {
      name: 'Fair',
      place: status,
      [`field_${place.id}`]: 'Lviv',
    });
    expect(page).toContain('<option value="Lviv" selected>');
    const [lead] = account.records.leads.keys();
    await press('note/0', { entity_id: `${lead}`, text: 'Called\r\nat noon' });
    const [note] = account.notes.values();
    expect(note).toMatchObject({ entity_id: lead, params: { text: 'Called\nat noon' } });
    expect(await press(`note/${note?.id}`, { text: 'Called twice' })).toContain('Called twice');
    await press(`note/${note?.id}`, { do: 'delete' });
    expect(account.notes.size).toBe(0);
    await press('task/0', { entity_id: `${lead}`, text: 'Call' });
    const [task] = account.tasks.values();
    await press(`task/${task?.id}`, { text: 'Call', is_completed: 'on' });
    expect(account.tasks.get(task?.id ?? 0)).toMatchObject({ entity_id: lead, is_completed: true });
    expect(await press('note/0', { entity_id: '1', text: 'x' })).toContain('NotSupportedChoice');
  });

  it('are not pressed by another page of the browser', async () => {
    const headers = { origin: 'https://evil.example' };
    const answer = await fetch(`${address}/hand/revoke`, { method: 'POST', headers });
    expect(answer.status).toBe(403);
  });
});
