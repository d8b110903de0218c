import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { lettersTo } from '../../../test/support/mail.ts';
import { adminOf, PASSWORD, signIn, signInCall } from '../../../test/support/people.ts';
import { ROLE_SCOPES } from '../../platform/auth/index.ts';

interface Registration {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly account_id: string | null;
}
interface Decided {
  readonly registration: Registration;
  readonly account: { readonly id: string } | null;
  readonly code?: string;
}
interface Tenant {
  readonly id: string;
  readonly key: string;
  readonly apiKey: string;
}

const folder = mkdtempSync(join(tmpdir(), 'mak-registrations-'));
let mak: TestApp;
let worker: TestApp;

beforeAll(async () => {
  const env = { MAK_MAIL_DIR: folder, MAK_POLL_INTERVAL_MS: '50', PUBLIC_URL: 'http://mak.test' };
  mak = await startApp({ env });
  worker = await startApp({ role: 'worker', database: mak.database, env });
});
afterAll(async () => {
  await worker?.close();
  await mak?.close();
  rmSync(folder, { recursive: true });
});

const someone = (name = 'new') => `${name}-${randomBytes(4).toString('hex')}@example.com`;

const application = (tenant: Tenant, more: object = {}) => ({
  tenant: tenant.key,
  kind: 'franchisee',
  name: 'Оля Петренко',
  email: someone(),
  phone: '+380 67 123 45 67',
  company_name: 'Північ ФОП',
  legal_form: 'sole_trader',
  tax_number: '1234567890',
  city: 'Київ',
  niche: 'Health',
  locale: 'uk',
  consent: true,
  ...more,
});

const apply = (body: object) => mak.call<{ code?: string }>('/v1/registrations', { body });

const list = async (key: string, query = '') =>
  (await mak.call<{ items: Registration[] }>(`/v1/registrations${query}`, { key })).body.items;

const decide = (key: string, id: string, body: object) =>
  mak.call<Decided>(`/v1/registrations/${id}/decision`, { key, body });

const letterTo = async (email: string, at = 0) => {
  await expect.poll(() => lettersTo(folder, email).length).toBe(at + 1);
  return lettersTo(folder, email)[at]!;
};

describe('registration', () => {
  it('leads from the form over the decision to a cabinet', async () => {
    const tenant = await mak.createTenant({ name: 'Захід', locale: 'uk' });
    const form = await mak.call(`/v1/registrations/form?tenant=${tenant.key}`);
    expect(form).toMatchObject({
      status: 200,
      body: {
        name: 'Захід',
        locale: 'uk',
        cities: expect.arrayContaining([{ key: 'kyiv', title: 'Київ' }]) as object,
      },
    });
    const body = application(tenant);
    expect(await apply(body)).toMatchObject({ status: 202, body: { status: 'received' } });
    const received = await letterTo(body.email);
    expect(received.text).toContain('Вітаємо!');
    // Whoever types an address of somebody else may not write to it.
    expect(received.text).not.toContain('Петренко');
    expect(received.token).toBe('');

    const [waiting] = await list(tenant.apiKey, '?status=applied');
    expect(waiting).toMatchObject({
      status: 'applied',
      kind: 'franchisee',
      name: body.name,
      email: body.email,
      phone: body.phone,
      tax_number: body.tax_number,
      company_name: body.company_name,
      city: 'Київ',
    });
    const approval = {
      decision: 'approve',
      version: 1,
      cities: ['г. Киев', 'Kyiv'],
      grade: 'gold',
    };
    expect(
      (await decide(tenant.apiKey, waiting!.id, { ...approval, cities: ['Atlantis'] })).body.code,
    ).toBe('place_not_listed');
    const approved = await decide(tenant.apiKey, waiting!.id, approval);
    expect(approved).toMatchObject({
      status: 200,
      body: {
        registration: { status: 'approved', version: 2 },
        account: { role: 'franchisee', status: 'invited', email: body.email, locale: 'uk' },
      },
    });
    const { token } = await letterTo(body.email, 1);
    await mak.call('/v1/invitations/accept', { body: { token, password: PASSWORD } });
    const { token: session } = await signIn(mak, body.email);
    expect((await mak.call('/v1/company', { key: session })).body).toMatchObject({
      company_name: 'Північ ФОП',
      legal_form: 'sole_trader',
      phone: body.phone,
      tax_number: body.tax_number,
      cities: ['kyiv'],
      niches: ['health'],
      grade: 'gold',
      version: 1,
    });
    expect(await decide(tenant.apiKey, waiting!.id, approval)).toMatchObject({
      status: 409,
      body: { code: 'already_decided' },
    });
    const audit = await mak.call<{ items: { action: string }[] }>(
      `/v1/audit?entity=registration&entity_id=${waiting!.id}`,
      { key: tenant.apiKey },
    );
    expect(audit.body.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['registration.received', 'registration.approved']),
    );
  });

  it('is told to admins, and rejected with a reason in the language of the applicant', async () => {
    const email = someone('admin');
    const tenant = await mak.createTenant({
      name: 'West',
      accounts: [{ email, name: 'Admin', role: 'admin', password: PASSWORD }],
    });
    const { token } = await adminOf(mak, email);
    const body = application(tenant, { locale: 'ru' });
    await apply(body);
    const [one] = await list(token);
    const told = await mak.call<{ items: object[] }>('/v1/notifications', { key: token });
    expect(told.body.items).toMatchObject([
      { kind: 'registration.received', data: { registration_id: one!.id } },
    ]);
    const reject = { decision: 'reject', version: 1, reason: 'Нет мест в этом городе' };
    expect((await decide(token, one!.id, { ...reject, reason: ' ' })).status).toBe(422);
    expect((await decide(token, one!.id, { ...reject, version: 7 })).body.code).toBe(
      'stale_version',
    );
    expect((await decide(token, one!.id, reject)).status).toBe(200);
    await letterTo(body.email, 1);
    expect(lettersTo(folder, body.email).map(({ text }) => text)).toContainEqual(
      expect.stringContaining('Причина: Нет мест в этом городе'),
    );
    expect(await list(token, '?status=applied')).toEqual([]);
    // A new application is a new chance.
    expect((await apply(body)).status).toBe(202);
    expect(await list(token, '?status=applied')).toHaveLength(1);
  });

  it('is told to everybody who may decide, and to nobody else', async () => {
    const [helper, guest] = [someone('helper'), someone('guest')];
    const tenant = await mak.createTenant({
      accounts: [
        { email: helper, name: 'Helper', role: 'employee', password: PASSWORD },
        { email: guest, name: 'Guest', role: 'guest', password: PASSWORD },
      ],
    });
    const heard = async (email: string) => {
      const { token } = await signIn(mak, email);
      const { body } = await mak.call<{ items: { kind: string }[] }>('/v1/notifications', {
        key: token,
      });
      return body.items.map(({ kind }) => kind);
    };
    await apply(application(tenant));
    expect(await heard(helper)).toEqual([]);
    const permissions = [...ROLE_SCOPES.employee, 'accounts:manage'];
    await mak.call('/v1/roles/employee', {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version: 1, permissions },
    });
    await apply(application(tenant));
    expect(await heard(helper)).toEqual(['registration.received']);
    expect(await heard(guest)).toEqual([]);
  });

  it('tells nobody who has an account, or who has applied', async () => {
    const email = someone('known');
    const tenant = await mak.createTenant({
      accounts: [{ email, name: 'Known', role: 'employee', password: PASSWORD }],
    });
    const fresh = application(tenant);
    const known = application(tenant, { email: email.toUpperCase() });
    const answers = [await apply(fresh), await apply(known), await apply(fresh)];
    for (const answer of answers)
      expect(answer).toEqual({ ...answers[0], headers: expect.anything() as object });
    expect(await list(tenant.apiKey)).toMatchObject([{ email: fresh.email }]);
    const letter = await letterTo(email);
    expect(letter.text).toContain('/sign-in');
    expect((await signInCall(mak, email, PASSWORD)).status).toBe(200);
  });

  it('keeps nobody in clear, and forgets who is erased', async () => {
    const tenant = await mak.createTenant();
    const body = application(tenant, { name: 'Zebedee', company_name: 'Zebedee and Sons' });
    await apply(body);
    for (const table of [
      'registration',
      'audit_entry',
      'notification',
      'person_alias',
      'person_key',
    ]) {
      const rows = JSON.stringify(await mak.database.query(`SELECT * FROM ${table}`));
      for (const secret of ['Zebedee', body.email, '123 45 67', '1234567890'])
        expect(rows, table).not.toContain(secret);
    }
    const limited = await mak.call<{ secret: string }>('/v1/api-clients', {
      key: tenant.apiKey,
      body: { name: 'no contacts', scopes: ['accounts:manage'] },
    });
    expect(await list(limited.body.secret)).toMatchObject([
      { contact_state: 'hidden', name: null, email: null, city: 'Київ' },
    ]);
    await mak.call('/v1/persons/erase', { key: tenant.apiKey, body: { email: body.email } });
    expect(await list(tenant.apiKey)).toEqual([]);
  });

  it('is refused whole: wrong fields, no consent, a tenant that takes none', async () => {
    const tenant = await mak.createTenant();
    const refused = async (more: object) => {
      const { status, body } = await mak.call<{ code: string; field: string }>(
        '/v1/registrations',
        {
          body: application(tenant, more),
        },
      );
      return [status, body.code, body.field];
    };
    for (const [field, value] of [
      ['consent', false],
      ['kind', 'admin'],
      ['email', 'nobody'],
      ['phone', '12'],
      ['tax_number', '!'],
      ['name', ''],
      ['city', 'x'.repeat(101)],
      ['more', 1],
    ] as const)
      expect((await refused({ [field]: value })).slice(0, 2), field).toEqual([
        422,
        'invalid_request',
      ]);
    expect(await refused({ tenant: 'nowhere' })).toEqual([404, 'registration_closed', 'tenant']);
    await mak.call('/v1/tenant', {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version: 1, registration_open: false },
    });
    expect(await refused({})).toEqual([404, 'registration_closed', 'tenant']);
    expect((await mak.call(`/v1/registrations/form?tenant=${tenant.key}`)).status).toBe(404);
    expect(await list(tenant.apiKey)).toEqual([]);
  });

  it('is decided by whoever manages accounts and gives no more than the role', async () => {
    const email = someone('employee');
    const tenant = await mak.createTenant({
      accounts: [{ email, name: 'E', role: 'employee', password: PASSWORD }],
    });
    const { token } = await signIn(mak, email);
    const body = application(tenant, { kind: 'partner' });
    await apply(body);
    expect((await mak.call('/v1/registrations', { key: token })).status).toBe(403);
    const [one] = await list(tenant.apiKey);
    const made = await mak.call('/v1/accounts', {
      key: tenant.apiKey,
      body: { email: body.email, name: 'Faster', role: 'employee' },
    });
    expect(made.status).toBe(201);
    const approve = { decision: 'approve', version: 1 };
    expect(await decide(tenant.apiKey, one!.id, { ...approve, role: 'admin' })).toMatchObject({
      status: 422,
    });
    expect(await decide(tenant.apiKey, one!.id, approve)).toMatchObject({
      status: 409,
      body: { code: 'account_exists' },
    });
    expect(await list(tenant.apiKey)).toMatchObject([{ status: 'applied', version: 1 }]);
  });

  it('is decided once, also by two at the same time', async () => {
    const tenant = await mak.createTenant();
    await apply(application(tenant));
    const [one] = await list(tenant.apiKey);
    const query = `mutation ($input: DecideRegistrationInput!) {
      decideRegistration(id: "${one!.id}", input: $input) { registration { status } account { id } invitation { token } } }`;
    const send = (input: object) =>
      mak.call<{ data: object | null; errors?: { extensions: { code: string } }[] }>('/graphql', {
        key: tenant.apiKey,
        body: { query, variables: { input: { version: 1, ...input } } },
      });
    const both = await Promise.all([
      send({ decision: 'approve', role: 'partner' }),
      send({ decision: 'reject', reason: 'No' }),
    ]);
    const codes = both.map(({ body }) => body.errors?.[0]?.extensions.code ?? 'done').toSorted();
    expect(codes).toEqual(['already_decided', 'done']);
  });

  it('is limited by address', async () => {
    const tenant = await mak.createTenant();
    const statuses = new Set<number>();
    for (let sent = 0; sent < 21; sent += 1)
      statuses.add((await apply(application(tenant))).status);
    expect([...statuses]).toContain(429);
    expect((await list(tenant.apiKey, '?limit=200')).length).toBeLessThanOrEqual(20);
  });
});
