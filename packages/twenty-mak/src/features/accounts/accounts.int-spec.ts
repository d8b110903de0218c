import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { adminOf, enrolTotp, PASSWORD, signIn, signInCall } from '../../../test/support/people.ts';

interface Account {
  readonly id: string;
  readonly version: number;
  readonly role: string;
  readonly status: string;
}
interface Invited {
  readonly account: Account;
  readonly invitation: { readonly token: string } | null;
}

let mak: TestApp;
const ORIGIN = 'http://127.0.0.1:3000';

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

const someEmail = (name = 'person') => `${name}-${randomBytes(4).toString('hex')}@example.com`;

/** A tenant whose people have passwords already. */
async function tenantWith(...roles: string[]) {
  const key = `t-${randomBytes(5).toString('hex')}`;
  const people = roles.map((role) => ({
    email: someEmail(role),
    name: `The ${role}`,
    role,
    password: PASSWORD,
  }));
  const { body } = await mak.call<{
    tenant: { id: string };
    api_key: { secret: string };
    accounts: Invited[];
  }>('/v1/tenants', { key: mak.operatorKey, body: { key, name: key, accounts: people } });
  return {
    id: body.tenant.id,
    key,
    apiKey: body.api_key.secret,
    people: people.map((person, index) => ({ ...person, account: body.accounts[index]!.account })),
  };
}

const patch = (key: string, id: string, body: object) =>
  mak.call<Account & { code: string }>(`/v1/accounts/${id}`, { key, method: 'PATCH', body });

const invite = (key: string, email: string, role = 'employee') =>
  mak.call<Invited>('/v1/accounts', { key, body: { email, name: 'Somebody', role } });

const accept = (body: object, key?: string) =>
  mak.call<Account & { code: string }>('/v1/invitations/accept', {
    body,
    ...(key === undefined ? {} : { key }),
  });

describe('signing in', () => {
  it('answers the tenants and opens what the role may do', async () => {
    const { key, people } = await tenantWith('employee');
    const [employee] = people;
    const answer = await signInCall(mak, employee!.email.toUpperCase(), PASSWORD);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        tenants: [
          { tenant: key, role: 'employee', totp_required: false, account_id: employee!.account.id },
        ],
      },
    });
    const token = answer.headers.get('set-auth-token') ?? '';
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(200);
    expect(await mak.call('/v1/api-clients', { key: token })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await mak.call('/v1/me', { key: token })).toMatchObject({
      body: { email: employee!.email, totp: false },
    });
  });

  it('refuses a wrong password, an unknown person and signing up', async () => {
    const { people } = await tenantWith('employee');
    const email = people[0]!.email;
    expect((await signInCall(mak, email, 'wrong password 123')).status).toBe(401);
    expect((await signInCall(mak, someEmail(), PASSWORD)).status).toBe(401);
    const signUp = await mak.call('/v1/auth/sign-up/email', {
      body: { email: someEmail(), password: PASSWORD, name: 'x' },
    });
    expect(signUp.status).toBe(400);
    expect((await mak.call('/v1/me')).status).toBe(401);
  });

  it('ends with signing out', async () => {
    const { people } = await tenantWith('employee');
    const { token } = await signIn(mak, people[0]!.email);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(200);
    await mak.call('/v1/auth/sign-out', { key: token, body: {} });
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
  });

  it('refuses a session token without its signature', async () => {
    const { people } = await tenantWith('employee');
    const { token } = await signIn(mak, people[0]!.email);
    expect(
      (await mak.call('/v1/tenant', { key: decodeURIComponent(token).split('.')[0] ?? '' })).status,
    ).toBe(401);
  });

  it('is limited: ten guesses a minute, then 429 with the time to wait', async () => {
    const { people } = await tenantWith('employee');
    const email = people[0]!.email;
    const begun = performance.now();
    const statuses: number[] = [];
    while (!statuses.includes(429) && statuses.length < 30)
      statuses.push((await signInCall(mak, email, 'wrong password 123')).status);
    // A slow machine takes so long for a guess that another one is allowed meanwhile.
    const more = Math.ceil((performance.now() - begun) / 6_000);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.length).toBeLessThanOrEqual(11 + more);
    expect(statuses.at(-1)).toBe(429);
    const refused = await signInCall(mak, email, PASSWORD);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signInCall(mak, someEmail(), 'wrong password 123')).status).toBe(401);
  });

  it('by cookie changes something only from our own pages', async () => {
    const { people, id } = await tenantWith('admin');
    const { email } = people[0]!;
    await adminOf(mak, email);
    await mak.database.query('UPDATE auth."user" SET "twoFactorEnabled" = false WHERE email = $1', [
      email,
    ]);
    const signedIn = await mak.call('/v1/auth/sign-in/email', {
      body: { email, password: PASSWORD },
      headers: { origin: ORIGIN },
    });
    await mak.database.query('UPDATE auth."user" SET "twoFactorEnabled" = true WHERE email = $1', [
      email,
    ]);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const edit = (origin?: string) =>
      mak.call('/v1/tenant', {
        method: 'PATCH',
        body: { version: 1, name: 'Changed' },
        headers: { cookie, ...(origin === undefined ? {} : { origin }) },
      });
    expect(await mak.call('/v1/tenant', { headers: { cookie } })).toMatchObject({
      status: 200,
      body: { id },
    });
    for (const origin of ['https://evil.example', undefined]) {
      expect(await edit(origin)).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    }
    expect((await edit(ORIGIN)).status).toBe(200);
  });
});

describe('the second factor', () => {
  it('is required of admins, who may only enrol before', async () => {
    const { key, people } = await tenantWith('admin');
    const person = await signIn(mak, people[0]!.email);
    expect(await mak.call('/v1/tenant', { key: person.token })).toMatchObject({
      status: 403,
      body: { code: 'totp_required' },
    });
    expect(await mak.call('/v1/me', { key: person.token })).toMatchObject({
      status: 200,
      body: { tenants: [{ tenant: key, totp_required: true }] },
    });
    const { token } = await enrolTotp(mak, person);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(200);
  });

  it('is asked for at the next sign-in, and a recovery code works once', async () => {
    const { people } = await tenantWith('admin');
    const { email } = people[0]!;
    const { code, backupCodes } = await enrolTotp(mak, await signIn(mak, email));
    const first = await signInCall(mak, email, PASSWORD);
    expect(first.body).toMatchObject({ twoFactorRedirect: true });
    expect(first.headers.get('set-auth-token')).toBeNull();
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const verify = (path: string, value: string) =>
      mak.call(`/v1/auth/two-factor/${path}`, {
        body: { code: value },
        headers: { cookie, origin: ORIGIN },
      });
    expect((await verify('verify-totp', '000000')).status).toBe(401);
    const done = await verify('verify-totp', await code());
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ tenants: [{ role: 'admin', totp_required: false }] });
    const again = await signInCall(mak, email, PASSWORD);
    const secondCookie = again.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const recover = () =>
      mak.call('/v1/auth/two-factor/verify-backup-code', {
        body: { code: backupCodes[0] },
        headers: { cookie: secondCookie, origin: ORIGIN },
      });
    expect((await recover()).status).toBe(200);
    expect((await recover()).status).toBe(401);
  });
});

describe('several tenants', () => {
  it('are told apart by X-Tenant', async () => {
    const email = someEmail();
    const keys: string[] = [];
    for (const name of ['first', 'second']) {
      const key = `${name}-${randomBytes(4).toString('hex')}`;
      keys.push(key);
      await mak.call('/v1/tenants', {
        key: mak.operatorKey,
        body: {
          key,
          name,
          accounts: [{ email, name: 'Both', role: 'employee', password: PASSWORD }],
        },
      });
    }
    const other = await tenantWith('employee');
    const { token } = await signIn(mak, email);
    const own = (tenant?: string) =>
      mak.call('/v1/tenant', {
        key: token,
        ...(tenant === undefined ? {} : { headers: { 'x-tenant': tenant } }),
      });
    expect(await own()).toMatchObject({ status: 403, body: { code: 'tenant_needed' } });
    for (const key of keys) expect(await own(key)).toMatchObject({ status: 200, body: { key } });
    expect((await own(other.key)).status).toBe(401);
  });
});

describe('an invitation', () => {
  it('is accepted once with a password of one’s own', async () => {
    const { apiKey, key } = await tenantWith();
    const email = someEmail();
    const { status, body } = await invite(apiKey, email.toUpperCase(), 'partner');
    expect(status).toBe(201);
    expect(body).toMatchObject({ account: { email, status: 'invited', role: 'partner' } });
    const token = body.invitation?.token ?? '';
    expect(await accept({ token })).toMatchObject({
      status: 422,
      body: { code: 'password_needed' },
    });
    expect(await accept({ token, password: 'short' })).toMatchObject({
      status: 422,
      body: { field: 'password' },
    });
    expect(await accept({ token, password: PASSWORD })).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
    expect(await accept({ token, password: PASSWORD })).toMatchObject({
      status: 404,
      body: { code: 'invitation_not_found' },
    });
    expect((await signInCall(mak, email, PASSWORD)).body.tenants).toMatchObject([{ tenant: key }]);
  });

  it('of somebody who has a password elsewhere needs that person to be signed in', async () => {
    const elsewhere = await tenantWith('employee');
    const here = await tenantWith();
    const { email } = elsewhere.people[0]!;
    const { body } = await invite(here.apiKey, email);
    const token = body.invitation?.token ?? '';
    expect(await accept({ token, password: 'another password 1' })).toMatchObject({
      status: 401,
      body: { code: 'sign_in_first' },
    });
    const stranger = await tenantWith('employee');
    const wrong = await signIn(mak, stranger.people[0]!.email);
    expect((await accept({ token }, wrong.token)).status).toBe(401);
    const person = await signIn(mak, email);
    expect((await accept({ token }, person.token)).status).toBe(200);
    expect((await signInCall(mak, email, PASSWORD)).body.tenants).toHaveLength(2);
  });

  it('that was renewed ends the old one', async () => {
    const { apiKey } = await tenantWith();
    const { body } = await invite(apiKey, someEmail());
    const renewed = await mak.call<Invited>(`/v1/accounts/${body.account.id}/invitation`, {
      key: apiKey,
      method: 'POST',
    });
    expect((await accept({ token: body.invitation?.token, password: PASSWORD })).status).toBe(404);
    expect(
      (await accept({ token: renewed.body.invitation?.token, password: PASSWORD })).status,
    ).toBe(200);
    expect(
      await mak.call(`/v1/accounts/${body.account.id}/invitation`, { key: apiKey, method: 'POST' }),
    ).toMatchObject({ status: 422, body: { code: 'already_accepted' } });
  });

  it('is refused twice for one address, and with bad input', async () => {
    const { apiKey } = await tenantWith();
    const email = someEmail();
    await invite(apiKey, email);
    expect(await invite(apiKey, email)).toMatchObject({
      status: 409,
      body: { code: 'account_exists' },
    });
    expect(await invite(apiKey, 'nobody')).toMatchObject({ status: 422, body: { field: 'email' } });
    expect(await invite(apiKey, someEmail(), 'king')).toMatchObject({
      status: 422,
      body: { field: 'role' },
    });
    const password = await mak.call('/v1/accounts', {
      key: apiKey,
      body: { email: someEmail(), name: 'x', role: 'admin', password: PASSWORD },
    });
    expect(password).toMatchObject({ status: 422, body: { field: 'password' } });
  });
});

describe('editing accounts', () => {
  it('ends the sessions of whom it deactivates at once', async () => {
    const { apiKey, people } = await tenantWith('admin', 'employee');
    const employee = people[1]!;
    const { token } = await signIn(mak, employee.email);
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(200);
    const answer = await patch(apiKey, employee.account.id, { version: 1, status: 'deactivated' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'deactivated', version: 2 } });
    expect((await mak.call('/v1/tenant', { key: token })).status).toBe(401);
    expect((await mak.call('/v1/me', { key: token })).status).toBe(401);
    await patch(apiKey, employee.account.id, { version: 2, status: 'active' });
    expect(
      (await mak.call('/v1/tenant', { key: (await signIn(mak, employee.email)).token })).status,
    ).toBe(200);
  });

  it('keeps the last admin, also when two admins remove each other at once', async () => {
    const { apiKey, people } = await tenantWith('admin', 'admin');
    const answers = await Promise.all(
      people.map(({ account }, index) =>
        patch(
          apiKey,
          account.id,
          index === 0 ? { version: 1, role: 'employee' } : { version: 1, status: 'deactivated' },
        ),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422]);
    expect(answers.find((answer) => answer.status === 422)?.body.code).toBe('last_admin');
  });

  it('refuses an old version and a person who has not accepted', async () => {
    const { apiKey, people } = await tenantWith('employee');
    const { id } = people[0]!.account;
    await patch(apiKey, id, { version: 1, name: 'First' });
    expect(await patch(apiKey, id, { version: 1, name: 'Second' })).toMatchObject({
      status: 409,
      body: { code: 'stale_version', current: { name: 'First', version: 2 } },
    });
    const { body } = await invite(apiKey, someEmail());
    expect(await patch(apiKey, body.account.id, { version: 1, status: 'active' })).toMatchObject({
      status: 422,
      body: { code: 'not_accepted' },
    });
  });

  it('is for admins; others see names without addresses, and the restricted only themselves', async () => {
    const { people } = await tenantWith('admin', 'employee', 'partner');
    const [admin, employee, partner] = people;
    const { token } = await signIn(mak, employee!.email);
    expect((await patch(token, partner!.account.id, { version: 1, role: 'admin' })).status).toBe(
      403,
    );
    const seen = await mak.call<{ items: object[] }>('/v1/accounts', { key: token });
    expect(seen.body.items).toHaveLength(3);
    expect(JSON.stringify(seen.body)).not.toContain('@');
    const asPartner = (await signIn(mak, partner!.email)).token;
    expect(await mak.call('/v1/accounts', { key: asPartner })).toMatchObject({
      body: { items: [{ id: partner!.account.id }] },
    });
    expect((await mak.call(`/v1/accounts/${admin!.account.id}`, { key: asPartner })).status).toBe(
      404,
    );
  });

  it('of another tenant is impossible', async () => {
    const ours = await tenantWith('employee');
    const theirs = await tenantWith('admin');
    const { id } = ours.people[0]!.account;
    expect((await patch(theirs.apiKey, id, { version: 1, name: 'x' })).status).toBe(404);
    expect((await mak.call(`/v1/accounts/${id}`, { key: theirs.apiKey })).status).toBe(404);
    expect(
      (await mak.call(`/v1/accounts/${id}/invitation`, { key: theirs.apiKey, method: 'POST' }))
        .status,
    ).toBe(404);
  });
});
