import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { Answer, TestApp } from '../../../test/support/app.ts';
import { enrolTotp, PASSWORD, signIn } from '../../../test/support/people.ts';
import { RateLimiter } from '../rate-limit/index.ts';

/** What pages do with a cookie, as a browser sends it. */
const ORIGIN = 'http://127.0.0.1:3000';
let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

interface Body {
  readonly code?: string;
  readonly twoFactorRedirect?: boolean;
  readonly backupCodes?: string[];
  readonly totpURI?: string;
  readonly tenants?: readonly { readonly totp_required: boolean }[];
}

/** A browser: it keeps cookies and sends them back with its origin. */
class Browser {
  private readonly jar = new Map<string, string>();
  readonly lives = new Map<string, string>();

  async send(path: string, body?: object): Promise<Answer<Body>> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await mak.call<Body>(path, {
      headers: { ...(cookie === '' ? {} : { cookie }), ...(body ? { origin: ORIGIN } : {}) },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
      this.lives.set(name, /max-age=(\d+)/i.exec(line)?.[1] ?? 'session');
    }
    return answer;
  }

  auth(path: string, body: object): Promise<Answer<Body>> {
    return this.send(`/v1/auth/${path}`, body);
  }

  signIn(email: string, more: object = {}): Promise<Answer<Body>> {
    return this.auth('sign-in/email', { email, password: PASSWORD, ...more });
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.send('/v1/me')).status === 200;
  }
}

async function someone(role = 'employee', settings: object = {}): Promise<string> {
  const email = `p-${randomBytes(4).toString('hex')}@example.com`;
  await mak.createTenant({
    accounts: [{ email, name: 'Person', role, password: PASSWORD }],
    ...settings,
  });
  return email;
}

/** All of this comes from one address, and so from one bucket of guesses. */
async function forgetGuesses(): Promise<void> {
  const limiter = mak.app.get(RateLimiter) as unknown as { redis: { flushall(): Promise<void> } };
  await limiter.redis.flushall();
}

describe('a session in a browser', () => {
  it('lasts two weeks, or a day and until the browser is closed', async () => {
    const email = await someone();
    const [kept, passing] = [new Browser(), new Browser()];
    await kept.signIn(email);
    await passing.signIn(email, { rememberMe: false });
    expect(kept.lives.get('mak.session_token')).toBe(String(14 * 86_400));
    expect(passing.lives.get('mak.session_token')).toBe('session');
    const rows = await mak.database.query<{ days: number }>(
      `SELECT extract(epoch FROM "expiresAt" - now()) / 86400 AS days FROM auth.session s
       JOIN auth."user" u ON u.id = s."userId" WHERE u.email = $1 ORDER BY 1`,
      [email],
    );
    expect(rows.map(({ days }) => Math.round(days))).toEqual([1, 14]);
  });

  it('begins anew when the page asks who is signed in, a day later', async () => {
    const email = await someone();
    const [kept, passing] = [new Browser(), new Browser()];
    await kept.signIn(email);
    await passing.signIn(email, { rememberMe: false });
    const age = (hours: number) =>
      mak.database.query(
        `UPDATE auth.session SET "expiresAt" = "expiresAt" - make_interval(hours => $2)
         WHERE "userId" = (SELECT id FROM auth."user" WHERE email = $1)`,
        [email, hours],
      );
    const expiry = async () => {
      const rows = await mak.database.query<{ hours: number }>(
        `SELECT extract(epoch FROM "expiresAt" - now()) / 3600 AS hours FROM auth.session
         WHERE "userId" = (SELECT id FROM auth."user" WHERE email = $1) ORDER BY 1`,
        [email],
      );
      return rows.map(({ hours }) => Math.round(hours));
    };
    await age(20);
    for (const browser of [kept, passing]) expect(await browser.isSignedIn()).toBe(true);
    expect(await expiry()).toEqual([4, 14 * 24 - 20]);
    await age(5);
    kept.lives.clear();
    expect([await kept.isSignedIn(), await passing.isSignedIn()]).toEqual([true, false]);
    expect((await expiry()).at(-1)).toBe(14 * 24);
    expect(kept.lives.get('mak.session_token')).toBe(String(14 * 86_400));
  });

  it('is told of a defect as everywhere', async () => {
    const email = await someone();
    await mak.database.query('ALTER TABLE auth.account RENAME TO away');
    try {
      const answer = await new Browser().signIn(email);
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    } finally {
      await mak.database.query('ALTER TABLE auth.away RENAME TO account');
    }
  });

  it('is listed with the others and ends them', async () => {
    const email = await someone();
    const [here, there] = [new Browser(), new Browser()];
    await here.signIn(email);
    await there.signIn(email);
    const list = await here.send('/v1/auth/list-sessions');
    expect(list.body).toHaveLength(2);
    expect((await here.auth('revoke-other-sessions', {})).status).toBe(200);
    expect([await here.isSignedIn(), await there.isSignedIn()]).toEqual([true, false]);
    expect((await here.auth('sign-out', {})).status).toBe(200);
    expect(await here.isSignedIn()).toBe(false);
  });

  it('changes the password, and ends the others with it', async () => {
    const email = await someone();
    const [here, there] = [new Browser(), new Browser()];
    await here.signIn(email);
    await there.signIn(email);
    const change = (currentPassword: string, newPassword: string) =>
      here.auth('change-password', { currentPassword, newPassword, revokeOtherSessions: true });
    expect((await change('wrong', `${PASSWORD} 2`)).body.code).toBe('invalid_password');
    expect((await change(PASSWORD, 'short')).body.code).toBe('password_too_short');
    expect((await change(PASSWORD, 'x'.repeat(129))).body.code).toBe('password_too_long');
    const changed = await change(PASSWORD, `${PASSWORD} 2`);
    expect(changed).toMatchObject({ status: 200, body: { tenants: [{ role: 'employee' }] } });
    expect([await here.isSignedIn(), await there.isSignedIn()]).toEqual([true, false]);
    expect((await there.signIn(email)).body.code).toBe('invalid_email_or_password');
    expect((await there.signIn(email, { password: `${PASSWORD} 2` })).status).toBe(200);
  });

  it('lets nobody who found it open guess the password', async () => {
    const here = new Browser();
    await here.signIn(await someone());
    const guess = async () =>
      (await here.auth('two-factor/enable', { password: 'guessed' })).body.code;
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    const refused = answers.filter((code) => code === 'too_many_requests');
    // Ten at once; on a slow machine some more flow in meanwhile.
    expect(refused.length).toBeGreaterThan(4);
    expect(refused.length).toBeLessThanOrEqual(10);
  });
});

describe('the second factor in a browser', () => {
  it('is set up, asked for, and not asked for where the device is trusted', async () => {
    await forgetGuesses();
    const email = await someone('admin');
    const { code } = await enrolTotp(mak, await signIn(mak, email));
    const trusted = new Browser();
    expect((await trusted.signIn(email)).body).toMatchObject({
      twoFactorRedirect: true,
      twoFactorMethods: ['totp'],
    });
    expect(await trusted.isSignedIn()).toBe(false);
    expect((await trusted.auth('two-factor/verify-totp', { code: '000000' })).body.code).toBe(
      'invalid_code',
    );
    const verified = await trusted.auth('two-factor/verify-totp', {
      code: await code(),
      trustDevice: true,
    });
    expect(verified.body).toMatchObject({ tenants: [{ role: 'admin', totp_required: false }] });
    expect(trusted.lives.get('mak.trust_device')).toBe(String(30 * 86_400));
    await trusted.auth('sign-out', {});
    expect((await trusted.signIn(email)).body.twoFactorRedirect).toBeUndefined();
    expect(await trusted.isSignedIn()).toBe(true);
    expect((await new Browser().signIn(email)).body.twoFactorRedirect).toBe(true);
  });

  it('is not verified without the first step, and begins anew after five wrong codes', async () => {
    await forgetGuesses();
    const email = await someone('admin');
    const { code } = await enrolTotp(mak, await signIn(mak, email));
    const browser = new Browser();
    const verify = async (value: string) =>
      (await browser.auth('two-factor/verify-totp', { code: value })).body.code;
    expect(await verify(await code())).toBe('invalid_two_factor_cookie');
    await browser.signIn(email);
    for (let guess = 0; guess < 5; guess += 1) expect(await verify('000000')).toBe('invalid_code');
    expect(await verify(await code())).toBe('too_many_attempts_request_new_code');
    expect(await browser.isSignedIn()).toBe(false);
  });

  it('has recovery codes that work once and end with new ones', async () => {
    await forgetGuesses();
    const email = await someone('admin');
    const { token, backupCodes: old } = await enrolTotp(mak, await signIn(mak, email));
    const recover = async (code: string | undefined) => {
      const browser = new Browser();
      await browser.signIn(email);
      return (await browser.auth('two-factor/verify-backup-code', { code })).status;
    };
    expect(old).toHaveLength(10);
    expect(await recover(old[0])).toBe(200);
    expect(await recover(old[0])).toBe(401);
    const renewed = await mak.call<Body>('/v1/auth/two-factor/generate-backup-codes', {
      key: token,
      body: { password: PASSWORD },
    });
    expect(await recover(old[1])).toBe(401);
    expect(await recover(renewed.body.backupCodes?.[0])).toBe(200);
  });

  it('is required of an admin again after it was given up', async () => {
    await forgetGuesses();
    const email = await someone('admin');
    const { token } = await enrolTotp(mak, await signIn(mak, email));
    const disable = await mak.call<Body>('/v1/auth/two-factor/disable', {
      key: token,
      body: { password: PASSWORD },
    });
    expect(disable).toMatchObject({ status: 200, body: { tenants: [{ totp_required: true }] } });
    const key = disable.headers.get('set-auth-token') ?? '';
    expect(await mak.call('/v1/tenant', { key })).toMatchObject({
      status: 403,
      body: { code: 'totp_required' },
    });
    const again = await mak.call<Body>('/v1/auth/two-factor/enable', {
      key,
      body: { password: PASSWORD },
    });
    expect(again.body.totpURI).toMatch(/^otpauth:\/\/totp\/MaK:.*issuer=MaK/);
  });

  it('is not asked of the admin of the demo tenant, in demo mode only', async () => {
    await forgetGuesses();
    const demo = await startApp({ env: { MAK_MODE: 'demo' }, database: mak.database });
    process.env.MAK_MODE = 'production';
    try {
      const email = 'demo-admin@example.com';
      await demo.createTenant({
        demo: true,
        accounts: [{ email, name: 'Demo', role: 'admin', password: PASSWORD }],
      });
      const { token } = await signIn(demo, email);
      expect((await demo.call('/v1/tenant', { key: token })).status).toBe(200);
      expect(await mak.call('/v1/tenant', { key: token })).toMatchObject({
        status: 403,
        body: { code: 'totp_required' },
      });
    } finally {
      await demo.close();
    }
  });
});

describe('hostile words', () => {
  it.each([
    ['no JSON object', 'sign-in/email', []],
    ['no text', 'sign-in/email', { email: { $ne: '' }, password: 7 }],
    ['a NUL', 'sign-in/email', { email: 'a\u0000@example.com', password: 'x' }],
    ['a long password', 'sign-in/email', { email: 'a@example.com', password: 'x'.repeat(100_000) }],
    ['a NUL in a token', 'reset-password', { token: 'a\u0000', newPassword: PASSWORD }],
    ['a code that is none', 'two-factor/verify-totp', { code: { a: 1 } }],
    ['another way in', 'sign-in/social', { provider: 'google' }],
  ])('are refused in the shape of all refusals: %s', async (_case, path, body) => {
    await forgetGuesses();
    const answer = await mak.call<Body>(`/v1/auth/${path}`, { body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.code).toMatch(/^[a-z_]+$/);
  });
});
