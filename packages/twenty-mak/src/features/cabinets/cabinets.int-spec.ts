import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { waitsForLocks } from '../../../test/support/database.ts';
import { entered } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { adminOf, PASSWORD, signIn, signInCall } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';
import { markChanged } from '../../platform/records/index.ts';
import { bidderProfiles } from './companies.repository.ts';
import type { OverviewView } from './overview.dto.ts';

interface Account {
  readonly id: string;
  readonly version: number;
  readonly role: string;
  readonly status: string;
  readonly member_of: string | null;
}
interface Company {
  readonly account_id: string;
  readonly company_name: string;
  readonly version: number;
  readonly phone: string | null;
  readonly code?: string;
}
interface Invited {
  readonly account: Account;
  readonly invitation: { readonly token: string } | null;
  readonly code?: string;
}

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

const someone = (name: string) => `${name}-${randomBytes(4).toString('hex')}@example.com`;

/** A tenant with people who have passwords, by role and number, e.g. `partner 1`. */
async function tenantWith(...roles: string[]) {
  const key = `t-${randomBytes(5).toString('hex')}`;
  const people = roles.map((role) => ({
    email: someone(role),
    name: `The ${role}`,
    role,
    password: PASSWORD,
  }));
  const { body } = await mak.call<{
    tenant: { id: string };
    api_key: { secret: string };
    accounts: { account: Account }[];
  }>('/v1/tenants', {
    key: mak.operatorKey,
    body: { key, name: key, pipelines: ['adtech'], accounts: people },
  });
  const tokens: string[] = [];
  for (const { role, email } of people)
    tokens.push((role === 'admin' ? await adminOf(mak, email) : await signIn(mak, email)).token);
  return {
    key,
    id: body.tenant.id,
    apiKey: body.api_key.secret,
    people: people.map(({ email }, index) => ({
      email,
      id: body.accounts[index]?.account.id ?? '',
      token: tokens[index] ?? '',
    })),
  };
}

const invite = (key: string, body: object) => mak.call<Invited>('/v1/staff', { key, body });

/** Somebody of a company's staff, who has accepted. */
async function hire(key: string, more: object = {}) {
  const email = someone('staff');
  const { status, body } = await invite(key, { email, name: 'The staff', ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  await mak.call('/v1/invitations/accept', {
    body: { token: body.invitation?.token, password: PASSWORD },
  });
  return { email, id: body.account.id, token: (await signIn(mak, email)).token };
}

const staffOf = async (key: string, query = '') =>
  (await mak.call<{ items: (Account & { head: boolean })[] }>(`/v1/staff${query}`, { key })).body
    .items;

const edit = (key: string, id: string, body: object) =>
  mak.call<Account & { code: string }>(`/v1/staff/${id}`, { key, method: 'PATCH', body });

describe('staff of a company', () => {
  it('sees the deals of the company, and has its role', async () => {
    const { apiKey, people } = await tenantWith('franchisee', 'franchisee');
    const [head, rival] = people as [(typeof people)[0], (typeof people)[0]];
    const staff = await hire(head.token);
    const deal = await mak.call<{ id: string; owner_id: string; version: number }>('/v1/deals', {
      key: staff.token,
      body: { name: 'Of the company', pipeline: 'adtech' },
    });
    expect(deal).toMatchObject({ status: 201, body: { owner_id: head.id } });
    const path = `/v1/deals/${deal.body.id}`;
    expect((await mak.call(path, { key: head.token })).status).toBe(200);
    expect((await mak.call(path, { key: rival.token })).status).toBe(404);
    const renamed = await mak.call(path, {
      key: head.token,
      method: 'PATCH',
      body: { version: deal.body.version, name: 'Renamed' },
    });
    expect(renamed.status).toBe(200);
    const [account] = (
      await mak.call<{ items: Account[] }>('/v1/accounts?text=staff', { key: apiKey })
    ).body.items;
    expect(account).toMatchObject({ role: 'franchisee', member_of: head.id });
  });

  it('is told of each other and of nobody of another company', async () => {
    const { people } = await tenantWith('partner', 'partner', 'employee');
    const [head, rival, office] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    const staff = await hire(head.token);
    for (const { token } of [head, staff])
      expect(await staffOf(token)).toMatchObject([
        { id: head.id, head: true },
        { id: staff.id, head: false },
      ]);
    expect((await staffOf(rival.token)).map(({ id }) => id)).toEqual([rival.id]);
    const listed = await mak.call<{ items: Account[] }>('/v1/accounts', { key: staff.token });
    expect(listed.body.items.map(({ id }) => id).toSorted()).toEqual(
      [head.id, staff.id].toSorted(),
    );
    expect((await mak.call(`/v1/accounts/${head.id}`, { key: staff.token })).status).toBe(200);
    expect((await mak.call(`/v1/accounts/${staff.id}`, { key: rival.token })).status).toBe(404);
    expect((await mak.call(`/v1/staff?company_id=${head.id}`, { key: rival.token })).status).toBe(
      404,
    );
    expect((await mak.call('/v1/staff', { key: office.token })).status).toBe(403);
  });

  it('is invited, renamed, let out and in by everybody of the company but the head', async () => {
    const { people } = await tenantWith('partner', 'partner');
    const [head, rival] = people as [(typeof people)[0], (typeof people)[0]];
    const first = await hire(head.token);
    const second = await hire(first.token);
    expect((await edit(rival.token, second.id, { version: 2, name: 'Taken' })).status).toBe(404);
    expect(await edit(first.token, second.id, { version: 2, name: 'Anew' })).toMatchObject({
      status: 200,
      body: { name: 'Anew', version: 3 },
    });
    expect((await edit(first.token, second.id, { version: 2, name: 'Late' })).body.code).toBe(
      'stale_version',
    );
    expect(
      (await edit(first.token, head.id, { version: 1, status: 'deactivated' })).body.code,
    ).toBe('head_stays');
    expect(
      (await edit(first.token, first.id, { version: 2, status: 'deactivated' })).body.code,
    ).toBe('own_account');
    await edit(head.token, second.id, { version: 3, status: 'deactivated' });
    expect((await mak.call('/v1/deals', { key: second.token })).status).toBe(401);
    expect((await edit(head.token, second.id, { version: 4, status: 'active' })).status).toBe(200);
    expect((await signInCall(mak, second.email, PASSWORD)).status).toBe(200);
    const again = await invite(first.token, { email: second.email, name: 'Twice' });
    expect(again).toMatchObject({ status: 409, body: { code: 'account_exists' } });
  });

  it('that is refused is audited, also when the request had a key, and by the office', async () => {
    const { id: tenantId, apiKey, people } = await tenantWith('partner');
    const [head] = people as [(typeof people)[0]];
    const body = { email: head.email, name: 'Twice' };
    const refused = { status: 409, body: { code: 'account_exists' } };
    expect(await invite(head.token, body)).toMatchObject(refused);
    const headers = { 'idempotency-key': randomUUID() };
    expect(await mak.call('/v1/staff', { key: head.token, body, headers })).toMatchObject(refused);
    expect(await invite(apiKey, { ...body, company_id: head.id })).toMatchObject(refused);
    const audited = await mak.database.query(
      `SELECT actor_id, entity_id, detail FROM audit_entry
       WHERE tenant_id = $1 AND action = 'account.invitation_refused' ORDER BY at, id`,
      [tenantId],
    );
    const entry = { entity_id: head.id, detail: { code: 'account_exists' } };
    expect(audited).toMatchObject([
      { ...entry, actor_id: head.id },
      { ...entry, actor_id: head.id },
      entry,
    ]);
    expect(JSON.stringify(audited)).not.toContain(head.email);
  });

  it('follows its head: the role, and out of the door', async () => {
    const { apiKey, people } = await tenantWith('partner');
    const [head] = people as [(typeof people)[0]];
    const staff = await hire(head.token);
    const patch = (id: string, body: object) =>
      mak.call<Account & { code: string }>(`/v1/accounts/${id}`, {
        key: apiKey,
        method: 'PATCH',
        body,
      });
    expect((await patch(head.id, { version: 1, role: 'employee' })).body.code).toBe(
      'company_has_staff',
    );
    expect((await patch(staff.id, { version: 2, role: 'employee' })).body.code).toBe(
      'company_role',
    );
    expect((await patch(head.id, { version: 1, role: 'franchisee' })).status).toBe(200);
    const may = await mak.call<{ data: { me: { permissions: string[] } } }>('/graphql', {
      key: staff.token,
      body: { query: '{ me { permissions } }' },
    });
    expect(may.body.data.me.permissions).toContain('auction:bid');
    expect((await patch(head.id, { version: 2, status: 'deactivated' })).status).toBe(200);
    expect((await mak.call('/v1/deals', { key: staff.token })).status).toBe(401);
    expect((await signInCall(mak, staff.email, PASSWORD)).body.tenants).toEqual([]);
    expect((await patch(head.id, { version: 3, status: 'active' })).status).toBe(200);
    expect(await staffOf(apiKey, `?company_id=${head.id}`)).toMatchObject([
      { status: 'active' },
      { status: 'deactivated' },
    ]);
    // Those were taken out with it; the head lets them in again.
    expect((await patch(staff.id, { version: 4, status: 'active' })).status).toBe(200);
    expect((await signInCall(mak, staff.email, PASSWORD)).body.tenants).toHaveLength(1);
  });

  it('keeps to itself what is personal: notifications, tasks and saved views', async () => {
    const { id: tenantId, people } = await tenantWith('franchisee');
    const [head] = people as [(typeof people)[0]];
    const staff = await hire(head.token);
    for (const { id } of [head, staff])
      await mak.database.query(
        `INSERT INTO notification (id, tenant_id, account_id, kind) VALUES (gen_random_uuid(), $1, $2, $3)`,
        [tenantId, id, `for ${id}`],
      );
    await mak.database.query(
      `INSERT INTO task (id, tenant_id, kind, subject, title, assignee_id) VALUES (gen_random_uuid(), $1, 'manual', 'x', 'Mine', $2)`,
      [tenantId, staff.id],
    );
    for (const { id, token } of [head, staff]) {
      const told = await mak.call<{ items: { kind: string }[] }>('/v1/notifications', {
        key: token,
      });
      expect(told.body.items.map(({ kind }) => kind)).toEqual([`for ${id}`]);
      const tasks = await mak.call<{ items: object[] }>('/v1/tasks', { key: token });
      expect(tasks.body.items).toHaveLength(id === staff.id ? 1 : 0);
      const view = { kind: 'board', name: `View of ${id}`, definition: {} };
      expect((await mak.call('/v1/views', { key: token, body: view })).status).toBe(201);
      const views = await mak.call<{ items: { name: string }[] }>('/v1/views', { key: token });
      expect(views.body.items.map(({ name }) => name)).toEqual([`View of ${id}`]);
    }
    // The database says so too, whatever a statement asks for.
    const database = mak.app.get(Database);
    const scope = { tenantId, restrictedTo: head.id, accountId: staff.id };
    await database.within(scope, async (tx) => {
      for (const [table, column] of [
        ['notification', 'account_id'],
        ['task', 'assignee_id'],
        ['saved_view', 'owner_id'],
      ] as const) {
        const rows = await tx.query<{ of: string }>(
          `SELECT DISTINCT ${column} AS of FROM ${table}`,
        );
        expect(rows, table).toEqual([{ of: staff.id }]);
      }
    });
  });
});

describe('the profile of a company', () => {
  const read = (key: string, query = '') => mak.call<Company>(`/v1/company${query}`, { key });
  const change = (key: string, body: object, query = '') =>
    mak.call<Company>(`/v1/company${query}`, { key, method: 'PATCH', body });

  it('is told of to other systems as both kinds in the order in which what waits is locked', async () => {
    const { people, id: tenantId } = await tenantWith('franchisee');
    const [own] = people as [(typeof people)[0]];
    await mak.database.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities)
       VALUES ($1, 'crm', 'running', '{}', '{franchisee,partner}')`,
      [tenantId],
    );
    const record = { id: own.id, urgency: 'system', fields: [] } as const;
    let changed: Promise<unknown> = Promise.resolve();
    await mak.app.get(Database).within({ tenantId }, async (tx) => {
      markChanged(tx, tenantId, 'franchisee', [record]);
      await tx.query('SELECT 1');
      changed = change(own.token, { version: 0, company_name: 'North GmbH' });
      await expect.poll(() => waitsForLocks(mak.database, 'transactionid')).toHaveLength(1);
      markChanged(tx, tenantId, 'partner', [record]);
    });
    expect(await changed).toMatchObject({ status: 200 });
    const told = await mak.database.query(
      'SELECT entity FROM sync_pending WHERE key = $1 ORDER BY entity',
      [own.id],
    );
    expect(told).toEqual([{ entity: 'franchisee' }, { entity: 'partner' }]);
  });

  it('is filled in by the company and the office, each what it may', async () => {
    const { apiKey, people, id: tenantId } = await tenantWith('franchisee', 'partner', 'employee');
    const [own, rival, employee] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    expect((await read(own.token)).body).toMatchObject({
      company_name: 'The franchisee',
      version: 0,
      phone: null,
      contact_state: 'open',
    });
    const filled = await change(own.token, {
      version: 0,
      company_name: 'North GmbH',
      legal_form: 'company',
      phone: '+380 67 123 45 67',
      tax_number: '1234567890',
    });
    expect(filled).toMatchObject({ status: 200, body: { company_name: 'North GmbH', version: 1 } });
    const stored = await mak.database.query(
      'SELECT contact FROM company_profile WHERE account_id = $1',
      [own.id],
    );
    expect(JSON.stringify(stored)).toContain('sealed');
    expect(JSON.stringify(stored)).not.toContain('123 45 67');
    for (const field of [{ cities: ['kyiv'] }, { grade: 'gold' }, { lead_capacity: 9 }])
      expect(await change(own.token, { version: 1, ...field })).toMatchObject({
        status: 403,
        body: { code: 'office_only', field: Object.keys(field)[0] },
      });
    const query = `?company_id=${own.id}`;
    const graded = await change(
      apiKey,
      {
        version: 1,
        cities: ['kyiv', 'kyiv'],
        niches: ['health'],
        grade: 'gold',
        lead_capacity: 5,
      },
      query,
    );
    expect(graded.body).toMatchObject({
      cities: ['kyiv'],
      grade: 'gold',
      phone: '+380 67 123 45 67',
    });
    expect((await change(own.token, { version: 1, company_name: 'Late' })).body.code).toBe(
      'stale_version',
    );
    expect((await read(apiKey)).body.code).toBe('company_needed');
    expect((await read(rival.token, query)).status).toBe(404);
    expect((await read(employee.token, query)).status).toBe(403);
    const audit = await mak.call<{ items: object[] }>(
      `/v1/audit?entity=account&entity_id=${own.id}`,
      { key: apiKey },
    );
    expect(audit.body.items).toContainEqual(expect.objectContaining({ action: 'person.read' }));
    const seen = await mak.app
      .get(Database)
      .within({ tenantId }, (tx) => bidderProfiles(tx, tenantId, [own.id, rival.id, employee.id]));
    expect([...seen]).toEqual(
      expect.arrayContaining([
        [
          own.id,
          { isActive: true, cities: ['kyiv'], niches: ['health'], grade: 'gold', capacity: 5 },
        ],
        [rival.id, { isActive: true, cities: [], niches: [], grade: null, capacity: null }],
      ]),
    );
    expect(seen.size).toBe(2);
  });

  it('names all companies to the office and each only itself', async () => {
    const { people } = await tenantWith('franchisee', 'partner', 'employee');
    const [own, , employee] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    const names = async (key: string, query = '') =>
      (await mak.call<{ items: Company[] }>(`/v1/companies${query}`, { key })).body.items.map(
        ({ company_name }) => company_name,
      );
    expect(await names(employee.token)).toEqual(['The franchisee', 'The partner']);
    expect(await names(employee.token, '?kind=partner')).toEqual(['The partner']);
    expect(await names(employee.token, '?text=FRANCH')).toEqual(['The franchisee']);
    expect(await names(own.token)).toEqual(['The franchisee']);
    const first = await mak.call<{ next: string }>('/v1/companies?limit=1', {
      key: employee.token,
    });
    expect(await names(employee.token, `?limit=1&cursor=${first.body.next}`)).toEqual([
      'The partner',
    ]);
  });

  it('forgets telephone and tax number with their person', async () => {
    const { apiKey, people } = await tenantWith('partner');
    const [own] = people as [(typeof people)[0]];
    await change(own.token, { version: 0, phone: '+380 67 123 45 68' });
    expect(
      (await mak.call('/v1/persons/erase', { key: apiKey, body: { email: own.email } })).status,
    ).toBeLessThan(300);
    expect((await read(own.token)).body).toMatchObject({ contact_state: 'erased', phone: null });
  });
});

describe('a second factor of partners and franchisees', () => {
  it('is asked for when the tenant demands it, from the next request on', async () => {
    const { apiKey, people } = await tenantWith('partner', 'employee');
    const [partner, employee] = people as [(typeof people)[0], (typeof people)[0]];
    const staff = await hire(partner.token);
    const demanded = await mak.call('/v1/tenant', {
      key: apiKey,
      method: 'PATCH',
      body: { version: 1, company_totp: true },
    });
    expect(demanded).toMatchObject({ status: 200, body: { company_totp: true } });
    for (const { token } of [partner, staff])
      expect(await mak.call('/v1/deals', { key: token })).toMatchObject({
        status: 403,
        body: { code: 'totp_required' },
      });
    expect((await mak.call('/v1/deals', { key: employee.token })).status).toBe(200);
    const { body } = await signInCall(mak, partner.email, PASSWORD);
    expect(body.tenants).toMatchObject([{ totp_required: true }]);
    const { token } = await adminOf(mak, staff.email);
    expect((await mak.call('/v1/deals', { key: token })).status).toBe(200);
  });
});

describe('the overview of a cabinet', () => {
  it('counts the leads of a company by status, and which part became deals', async () => {
    const { apiKey, people } = await tenantWith('partner', 'partner');
    const [own, rival] = people as [(typeof people)[0], (typeof people)[0]];
    let number = 0;
    const lead = (key: string) =>
      entered(mak, key, {
        phones: [`+38066${String((number += 1)).padStart(7, '0')}`],
        consent: { answer: 'given', evidence: 'form' },
      });
    const [first, second] = [await lead(own.token), await lead(own.token)];
    for (const key of [own.token, own.token, rival.token]) await lead(key);
    const order = { name: 'A deal', pipeline: 'adtech', version: 1 };
    const converted = await mak.call(`/v1/leads/${first.id}/convert`, { key: apiKey, body: order });
    expect(converted.status).toBe(200);
    const read = await mak.call<LeadBody>(`/v1/leads/${second.id}`, { key: apiKey });
    const [step] = read.body.possible_statuses;
    const moved = await mak.call<LeadBody>(`/v1/leads/${second.id}/move`, {
      key: apiKey,
      body: { status: step, version: 1 },
    });
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    const leadsOf = async (key: string) =>
      (await mak.call<OverviewView>('/v1/cabinet', { key })).body.leads;
    const { statuses, ...figures } = (await leadsOf(own.token)) ?? { statuses: [] };
    expect(figures).toEqual({ total: 4, converted: 1, conversion: 0.25 });
    const counted = statuses.filter(({ leads }) => leads > 0);
    expect(new Map(counted.map(({ status, leads }) => [status, leads]))).toEqual(
      new Map([
        [second.status, 2],
        [step, 1],
        [counted.find(({ kind }) => kind === 'converted')?.status, 1],
      ]),
    );
    expect(await leadsOf(rival.token)).toMatchObject({ total: 1, converted: 0, conversion: 0 });
  });

  it('counts deals of the company and no others', async () => {
    const { apiKey, people } = await tenantWith('franchisee', 'franchisee', 'guest');
    const [own, rival, guest] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    const staff = await hire(own.token);
    for (const owner of [own.id, own.id, rival.id])
      await mak.call('/v1/deals', {
        key: apiKey,
        body: { name: 'D', pipeline: 'adtech', owner_id: owner, amount: 100, currency: 'EUR' },
      });
    const overview = async (key: string) =>
      (await mak.call<{ deals: { total: number; sums: object[] } | null }>('/v1/cabinet', { key }))
        .body.deals;
    for (const key of [own.token, staff.token])
      expect(await overview(key)).toMatchObject({
        total: 2,
        sums: [{ currency: 'EUR', amount: 200 }],
      });
    expect(await overview(rival.token)).toMatchObject({ total: 1 });
    expect(await overview(guest.token)).toBeNull();
    const graphql = await mak.call<{ data: object }>('/graphql', {
      key: staff.token,
      body: {
        query:
          '{ cabinetOverview { deals { total stages { pipeline stage deals } } wallet { available } } }',
      },
    });
    expect(graphql.body.data).toMatchObject({
      cabinetOverview: {
        deals: {
          total: 2,
          stages: expect.arrayContaining([expect.objectContaining({ deals: 2 })]) as object,
        },
      },
    });
  });
});
