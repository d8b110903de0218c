import iconv from 'iconv-lite';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestTenant } from '../../../test/support/app.ts';
import { collect } from '../../platform/tables/spec-support.ts';
import { workbookFile } from '../../platform/tables/index.ts';
import type {
  ImportDetailAnswer,
  PreviewAnswer,
  SavedProfileAnswer,
} from '../imports/imports.dto.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage, Problem } from '../../../test/support/imports.ts';
import { entered, member } from '../../../test/support/leads.ts';

let stage: ImportStage;
let tenant: TestTenant;
let importer: Importer;

beforeAll(async () => {
  stage = await importStage();
});
afterAll(() => stage.close());

async function freshTenant(settings: Record<string, unknown> = {}): Promise<void> {
  tenant = await stage.api.createTenant();
  importer = new Importer(stage.api, tenant.apiKey);
  if (Object.keys(settings).length === 0) return;
  const saved = await stage.api.call<{ version: number }>('/v1/leads/settings', {
    key: tenant.apiKey,
  });
  const answer = await stage.api.call('/v1/leads/settings', {
    method: 'PUT',
    key: tenant.apiKey,
    body: { ...settings, version: saved.body.version },
  });
  expect(answer.status).toBe(200);
}

async function leads(): Promise<number> {
  const [row] = await stage.api.database.query<{ leads: string }>(
    'SELECT count(*) AS leads FROM lead WHERE tenant_id = $1 AND merged_into IS NULL',
    [tenant.id],
  );
  return Number(row?.leads);
}

const COLUMNS = [
  { column: 'Имя', field: 'name' },
  { column: 'Телефон', field: 'phone' },
  { column: 'Город', field: 'city' },
];
const FILE = [
  'Имя;Телефон;Город',
  'Іван Петренко;067 123 45 67;Київ',
  ';;',
  'Ольга;+38 050 111 22 33;Львів',
  'Никто;12;Одеса',
  '=SUM(A1);067 000 00 01;Київ',
  '',
].join('\r\n');

describe('a file in Windows-1251', () => {
  beforeAll(() => freshTenant());

  it('is recognised, shown, checked and taken in; its rejected rows come back in the same form', async () => {
    const bytes = iconv.encode(FILE, 'windows-1251');
    const uploaded = await importer.upload('ліди.csv', new Uint8Array(bytes));
    expect(uploaded).toMatchObject({
      status: 201,
      body: {
        file_name: 'ліди.csv',
        format: 'csv',
        size: bytes.length,
        status: 'uploaded',
        encoding: 'windows-1251',
        separator: ';',
      },
    });
    const { id } = uploaded.body;
    const preview = await importer.call<PreviewAnswer>(`imports/${id}/preview`);
    expect(preview.body).toMatchObject({
      encoding: 'windows-1251',
      encoding_certain: true,
      columns: ['Имя', 'Телефон', 'Город'],
      mapping: COLUMNS,
      header_is_data: false,
    });
    expect(preview.body.rows[0]).toEqual(['Іван Петренко', '067 123 45 67', 'Київ']);
    const other = await importer.call<PreviewAnswer>(
      `imports/${id}/preview?encoding=utf-16le&separator=%2C`,
    );
    expect(other.body).toMatchObject({ encoding: 'utf-16le', separator: ',' });

    const begun = await importer.call(`imports/${id}/check`, { profile: { columns: COLUMNS } });
    expect(begun).toMatchObject({ status: 200, body: { status: 'checking' } });
    const checked = await importer.ended(id);
    const counts = { created: 3, warned: 0, merged: 0, rejected: 1, empty: 1 };
    expect(checked).toMatchObject({
      status: 'checked',
      forecast: counts,
      counts: null,
      forecast_report: {
        rows: 5,
        errors: { 'Телефон:phone_invalid': 1 },
        first_errors: [{ row: 4, column: 'Телефон', code: 'phone_invalid' }],
      },
    });
    expect(await leads()).toBe(0);

    const started = await importer.call(`imports/${id}/start`, {});
    expect(started).toMatchObject({ status: 200, body: { status: 'running' } });
    const done = await importer.ended(id);
    expect(done).toMatchObject({ status: 'done', counts, progress: 1, rows_done: 5 });
    expect(await leads()).toBe(3);
    expect(existsSync(join(stage.folder, tenant.id, 'lead-imports', id))).toBe(false);

    const rejected = await fetch(`${stage.api.url}/v1/leads/imports/${id}/rejected`, {
      headers: { authorization: `Bearer ${tenant.apiKey}` },
    });
    expect(rejected.headers.get('content-type')).toContain('windows-1251');
    const text = iconv.decode(Buffer.from(await rejected.arrayBuffer()), 'windows-1251');
    expect(text).toMatch(
      /^Имя;Телефон;Город;errors\r\nНикто;12;Одеса;row 4: Телефон: phone_invalid: .+\r\n$/,
    );
    const again = await importer.call<Problem>(`imports/${id}/start`, {});
    expect(again).toMatchObject({ status: 409, body: { code: 'import_begun' } });
  });

  it('keeps nothing of its people where it is not sealed', async () => {
    const rows = await stage.api.database.query<{ row: string }>(
      'SELECT i::text AS row FROM file_import i UNION ALL SELECT r::text FROM file_import_reject r',
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) expect(row).not.toMatch(/Петренко|1234567|Никто/);
  });
});

describe('a workbook', () => {
  beforeAll(() => freshTenant());

  it('is taken in like CSV, and its rejected rows come as CSV in UTF-8', async () => {
    async function* rows() {
      yield [['Name', 'Phone', 'Amount', 'Note']];
      yield [
        ['Anna', '+380671234567', 1234.5, '=1+1'],
        ['Boris', 380671234568, 'much', null],
      ];
    }
    const workbook = await collect(workbookFile('Leads', rows()));
    const done = await importer.run('start', 'leads.xlsx', new Uint8Array(workbook), {
      columns: [
        { column: 'Name', field: 'name' },
        { column: 'Phone', field: 'phone' },
        { column: 'Amount', field: 'amount' },
        { column: 'Note', field: 'comment' },
      ],
      defaults: { currency: 'UAH' },
    });
    expect(done).toMatchObject({
      status: 'done',
      format: 'xlsx',
      sheet: 'Leads',
      counts: { created: 1, rejected: 1 },
    });
    const [lead] = await stage.api.database.query(
      'SELECT amount, currency FROM lead WHERE tenant_id = $1',
      [tenant.id],
    );
    expect(lead).toEqual({ amount: '123450', currency: 'UAH' });
    const rejected = await importer.call<string>(`imports/${done.id}/rejected`);
    expect(rejected.body).toBe(
      'Name,Phone,Amount,Note,errors\r\nBoris,380671234568,much,,"row 2: Amount: amount_invalid: This is no amount of UAH, such as 1 234.50."\r\n',
    );
  });
});

describe('duplicates', () => {
  const twice = 'name,phone\nAnna,0671234567\nAnn,067 123-45-67\nBob,0500000001\n';
  const columns = [
    { column: 'name', field: 'name' },
    { column: 'phone', field: 'phone' },
  ];

  it.each([
    ['warn', { created: 2, warned: 1, merged: 0, rejected: 0 }, 3],
    ['merge', { created: 2, warned: 0, merged: 1, rejected: 0 }, 2],
    ['block', { created: 2, warned: 0, merged: 0, rejected: 1 }, 2],
  ])('within a file are dealt with as the tenant wants: %s', async (certain, counts, made) => {
    await freshTenant({ certain });
    expect(await importer.run('check', 'a.csv', twice, { columns })).toMatchObject({
      forecast: counts,
    });
    expect(await importer.run('start', 'a.csv', twice, { columns })).toMatchObject({ counts });
    expect(await leads()).toBe(made);
    // Now all of them are there.
    const again = {
      warn: { created: 0, warned: 3 },
      merge: { created: 0, merged: 3 },
      block: { created: 0, rejected: 3 },
    }[certain];
    expect(await importer.run('check', 'a.csv', twice, { columns })).toMatchObject({
      forecast: again,
    });
  });

  it('tell who is responsible for the lead that was there, when the tenant only warns', async () => {
    await freshTenant({ certain: 'warn' });
    const colleague = await member(stage.api, tenant, 'employee', 'colleague');
    const anna = { name: 'Anna', phones: ['0671234567'], responsible_id: colleague.id };
    const there = await entered(stage.api, tenant.apiKey, anna);
    const told = () =>
      stage.api.database.query<{ leads: string[] }>(
        "SELECT data -> 'lead_ids' AS leads FROM notification WHERE account_id = $1 AND kind = 'lead.duplicate'",
        [colleague.id],
      );
    expect(await told()).toEqual([]);
    await importer.run('check', 'a.csv', twice, { columns });
    expect(await told()).toEqual([]);
    await importer.run('start', 'a.csv', twice, { columns });
    const notices = await told();
    expect(notices.length).toBeGreaterThan(0);
    for (const { leads: named } of notices) expect(named).toContain(there.id);
  });

  it('far apart are foreseen by a dry run too', async () => {
    await freshTenant();
    const phone = (index: number): string => `067${String(index).padStart(7, '0')}`;
    const rows = Array.from({ length: 2_500 }, (_, index) => `P${index},${phone(index)}`);
    const file = ['name,phone', ...rows, `Again,${phone(0)}`].join('\n');
    const counts = { created: 2_500, warned: 1 };
    expect(await importer.run('check', 'a.csv', file, { columns })).toMatchObject({
      forecast: counts,
    });
    expect(await importer.run('start', 'a.csv', file, { columns })).toMatchObject({ counts });
  });

  it('by the id of another system are no second leads', async () => {
    await freshTenant();
    const profile = {
      columns: [...columns, { column: 'id', field: 'external_id' }],
      external_system: 'crm',
    };
    const file = 'id,name,phone\n1,Anna,0671234567\n1,Bob,0500000001\n';
    const counts = { created: 1, rejected: 1 };
    expect(await importer.run('check', 'a.csv', file, profile)).toMatchObject({ forecast: counts });
    expect(await importer.run('start', 'a.csv', file, profile)).toMatchObject({ counts });
    const again = await importer.run('start', 'a.csv', file, profile);
    expect(again).toMatchObject({
      counts: { created: 0, rejected: 2 },
      report: { errors: { 'id:external_id_known': 2 } },
    });
  });
});

describe('mappings', () => {
  beforeAll(() => freshTenant());
  const profile = {
    columns: [
      { column: 'Имя', field: 'name' },
      { column: 'Источник', field: 'source', values: { холодная: 'cold_base' } },
    ],
    defaults: { city: 'Київ' },
    country: 'PL',
  };

  it('are saved, used by name, changed and deleted', async () => {
    const made = await importer.call<SavedProfileAnswer>('import-profiles', {
      name: 'Cold',
      profile,
    });
    expect(made).toMatchObject({ status: 201, body: { name: 'Cold', profile, version: 1 } });
    const { id } = made.body;
    const taken = await importer.call<Problem>('import-profiles', { name: 'Cold', profile });
    expect(taken).toMatchObject({ status: 409, body: { code: 'name_taken' } });
    const { body } = await importer.upload('a.csv', 'Имя,Источник\nАнна,холодная\nБорис,теплая\n');
    await importer.call(`imports/${body.id}/start`, { profile_id: id });
    expect(await importer.ended(body.id)).toMatchObject({
      counts: { created: 1, rejected: 1 },
      profile: { country: 'PL' },
      report: {
        unknown_words: [{ column: 'Источник', word: 'теплая', suggestion: null, rows: 1 }],
      },
    });
    const put = (changes: object) =>
      stage.api.call<Problem>(`/v1/leads/import-profiles/${id}`, {
        method: 'PUT',
        key: tenant.apiKey,
        body: { name: 'Cold', profile, ...changes },
      });
    expect(await put({ version: 7 })).toMatchObject({
      status: 409,
      body: { code: 'stale_version' },
    });
    expect(await put({ version: 1, name: 'Warm' })).toMatchObject({
      status: 200,
      body: { name: 'Warm', version: 2 },
    });
    const list = await importer.call<{ items: SavedProfileAnswer[] }>('import-profiles');
    expect(list.body.items.map(({ name }) => name)).toEqual(['Warm']);
    const gone = await stage.api.call(`/v1/leads/import-profiles/${id}`, {
      method: 'DELETE',
      key: tenant.apiKey,
    });
    expect(gone.status).toBe(204);
  });

  it.each<[string, object, string]>([
    [
      'of no column',
      { profile: { columns: [{ column: 'Age', field: 'name' }] } },
      'unknown_column',
    ],
    [
      'without contact',
      { profile: { columns: [{ column: 'b', field: 'city' }] } },
      'contact_missing',
    ],
    ['that nobody gave', {}, 'profile_missing'],
    [
      'of another form',
      { profile: { columns: [{ column: 'a', field: 'name' }] }, separator: ';' },
      'unknown_column',
    ],
  ])('%s are refused before anything begins', async (_what, how, code) => {
    const { body } = await importer.upload('a.csv', 'a,b\n1,2\n');
    expect(await importer.call<Problem>(`imports/${body.id}/start`, how)).toMatchObject({
      status: 422,
      body: { code },
    });
    expect((await importer.call(`imports/${body.id}`)).body.status).toBe('uploaded');
  });
});

describe('an import', () => {
  beforeAll(() => freshTenant());

  it('is one of its tenant, newest first in the list, page by page', async () => {
    const one = (await importer.upload('one.csv', 'name\nA\n')).body;
    const two = (await importer.upload('two.csv', 'name\nB\n')).body;
    interface Page {
      readonly items: readonly { readonly id: string }[];
      readonly next: string | null;
    }
    const page = await importer.call<Page>('imports?limit=1');
    expect(page.body.items.map(({ id }) => id)).toEqual([two.id]);
    const rest = await importer.call<Page>(`imports?limit=1&cursor=${page.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ id: one.id }], next: null });
    const other = new Importer(stage.api, (await stage.api.createTenant()).apiKey);
    for (const path of ['', '/preview', '/rejected'])
      expect((await other.call(`imports/${one.id}${path}`)).status).toBe(404);
    for (const step of ['check', 'start', 'cancel'])
      expect((await other.call(`imports/${one.id}/${step}`, {})).status).toBe(404);
  });

  it('that is cancelled enters no more, and its file is gone', async () => {
    const { body } = await importer.upload('a.csv', 'name\nA\n');
    const cancelled = await importer.call(`imports/${body.id}/cancel`, {});
    expect(cancelled.body.status).toBe('cancelled');
    expect(existsSync(join(stage.folder, tenant.id, 'lead-imports', body.id))).toBe(false);
    const begun = await importer.call<Problem>(`imports/${body.id}/start`, {
      profile: { columns: [{ column: 'name', field: 'name' }] },
    });
    expect(begun).toMatchObject({ status: 409, body: { code: 'import_begun' } });
  });

  it('that runs stops when it is cancelled; what came in stays and is counted', async () => {
    const own = await stage.api.createTenant();
    const mine = new Importer(stage.api, own.apiKey);
    const rows = Array.from({ length: 40_000 }, (_, index) => `P ${index}`).join('\n');
    const { body } = await mine.upload('a.csv', `name\n${rows}\n`);
    await mine.call(`imports/${body.id}/start`, {
      profile: { columns: [{ column: 'name', field: 'name' }] },
    });
    await expect
      .poll(async () => (await mine.call(`imports/${body.id}`)).body.rows_done)
      .toBeGreaterThan(0);
    expect((await mine.call(`imports/${body.id}/cancel`, {})).body.status).toBe('cancelled');
    const done = await mine.ended(body.id);
    expect(done.rows_done).toBeLessThan(40_000);
    expect(done.counts?.created).toBe(done.rows_done);
    const entered = () =>
      stage.api.database.query('SELECT count(*)::int AS leads FROM lead WHERE tenant_id = $1', [
        own.id,
      ]);
    expect(await entered()).toEqual([{ leads: done.rows_done }]);
    expect(existsSync(join(stage.folder, own.id, 'lead-imports', body.id))).toBe(false);
  });

  it('is forgotten when its time has come', async () => {
    const { body } = await importer.upload('a.csv', 'name\nA\n');
    const path = join(stage.folder, tenant.id, 'lead-imports', body.id);
    expect(existsSync(path)).toBe(true);
    await stage.api.database.query('UPDATE file_import SET due_at = now() WHERE id = $1', [
      body.id,
    ]);
    await expect.poll(async () => (await importer.call(`imports/${body.id}`)).status).toBe(404);
    expect(existsSync(path)).toBe(false);
  });

  it('speaks GraphQL', async () => {
    const { body } = await importer.upload('a.csv', 'name,product\nA,GTXPro\nB,GTX Pro\n');
    const ask = async <Data>(query: string, variables: object): Promise<Data> => {
      const answer = await stage.api.call<{ data: Data; errors?: unknown }>('/graphql', {
        key: tenant.apiKey,
        body: { query, variables },
      });
      expect(answer.body.errors).toBeUndefined();
      return answer.body.data;
    };
    const mapping = {
      columns: [
        { column: 'name', field: 'name' },
        { column: 'product', field: 'attributes.product' },
      ],
      lists: { 'attributes.product': ['GTX Pro'] },
    };
    const saved = await ask<{ saveLeadImportProfile: { id: string; version: number } }>(
      `mutation ($mapping: ImportMappingInput!) {
        saveLeadImportProfile(name: "GTX", mapping: $mapping) { id version mapping { columns { column field } lists } } }`,
      { mapping },
    );
    expect(saved.saveLeadImportProfile.version).toBe(1);
    await ask(
      'mutation ($id: ID!, $profileId: ID!) { dryRunLeadImport(id: $id, profileId: $profileId) { id status } }',
      { id: body.id, profileId: saved.saveLeadImportProfile.id },
    );
    await importer.ended(body.id);
    const looked = await ask<{ leadImport: unknown; leadImportPreview: unknown }>(
      `query ($id: ID!) {
        leadImport(id: $id) { status forecast { created rejected } mapping { lists }
          forecastReport { errors { column code rows } unknownWords { column word suggestion rows } firstErrors { row reason } } }
        leadImportPreview(id: $id) { columns rows mapping { column field } }
        leadImports(limit: 1) { items { id } }
        leadImportProfiles { name } }`,
      { id: body.id },
    );
    expect(looked).toMatchObject({
      leadImport: {
        status: 'checked',
        forecast: { created: 1, rejected: 1 },
        forecastReport: {
          errors: [{ column: 'product', code: 'not_in_list', rows: 1 }],
          unknownWords: [{ column: 'product', word: 'GTXPro', suggestion: 'GTX Pro', rows: 1 }],
          firstErrors: [{ row: 1, reason: 'There is no product GTXPro; did you mean GTX Pro?' }],
        },
      },
      leadImportPreview: { columns: ['name', 'product'] },
      leadImports: { items: [{ id: body.id }] },
      leadImportProfiles: [{ name: 'GTX' }],
    });
    await ask('mutation ($id: ID!) { startLeadImport(id: $id) { status } }', { id: body.id });
    const done: ImportDetailAnswer = await importer.ended(body.id);
    expect(done.counts).toMatchObject({ created: 1, rejected: 1 });
  });
});
