import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestTenant } from '../../../test/support/app.ts';
import { withFile } from '../../platform/tables/spec-support.ts';
import { Workbook } from '../../platform/tables/index.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage, Problem } from '../../../test/support/imports.ts';

let stage: ImportStage;
let tenant: TestTenant;

beforeAll(async () => {
  stage = await importStage();
  tenant = await stage.api.createTenant();
  const importer = new Importer(stage.api, tenant.apiKey);
  const done = await importer.run(
    'start',
    'leads.csv',
    [
      'name,phone,email,city,consent,amount,source',
      'Анна Їжак,0671234567,anna@example.com,Київ,yes,1234.50,Cold base',
      'Борис,0671234568,,Львів,no,,External',
      'Віра,0671234569,,Одеса,,,Cold base',
      '"=cmd|calc",0671234560,,Київ,yes,,Cold base',
    ].join('\n'),
    {
      columns: ['name', 'phone', 'email', 'city', 'consent', 'amount', 'source'].map((field) => ({
        column: field,
        field,
      })),
      defaults: { currency: 'UAH' },
    },
  );
  if (done.counts?.created !== 4) throw new Error(JSON.stringify(done));
});
afterAll(() => stage.close());

async function download(key: string, query = ''): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(`${stage.api.url}/v1/leads/export${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function rowsOf(key: string, query = ''): Promise<Record<string, string>[]> {
  const { status, bytes } = await download(key, query);
  expect(status).toBe(200);
  return parse<Record<string, string>>(bytes, { columns: true, bom: true });
}

async function keyWith(scopes: readonly string[]): Promise<string> {
  const made = await stage.api.call<{ secret: string }>('/v1/api-clients', {
    key: tenant.apiKey,
    body: { name: `key ${randomBytes(4).toString('hex')}`, scopes },
  });
  return made.body.secret;
}

describe('an export', () => {
  it('has who leads are only of those that may be shared, and guards spreadsheets from formulas', async () => {
    const rows = await rowsOf(tenant.apiKey);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({
      source: 'Cold base',
      name: 'Анна Їжак',
      phone: "'+380671234567",
      email: 'anna@example.com',
      city: 'Київ',
      amount: '1234.50',
      currency: 'UAH',
      consent: 'yes',
      contact: 'open',
    });
    for (const row of rows.slice(1, 3))
      expect(row).toMatchObject({ name: '', phone: '', email: '', contact: 'no_consent' });
    expect(rows[3]?.['name']).toBe("'=cmd|calc");
  });

  it('has nobody for who may not see contacts', async () => {
    const rows = await rowsOf(await keyWith(['leads:read']));
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      expect(row).toMatchObject({ name: '', phone: '', email: '', attributes: '' });
      expect(['hidden', 'no_consent']).toContain(row['contact']);
    }
    expect((await download(await keyWith(['deals:read']))).status).toBe(403);
  });

  it('takes the filters of the list, in Windows-1251 and as a workbook too', async () => {
    const { bytes } = await download(
      tenant.apiKey,
      '?source=cold_base&encoding=windows-1251&separator=%3B',
    );
    const rows = parse<Record<string, string>>(iconv.decode(bytes, 'windows-1251'), {
      columns: true,
      delimiter: ';',
    });
    expect(rows.map(({ name }) => name)).toEqual(['Анна Їжак', '', "'=cmd|calc"]);
    const filter = encodeURIComponent(JSON.stringify({ field: 'amount', from: 1 }));
    const workbook = await download(tenant.apiKey, `?format=xlsx&filter=${filter}`);
    await withFile(workbook.bytes, async (path) => {
      const book = await Workbook.open(path);
      const table = await book.firstRows(null, 10);
      expect(table).toHaveLength(2);
      expect(table[1]).toContain('+380671234567');
      book.close();
    });
    const wrong = await download(tenant.apiKey, '?filter=%7B%22field%22%3A%22shoe%22%7D');
    expect(wrong.status).toBe(422);
    expect((JSON.parse(wrong.bytes.toString()) as Problem).code).toBe('unknown_field');
  });

  it('is in the audit log, and so is every look at contacts', async () => {
    const entries = await stage.api.database.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE tenant_id = $1 AND action IN ('leads.exported', 'person.read')`,
      [tenant.id],
    );
    const actions = entries.map(({ action }) => action);
    expect(actions).toContain('leads.exported');
    expect(actions).toContain('person.read');
  });

  it('can be sent back as it is', async () => {
    const { bytes } = await download(tenant.apiKey);
    const other = new Importer(stage.api, (await stage.api.createTenant()).apiKey);
    const done = await other.run('start', 'again.csv', new Uint8Array(bytes), {
      columns: ['name', 'phone', 'email', 'city', 'amount', 'currency', 'source', 'consent'].map(
        (field) => ({ column: field, field }),
      ),
    });
    expect(done).toMatchObject({ counts: { created: 2, rejected: 2 } });
  });
});
