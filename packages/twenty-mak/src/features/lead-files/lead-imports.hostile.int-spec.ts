import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestTenant } from '../../../test/support/app.ts';
import { workbookOf } from '../../platform/tables/spec-support.ts';
import type { PreviewAnswer } from '../imports/imports.dto.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage, Problem } from '../../../test/support/imports.ts';

let stage: ImportStage;
let tenant: TestTenant;
let importer: Importer;

beforeAll(async () => {
  stage = await importStage();
  tenant = await stage.api.createTenant();
  importer = new Importer(stage.api, tenant.apiKey);
});
afterAll(() => stage.close());

const NAME = { columns: [{ column: 'name', field: 'name' }] };
const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const sheet = (data: string) => `<worksheet><sheetData>${data}</sheetData></worksheet>`;
const MEGABYTE = 1024 * 1024;

describe('a file that is no table is refused, and nothing stays of it', () => {
  it.each<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, string]>([
    ['nothing', () => bytes(''), 'empty_file'],
    ['blank lines', () => bytes('\n\r\n  \n,,\n'), 'empty_file'],
    ['a picture', () => bytes('\u0089PNG\r\n\u001a\n\0\0\0', 'latin1'), 'file_not_text'],
    ['UTF-16 without its mark', () => bytes('name,phone\n', 'utf16le'), 'file_not_text'],
    ['one line of 100 MB', () => new Uint8Array(100 * MEGABYTE).fill(0x61), 'row_too_long'],
    ['a quotation mark that is never closed', () => bytes('"name,phone\nA,1\n'), 'malformed_csv'],
    ['too many columns', () => bytes('a,'.repeat(501)), 'too_many_columns'],
    ['an old workbook', () => bytes('d0cf11e0a1b11ae10000', 'hex'), 'old_workbook'],
    ['a broken zip file', () => bytes('PK\u0003\u0004 and more'), 'malformed_zip'],
    [
      'a workbook that is a bomb',
      async () => new Uint8Array(await workbookOf(sheet(' '.repeat(65 * MEGABYTE)))),
      'zip_bomb',
    ],
    [
      'a workbook with entities that grow',
      async () =>
        new Uint8Array(
          await workbookOf(
            `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${sheet('<row><c t="str"><v>&b;</v></c></row>')}`,
          ),
        ),
      'doctype_refused',
    ],
    ['an empty workbook', async () => new Uint8Array(await workbookOf(sheet(''))), 'empty_file'],
  ])('%s', async (_what, make, code) => {
    const answer = await importer.upload<Problem>('a.csv', await make());
    expect(answer).toMatchObject({ status: 422, body: { code, field: 'file' } });
    const rows = await stage.api.database.query('SELECT id FROM file_import');
    expect(rows).toEqual([]);
    expect(readdirSync(join(stage.folder, tenant.id, 'lead-imports'))).toEqual([]);
  });

  it('an upload that breaks off', async () => {
    async function* half() {
      yield Buffer.from('name\nAnna\n');
      throw new Error('the line is dead');
    }
    await expect(
      fetch(`${stage.api.url}/v1/leads/imports?name=a.csv`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tenant.apiKey}`,
          'content-type': 'application/octet-stream',
        },
        body: ReadableStream.from(half()),
        duplex: 'half',
      }),
    ).rejects.toThrow(TypeError);
    const folder = join(stage.folder, tenant.id, 'lead-imports');
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    await expect.poll(() => stage.api.database.query('SELECT id FROM file_import')).toEqual([]);
  });

  it('a body that is no file', async () => {
    expect(await importer.call<Problem>('imports?name=a.csv', { name: 'Anna' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    expect((await importer.upload<Problem>('', 'name\nA\n')).body.code).toBe('invalid_request');
  });
});

describe('a file with surprises', () => {
  it('of 300 columns is read, and most of them are left alone', async () => {
    const names = Array.from({ length: 300 }, (_, index) => (index === 150 ? 'name' : `c${index}`));
    const row = names.map((_, index) => `v${index}`);
    const done = await importer.run(
      'start',
      'a.csv',
      `${names.join(',')}\n${row.join(',')}\n`,
      NAME,
    );
    expect(done).toMatchObject({ status: 'done', counts: { created: 1 } });
  });

  it('with a header only has nothing to take in', async () => {
    const { body } = await importer.upload('a.csv', 'name,phone\r\n');
    const preview = await importer.call<PreviewAnswer>(`imports/${body.id}/preview`);
    expect(preview.body).toMatchObject({ columns: ['name', 'phone'], rows: [] });
    await importer.call(`imports/${body.id}/start`, { profile: NAME });
    expect(await importer.ended(body.id)).toMatchObject({ status: 'done', report: null });
  });

  it('whose first row is a lead is not begun', async () => {
    const { body } = await importer.upload('a.csv', 'Anna,0671234567\nBob,0500000001\n');
    const preview = await importer.call<PreviewAnswer>(`imports/${body.id}/preview`);
    expect(preview.body.header_is_data).toBe(true);
    expect(
      await importer.call<Problem>(`imports/${body.id}/start`, {
        profile: { columns: [{ column: 'Anna', field: 'name' }] },
      }),
    ).toMatchObject({ status: 422, body: { code: 'header_missing' } });
  });

  it('with NUL bytes and other control characters far in is taken in without them', async () => {
    const filler = Array.from({ length: 3_000 }, (_, index) => `${'x'.repeat(100)} ${index}`).join(
      '\n',
    );
    const file = `name\n${filler}\nAn\0na \u0007\u202eTest\u0085\n`;
    const { body } = await importer.upload('a.csv', file);
    await importer.call(`imports/${body.id}/check`, { profile: NAME });
    expect(await importer.ended(body.id)).toMatchObject({
      status: 'checked',
      forecast: { created: 3_001, rejected: 0 },
    });
    await importer.call(`imports/${body.id}/cancel`, {});
  });

  it('that breaks in the middle says where, and the rows before are in', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => `Row ${index}`).join('\n');
    const file = `name\n${rows}\n"never closed\n${'more\n'.repeat(10)}`;
    const done = await importer.run('start', 'a.csv', file, NAME);
    expect(done).toMatchObject({
      status: 'failed',
      rows_done: 1_500,
      counts: { created: 1_500 },
      failure: { code: 'malformed_csv', field: 'file' },
    });
    const checked = await importer.run('check', 'a.csv', file, NAME);
    expect(checked).toMatchObject({
      status: 'uploaded',
      forecast: { created: 1_500 },
      failure: { code: 'malformed_csv' },
    });
    expect(checked.failure?.reason).toContain('after the first 1501 rows');
  });

  it('in another encoding than somebody says fails with the byte', async () => {
    const { body } = await importer.upload(
      'a.csv',
      bytes('name\n\u00c8\u00e2\u00e0\u00ed\n', 'latin1'),
    );
    expect(body.encoding).toBe('windows-1251');
    const wrong = await importer.call<Problem>(`imports/${body.id}/start`, {
      profile: NAME,
      encoding: 'utf-8',
    });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong_encoding' } });
    expect(wrong.body.title).toContain('byte 7');
  });

  it('whose names are formulas is exported as texts', async () => {
    const file = 'name,comment\n=HYPERLINK(),x\n@SUM(A1),y\n';
    await importer.run('start', 'a.csv', file, {
      columns: [{ column: 'name', field: 'name' }],
    });
    const exported = await importer.call<string>('export');
    expect(exported.status).toBe(200);
    for (const line of exported.body.split('\r\n'))
      for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=@]/);
  });
});
