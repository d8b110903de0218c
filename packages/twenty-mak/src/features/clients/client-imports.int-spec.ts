import iconv from 'iconv-lite';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestTenant } from '../../../test/support/app.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage, Problem } from '../../../test/support/imports.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import type { PreviewAnswer, ProfileBody } from '../imports/imports.dto.ts';
import type { ClientDetailAnswer } from './clients.dto.ts';

let stage: ImportStage;
let tenant: TestTenant;
let importer: Importer;

beforeAll(async () => {
  stage = await importStage();
});
afterAll(() => stage.close());

async function freshTenant(): Promise<void> {
  tenant = await stage.api.createTenant({
    accounts: [
      { email: 'eva@example.com', name: 'Eva', role: 'employee', password: PASSWORD },
      { email: `fred@${Date.now()}.example`, name: 'Fred', role: 'franchisee', password: PASSWORD },
    ],
  });
  importer = new Importer(stage.api, tenant.apiKey, 'clients');
}

/** Columns called like their fields. */
function mapping(fields: string, changes: Partial<ProfileBody> = {}): ProfileBody {
  const columns = fields.split(',').map((field) => ({ column: field, field }));
  return { columns, defaults: {}, external_system: 'crm', ...changes };
}

const FIELDS = 'kind,name,industry,owner,contact_name,phone,email,external_id,attributes.tier';
const FILE = [
  FIELDS,
  'company,Acme,Food,eva@example.com,Zoe,0671234567,zoe@acme.example,1,gold',
  'company,Beta,Media,Eva,,,,2,',
  'person,Olena Koval,,,,0501112233,,,',
  'company,Nobody,,who@example.com,,12,,3,',
  ',,,,,,,,',
].join('\n');

async function clients(): Promise<readonly ClientDetailAnswer[]> {
  const { body } = await stage.api.call<{ items: { id: string }[] }>('/v1/clients?sort=name', {
    key: tenant.apiKey,
  });
  const all = body.items.map(({ id }) =>
    stage.api.call<ClientDetailAnswer>(`/v1/clients/${id}`, { key: tenant.apiKey }),
  );
  return (await Promise.all(all)).map((answer) => answer.body);
}

async function audited(): Promise<Record<string, number>> {
  const rows = await stage.api.database.query<{ action: string; entries: number }>(
    `SELECT action, count(*)::int AS entries FROM audit_entry
     WHERE tenant_id = $1 AND action LIKE 'client%' GROUP BY 1`,
    [tenant.id],
  );
  return Object.fromEntries(rows.map(({ action, entries }) => [action, entries]));
}

describe('a file of clients', () => {
  beforeAll(freshTenant);

  it('in Windows-1251 is shown, checked and taken in; its rejected rows come back in the same form', async () => {
    const file = iconv.encode(FILE.replaceAll('Food', 'Їжа'), 'windows-1251');
    const { status, body: uploaded } = await importer.upload('c.csv', new Uint8Array(file));
    expect([status, uploaded.encoding]).toEqual([201, 'windows-1251']);
    const preview = await importer.call<PreviewAnswer>(`imports/${uploaded.id}/preview`);
    expect(preview.body.mapping).toEqual(
      mapping('kind,name,industry,owner,contact_name,phone,email,external_id').columns,
    );
    const counts = { created: 3, warned: 0, merged: 0, rejected: 1, empty: 1 };
    await importer.call(`imports/${uploaded.id}/check`, { profile: mapping(FIELDS) });
    expect(await importer.ended(uploaded.id)).toMatchObject({ forecast: counts });
    expect(await clients()).toEqual([]);
    await importer.call(`imports/${uploaded.id}/start`, {});
    const done = await importer.ended(uploaded.id);
    expect(done).toMatchObject({ status: 'done', counts });
    expect(existsSync(join(stage.folder, tenant.id, 'client-imports', uploaded.id))).toBe(false);
    const rejected = await importer.call<string>(`imports/${uploaded.id}/rejected`);
    expect(rejected.headers.get('content-type')).toContain('windows-1251');
    expect(rejected.body).toMatch(/\r\ncompany,Nobody,.+row 4: phone: phone_invalid/);

    const eva = { owner_id: expect.any(String) as string };
    expect(await clients()).toMatchObject([
      {
        ...{ kind: 'company', name: 'Acme', industry: 'Їжа', ...eva },
        ...{ external_refs: [{ system: 'crm', id: '1' }], attributes: { tier: 'gold' } },
        contacts: [{ name: 'Zoe', phone: '+380671234567', email: 'zoe@acme.example' }],
      },
      { name: 'Beta', ...eva, contacts: [] },
      {
        ...{ kind: 'person', name: 'Olena Koval', owner_id: null },
        contacts: [{ name: 'Olena Koval', phone: '+380501112233' }],
      },
    ]);
    expect(await audited()).toEqual({
      ...{ 'client.created': 3, 'client_import.uploaded': 1, 'client_import.checked': 1 },
      ...{ 'client_import.started': 1, 'client_import.done': 1, 'client_import.rejects_read': 1 },
    });
  });

  it('keeps nobody where it is not sealed', async () => {
    const rows = await stage.api.database.query<{ row: string }>(
      `SELECT i::text AS row FROM file_import i UNION ALL SELECT r::text FROM file_import_reject r
       UNION ALL SELECT c::text FROM client_contact c UNION ALL SELECT a::text FROM audit_entry a`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { row } of rows) expect(row).not.toMatch(/1234567|1112233|zoe@|Zoe/);
  });

  it('that is sent again changes nothing unless it says so', async () => {
    const before = await clients();
    const again = await importer.run('start', 'c.csv', FILE, mapping(FIELDS));
    expect(again).toMatchObject({
      counts: { created: 0, merged: 0, rejected: 4 },
      report: { errors: { 'external_id:external_id_known': 2, '*:duplicate': 1 } },
    });
    expect(await clients()).toEqual(before);
    const update = mapping(FIELDS, { duplicates: 'update' });
    const same = await importer.run('start', 'c.csv', FILE.replaceAll('Food', 'Їжа'), update);
    expect(same).toMatchObject({ counts: { created: 0, merged: 3, rejected: 1 } });
    expect(await clients()).toEqual(before);
  });

  it('gives clients that are there what it says, and refuses what may be another client', async () => {
    const file = [
      'kind,name,industry,contact_name,phone,email,external_id,attributes.tier',
      'company,Acme Holding,Steel,Zoe,0671234567,,1,silver',
      'company,BETA,,Ivan,,ivan@beta.example,,',
      'company,Gamma,,,0671234567,,,',
      'person,olena  koval,,,0501112233,olena@example.com,,',
      'person,Acme,,,,,1,',
      'company,Delta,,,,,,',
      'company,delta,Wood,,,,,',
    ].join('\n');
    const columns = mapping(
      'kind,name,industry,contact_name,phone,email,external_id,attributes.tier',
      { duplicates: 'update' },
    );
    const counts = { created: 1, warned: 0, merged: 4, rejected: 2, empty: 0 };
    const checked = await importer.run('check', 'd.csv', file, columns);
    expect(checked.forecast).toEqual(counts);
    const done = await importer.run('start', 'd.csv', file, columns);
    expect(done).toMatchObject({
      counts,
      report: { errors: { 'name:name_differs': 1, 'kind:kind_differs': 1 } },
    });
    expect(await clients()).toMatchObject([
      {
        ...{ name: 'Acme Holding', industry: 'Steel', version: 2, attributes: { tier: 'silver' } },
        contacts: [{ name: 'Zoe', phone: '+380671234567', email: 'zoe@acme.example' }],
      },
      { name: 'Beta', industry: 'Media', contacts: [{ name: 'Ivan' }] },
      { name: 'Delta', industry: 'Wood', version: 1 },
      { name: 'Olena Koval', contacts: [{ email: 'olena@example.com' }] },
    ]);
    const [edit] = await stage.api.database.query<{ fields: string[] }>(
      `SELECT detail -> 'fields' AS fields FROM audit_entry a JOIN client c ON c.id::text = a.entity_id
       WHERE a.tenant_id = $1 AND action = 'client.edited' AND c.name = 'Acme Holding'`,
      [tenant.id],
    );
    expect(edit?.fields).toEqual(['name', 'industry', 'attributes']);
  });

  it('forgets a person who came in a file', async () => {
    const erased = await stage.api.call<{ erased_keys: number }>('/v1/persons/erase', {
      ...{ key: tenant.apiKey, body: { phone: '+380501112233' } },
    });
    expect(erased.body.erased_keys).toBeGreaterThan(0);
    const olena = (await clients()).find(({ kind }) => kind === 'person');
    expect(olena).toMatchObject({ name: '—', contacts: [{ state: 'erased', phone: null }] });
  });

  it('is read again with addresses that a form would not take', async () => {
    const email = 'інфо@фірма.укр';
    await importer.run('start', 'm.csv', `name,contact_name,email\nMova,Ira,${email}\n`, {
      ...mapping('name,contact_name,email'),
    });
    const mova = (await clients()).find(({ name }) => name === 'Mova');
    expect(mova).toMatchObject({ contacts: [{ state: 'open', name: 'Ira', email }] });
  });

  it.each(['reject', 'update'] as const)(
    'repeats rows over several batches: the dry run foresees what happens (%s)',
    async (duplicates) => {
      await freshTenant();
      const rows = Array.from({ length: 1_300 }, (_, index) => {
        const one = index % 450;
        const phone = `067${String(one % 350).padStart(7, '0')}`;
        return `${one % 3 === 0 ? 'person' : 'company'},Client ${one},${one % 4 === 0 ? '' : phone}`;
      });
      const file = ['kind,name,phone', ...rows].join('\n');
      const how = mapping('kind,name,phone', { duplicates });
      const { forecast } = await importer.run('check', 'r.csv', file, how);
      const { counts } = await importer.run('start', 'r.csv', file, how);
      expect(forecast).toEqual(counts);
      expect(counts?.created).toBe((await countOf()).clients);
      expect(counts?.rejected).toBeGreaterThan(0);
      expect((counts?.merged ?? 0) > 0).toBe(duplicates === 'update');
    },
  );
});

async function countOf(): Promise<{ clients: number }> {
  const [row] = await stage.api.database.query<{ clients: number }>(
    'SELECT count(*)::int AS clients FROM client WHERE tenant_id = $1',
    [tenant.id],
  );
  return row ?? { clients: -1 };
}

describe('who imports clients', () => {
  let fred: Importer;

  beforeAll(async () => {
    await freshTenant();
    await importer.run('start', 'a.csv', 'name,phone\nOf the office,0671234567\n', {
      ...mapping('name,phone'),
    });
    const [account] = await stage.api.database.query<{ email: string }>(
      "SELECT email FROM account WHERE tenant_id = $1 AND role = 'franchisee'",
      [tenant.id],
    );
    fred = new Importer(
      stage.api,
      (await signIn(stage.api, account?.email ?? '')).token,
      'clients',
    );
  });

  it('needs the permission, and gets at no file of leads', async () => {
    const made = await stage.api.call<{ secret: string }>('/v1/api-clients', {
      key: tenant.apiKey,
      body: { name: 'key', scopes: ['deals:write', 'leads:import'] },
    });
    const weak = new Importer(stage.api, made.body.secret, 'clients');
    expect((await weak.upload<Problem>('a.csv', 'name\nA\n')).status).toBe(403);
    const ofLeads = new Importer(stage.api, tenant.apiKey);
    const { body } = await ofLeads.upload('l.csv', 'name\nA\n');
    expect((await importer.call(`imports/${body.id}`)).status).toBe(404);
    const list = await importer.call<{ items: { file_name: string }[] }>('imports');
    expect(list.body.items.map((one) => one.file_name)).toEqual(['a.csv']);
    const profile = await ofLeads.call<{ id: string }>('import-profiles', {
      ...{ name: 'One', profile: { columns: [{ column: 'a', field: 'name' }] } },
    });
    const begun = await importer.upload('b.csv', 'a\nA\n');
    const taken = await importer.call<Problem>(`imports/${begun.body.id}/check`, {
      profile_id: profile.body.id,
    });
    expect(taken.status).toBe(404);
  });

  it('enters own clients, if it is a franchisee, and learns nothing of others', async () => {
    expect((await fred.upload<Problem>('f.csv', 'name\nA\n')).status).toBe(403);
    const { body } = await stage.api.call<{
      items: {
        role: string;
        version: number;
        permissions: { key: string; allowed: boolean }[];
      }[];
    }>('/v1/roles', { key: tenant.apiKey });
    const role = body.items.find((one) => one.role === 'franchisee');
    const allowed = role?.permissions.filter((one) => one.allowed).map((one) => one.key) ?? [];
    await stage.api.call('/v1/roles/franchisee', {
      ...{ key: tenant.apiKey, method: 'PATCH' },
      body: { version: role?.version, permissions: [...allowed, 'clients:import'] },
    });
    const file = 'name,phone\nOf the office,0671234567\nOf Fred,0671234568\nof fred,0671234569\n';
    const how = mapping('name,phone');
    const counts = { created: 2, warned: 0, merged: 0, rejected: 1, empty: 0 };
    expect((await fred.run('check', 'f.csv', file, how)).forecast).toEqual(counts);
    expect((await fred.run('start', 'f.csv', file, how)).counts).toEqual(counts);
    const owners = await stage.api.database.query<{ name: string; owner: string | null }>(
      `SELECT c.name, a.name AS owner FROM client c LEFT JOIN account a ON a.id = c.owner_id
       WHERE c.tenant_id = $1 ORDER BY c.created_at, c.name`,
      [tenant.id],
    );
    expect(owners).toEqual([
      { name: 'Of the office', owner: null },
      { name: 'Of Fred', owner: 'Fred' },
      { name: 'Of the office', owner: 'Fred' },
    ]);
    const { body: uploaded } = await fred.upload('g.csv', 'name,owner\nA,eva@example.com\n');
    const refused = await fred.call<Problem>(`imports/${uploaded.id}/check`, {
      profile: mapping('name,owner'),
    });
    expect(refused.status).toBe(403);
  });
});
