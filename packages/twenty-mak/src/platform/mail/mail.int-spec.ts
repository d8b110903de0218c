import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { lettersTo, startMailServer } from '../../../test/support/mail.ts';
import type { MailServer } from '../../../test/support/mail.ts';
import { PASSWORD, signIn, signInCall } from '../../../test/support/people.ts';
import { Database } from '../database/index.ts';
import { LetterSender } from './letter-sender.ts';
import type { Letter } from './letter.ts';
import { Letters } from './letters.ts';

const someEmail = () => `m-${randomBytes(4).toString('hex')}@example.com`;
const folder = mkdtempSync(join(tmpdir(), 'mak-mail-'));
let mak: TestApp;
let worker: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  const env = { MAK_MAIL_DIR: folder, MAK_POLL_INTERVAL_MS: '50', PUBLIC_URL: 'http://mak.test' };
  mak = await startApp({ env });
  worker = await startApp({ role: 'worker', database: mak.database, env });
  tenant = await mak.createTenant({ name: 'Північ & <b>' });
});
afterAll(async () => {
  await worker.close();
  await mak.close();
  rmSync(folder, { recursive: true });
});

const requestReset = (email: string) =>
  mak.call('/v1/auth/request-password-reset', { body: { email } });
const reset = (token: string, newPassword: string) =>
  mak.call('/v1/auth/reset-password', { body: { token, newPassword } });
const letterTo = async (email: string, at = 0) => {
  await expect.poll(() => lettersTo(folder, email).length).toBe(at + 1);
  return lettersTo(folder, email)[at]!;
};
const waiting = () => mak.database.query<{ id: string }>('SELECT id FROM auth.letter');

async function someone(locale = 'en'): Promise<string> {
  const email = someEmail();
  await mak.createTenant({
    accounts: [{ email, name: 'Ольга', role: 'employee', password: PASSWORD, locale }],
  });
  return email;
}

describe('a forgotten password', () => {
  it('is replaced with the link of a letter, once, and ends all sessions', async () => {
    const email = await someone('ru');
    const { token: session } = await signIn(mak, email);
    const code = await mak.call<{ code: string }>('/v1/embed/codes', { key: session, body: {} });
    const embedded = await mak.call<{ token: string }>('/v1/embed/sessions', {
      body: { code: code.body.code },
    });
    expect((await requestReset(email.toUpperCase())).status).toBe(200);
    const { text, token } = await letterTo(email);
    expect(text).toContain('Здравствуйте, Ольга!');
    expect(text).toContain(`http://mak.test/reset-password?token=${token}`);
    expect((await mak.call('/v1/tenant', { key: session })).status).toBe(200);

    expect(await reset(token, 'short')).toMatchObject({
      status: 400,
      body: { code: 'password_too_short' },
    });
    expect((await reset(token, 'a new long password')).status).toBe(200);
    for (const key of [session, embedded.body.token])
      expect((await mak.call('/v1/tenant', { key })).status).toBe(401);
    expect((await signInCall(mak, email, PASSWORD)).status).toBe(401);
    expect((await signInCall(mak, email, 'a new long password')).status).toBe(200);
    const again = { status: 400, body: { code: 'invalid_token' } };
    expect(await reset(token, 'another long password')).toMatchObject(again);
    expect(await reset('guessed', 'another long password')).toMatchObject(again);
  });

  it('gets the same answer whether somebody has the address', async () => {
    const email = await someone();
    const known = await requestReset(email);
    const unknown = await requestReset(someEmail());
    expect(unknown.status).toBe(known.status);
    expect(unknown.body).toEqual(known.body);
    await letterTo(email);
  });

  it('of somebody without an active account brings no letter', async () => {
    const email = await someone();
    await mak.database.query("UPDATE account SET status = 'deactivated' WHERE email = $1", [email]);
    expect((await requestReset(email)).status).toBe(200);
    expect(await waiting()).toEqual([]);
    expect(lettersTo(folder, email)).toEqual([]);
  });

  it('too late is refused', async () => {
    const email = await someone();
    await requestReset(email);
    const { token } = await letterTo(email);
    await mak.database.query(
      'UPDATE auth.verification SET "expiresAt" = now() WHERE identifier = $1',
      [`reset-password:${token}`],
    );
    expect((await reset(token, 'a new long password')).status).toBe(400);
  });

  it('is asked for five times an hour and no more, without telling', async () => {
    const email = await someone();
    for (let index = 0; index < 7; index += 1) expect((await requestReset(email)).status).toBe(200);
    await expect.poll(async () => (await waiting()).length).toBe(0);
    expect(lettersTo(folder, email)).toHaveLength(5);
  });

  it('is not acknowledged when its letter could not be kept', async () => {
    const email = await someone();
    await mak.database.query('ALTER TABLE auth.letter RENAME TO away');
    try {
      expect((await requestReset(email)).status).toBe(500);
    } finally {
      await mak.database.query('ALTER TABLE auth.away RENAME TO letter');
    }
  });
});

describe('an invitation', () => {
  it('is sent to the person, in the language of the account', async () => {
    const email = someEmail();
    const invited = await mak.call<{ account: { id: string }; invitation: { token: string } }>(
      '/v1/accounts',
      { key: tenant.apiKey, body: { email, name: 'Ігор', role: 'employee', locale: 'uk' } },
    );
    const { text, token, file } = await letterTo(email);
    expect(token).toBe(invited.body.invitation.token);
    expect(text).toContain('Вітаємо, Ігор!');
    expect(text).toContain('Північ &amp; &lt;b&gt;');
    expect(statSync(join(folder, file)).mode & 0o77).toBe(0);
    await mak.call(`/v1/accounts/${invited.body.account.id}/invitation`, {
      key: tenant.apiKey,
      body: {},
    });
    const second = await letterTo(email, 1);
    expect(second.token).not.toBe(token);
    const accept = { token: second.token, password: PASSWORD };
    expect((await mak.call('/v1/invitations/accept', { body: accept })).status).toBe(200);
  });

  it('that is refused sends nothing', async () => {
    const email = someEmail();
    const body = { email, name: 'x', role: 'king' };
    expect((await mak.call('/v1/accounts', { key: tenant.apiKey, body })).status).toBe(422);
    expect(await waiting()).toEqual([]);
    expect(lettersTo(folder, email)).toEqual([]);
  });
});

/** Writes a letter to each of so many new addresses, which it gives, and before them to those that are named. */
async function writeMany(count: number, named: readonly string[] = []): Promise<string[]> {
  const emails = Array.from({ length: count }, someEmail);
  const letters = [...named, ...emails].map((to) => ({
    ...{ kind: 'lot' as const, to, name: 'Ольга', locale: 'uk' as const },
    ...{ notice: 'outbid' as const, lot: randomUUID() },
  }));
  const written = await mak.app
    .get(Database)
    .within({}, (tx) => mak.app.get(Letters).writeAll(tx, letters));
  expect(written).toBe(letters.length);
  return emails;
}

it('tells of what was won however much else there was to tell within the hour', async () => {
  const to = someEmail();
  const news = (notice: 'outbid' | 'won') => ({
    ...{ kind: 'lot' as const, to, name: 'Ольга', locale: 'uk' as const },
    ...{ notice, lot: randomUUID() },
  });
  const write = (letters: readonly Letter[]) =>
    mak.app.get(Database).within({}, (tx) => mak.app.get(Letters).writeAll(tx, letters));
  expect(await write(Array.from({ length: 30 }, () => news('outbid')))).toBe(20);
  expect(await write([news('outbid'), news('won')])).toBe(1);
  await expect.poll(() => lettersTo(folder, to).length).toBe(21);
  expect(lettersTo(folder, to).filter(({ text }) => text.includes('Ви виграли'))).toHaveLength(1);
});

describe('letters that wait', () => {
  it('stay as they are when who has taken them has to stop before they are tried', async () => {
    await worker.close();
    await writeMany(12);
    await mak.app.get(LetterSender).handle({}, AbortSignal.abort());
    const rows = await mak.database.query<{ attempts: number; due: boolean }>(
      'SELECT attempts, next_attempt_at <= now() AS due FROM auth.letter',
    );
    expect(rows).toEqual(Array.from({ length: 12 }, () => ({ attempts: 0, due: true })));
    await mak.database.query('DELETE FROM auth.letter');
  });
});

describe('letters', () => {
  let server: MailServer;
  let sender: TestApp;
  beforeAll(async () => {
    server = await startMailServer();
    sender = await startApp({
      role: 'worker',
      database: mak.database,
      env: { SMTP_URL: server.url, MAIL_FROM: 'MaK <mak@mak.test>', MAK_POLL_INTERVAL_MS: '50' },
    });
    delete process.env.SMTP_URL;
  });
  afterAll(async () => {
    await sender.close();
    await server.close();
  });

  it('go to the mail server when there is one, after an outage once and under one id', async () => {
    const email = await someone();
    server.answer = '451 later';
    await requestReset(email);
    await expect
      .poll(() => mak.database.query('SELECT 1 FROM auth.letter WHERE attempts = 1'))
      .toHaveLength(1);
    const [row] = await waiting();
    server.answer = '250 ok';
    await mak.database.query('UPDATE auth.letter SET next_attempt_at = now()');
    await expect.poll(() => server.received.length).toBe(1);
    expect(server.received[0]).toContain(`Message-ID: <${row!.id}@mak.test>`);
    expect(server.received[0]).toContain('From: MaK <mak@mak.test>');
    expect(server.received[0]).toContain(`To: ${email}`);
    await expect.poll(waiting).toEqual([]);
  });

  it('are given up when there is no such recipient, and when their time is over', async () => {
    server.answer = '550 no such user';
    await requestReset(await someone());
    await expect.poll(waiting).toEqual([]);
    server.answer = '451 later';
    await requestReset(await someone());
    await expect.poll(waiting).toHaveLength(1);
    await mak.database.query('UPDATE auth.letter SET next_attempt_at = now(), expires_at = now()');
    await expect.poll(waiting).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it('are sent many at a time, each once, and those that are refused hold up no other', async () => {
    server.answer = '250 ok';
    server.received.length = 0;
    const [unknown, late] = [someEmail(), someEmail()];
    server.answers.set(unknown, '550 no such user').set(late, '451 later');
    const others = await writeMany(23, [unknown, late]);
    await expect
      .poll(() => mak.database.query('SELECT attempts FROM auth.letter'))
      .toEqual([{ attempts: 1 }]);
    const to = server.received.map((letter) => /^To: (.*)$/m.exec(letter)?.[1]?.trim());
    expect(to.toSorted()).toEqual(others.toSorted());
    await mak.database.query('DELETE FROM auth.letter');
  });

  it('are kept encrypted', async () => {
    server.answer = '451 later';
    const email = await someone();
    await requestReset(email);
    await expect.poll(waiting).toHaveLength(1);
    const [row] = await mak.database.query<{ sealed: Buffer }>('SELECT sealed FROM auth.letter');
    expect(row!.sealed.toString('latin1')).not.toContain(email);
  });
});
