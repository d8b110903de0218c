import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { collect, rowsOf, withFile, workbookOf } from './spec-support.ts';
import { workbookFile } from './workbook-writer.ts';
import type { CellValue } from './workbook-writer.ts';
import { Workbook } from './workbook.ts';
import { FileError } from './file-error.ts';

async function read(bytes: Uint8Array, sheet: string | null = null) {
  return withFile(bytes, async (path) => {
    let workbook: Workbook;
    try {
      workbook = await Workbook.open(path);
    } catch (error) {
      if (error instanceof FileError) return { rows: [], code: error.refusal.code };
      throw error;
    }
    try {
      return await rowsOf(workbook.rows(sheet));
    } finally {
      workbook.close();
    }
  });
}

const sheetOf = (rows: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet><cols/><sheetData>${rows}</sheetData></worksheet>`;

async function* batches(
  ...rows: readonly (readonly CellValue[])[]
): AsyncGenerator<readonly (readonly CellValue[])[]> {
  for (const row of rows) yield [row];
}

describe('a workbook', () => {
  it('is read back as it was written', async () => {
    const rows = [
      ['Имя', 'a & <b> "c"', '=1+1'],
      ['_x0041_', 'line\nbreak', ' spaces '],
      ['\u0001\r', '', 'Їжак 🦔'],
      ['', '', ''],
      ['12', '-0.5', '+380671234567'],
    ];
    const written = rows.map((row, index) =>
      index === 4 ? [12, -0.5, '+380671234567'] : row.map((cell) => (cell === '' ? null : cell)),
    );
    const bytes = await collect(workbookFile('Leads: [all]', batches(...written)));
    expect(await read(bytes)).toEqual({
      rows: rows.map((row, index) => (index === 3 ? [] : row)),
      code: null,
    });
  });

  it('gives cells as people see them: texts, numbers, days, formulas, truth', async () => {
    const bytes = await workbookOf(
      sheetOf(
        `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>
         <row r="3"><c r="B3"><v>380671234567</v></c><c><v>3.80671234567E11</v></c><c><v>0.30000000000000004</v></c>
           <c><v>3.8067123456712345E+20</v></c></row>
         <row r="4"><c s="1"><v>42663</v></c><c s="2"><v>42663.75</v></c><c s="3"><v>0.5</v></c><c s="4"><v>42663</v></c>
           <c t="str"><f>A1</f><v>calculated</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c>
           <c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c></row>
         <row r="9"><c r="A9" s="1"/></row>`,
      ),
      {
        strings:
          '<sst><si><t>Phone</t></si><si><r><t>Full </t></r><r><t>name</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></si></sst>',
        styles:
          '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy hh:mm"/><numFmt numFmtId="171" formatCode="&quot;day&quot; 0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="20"/><xf numFmtId="171"/></cellXfs></styleSheet>',
      },
    );
    expect(await read(bytes)).toEqual({
      rows: [
        ['Full name', '', 'Phone'],
        [],
        ['', '380671234567', '380671234567', '0.3', '3.8067123456712344E+20'],
        [
          '2016-10-20',
          '2016-10-20T18:00:00',
          '12:00:00',
          '42663',
          'calculated',
          'true',
          'false',
          '#N/A',
          'inline',
        ],
      ],
      code: null,
    });
  });

  it('has several sheets, of which the first visible one is read unless another is named', async () => {
    const bytes = await workbookOf(sheetOf('<row><c><v>1</v></c></row>'), {
      workbook:
        '<x:workbook xmlns:r="r"><x:sheets><x:sheet name="Hidden" state="hidden" r:id="rId1"/><x:sheet name="Seen" r:id="rId4"/><x:sheet name="Chart" r:id="rId9"/></x:sheets></x:workbook>',
      more: { 'xl/worksheets/sheet2.xml': sheetOf('<row><c><v>2</v></c></row>') },
    });
    expect(await read(bytes)).toEqual({ rows: [['2']], code: null });
    expect(await read(bytes, 'Hidden')).toEqual({ rows: [['1']], code: null });
    expect((await read(bytes, 'Chart')).code).toBe('unknown_sheet');
  });

  it('shows its first rows without reading all its texts', async () => {
    const count = 5_000;
    const rows = Array.from(
      { length: count },
      (_, index) => `<row r="${index + 1}"><c t="s"><v>${index}</v></c></row>`,
    );
    const texts = Array.from({ length: count }, (_, index) => `<si><t>text ${index}</t></si>`);
    const bytes = await workbookOf(sheetOf(rows.join('')), {
      strings: `<sst>${texts.join('')}</sst>`,
    });
    const all = await read(bytes);
    expect(all.rows.at(-1)).toEqual([`text ${count - 1}`]);
    expect(all.rows).toHaveLength(count);
    await withFile(bytes, async (path) => {
      const workbook = await Workbook.open(path);
      expect(await workbook.firstRows(null, 2)).toEqual([['text 0'], ['text 1']]);
      workbook.close();
    });
  });
});

describe('a workbook that means harm', () => {
  const fine = sheetOf('<row><c><v>1</v></c></row>');

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['is no zip file', async () => Buffer.from('PK\u0003\u0004 nonsense'), 'malformed_zip'],
    ['is cut off', async () => (await workbookOf(fine)).subarray(0, -40), 'malformed_zip'],
    ['is another zip file', async () => zipOf('readme.txt', 'hello'), 'not_a_workbook'],
    [
      'has broken bytes',
      async () => {
        const bytes = Buffer.from(await workbookOf(sheetOf('<row/>'.repeat(50_000))));
        const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 40;
        return bytes.fill(0xff, at, at + 60);
      },
      'malformed_zip',
    ],
    [
      'has entities that grow',
      () =>
        workbookOf(
          `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${sheetOf('<row><c t="str"><v>&b;</v></c></row>')}`,
        ),
      'doctype_refused',
    ],
    [
      'has entities that nobody declared',
      () => workbookOf(sheetOf('<row><c><v>&x;</v></c></row>')),
      'malformed_xml',
    ],
    ['is not closed', () => workbookOf('<worksheet><sheetData><row>'), 'malformed_xml'],
    ['nests without end', () => workbookOf(`${'<a>'.repeat(200)}`), 'malformed_xml'],
    [
      'names texts that are not there',
      () => workbookOf(sheetOf('<row><c t="s"><v>7</v></c></row>'), { strings: '<sst/>' }),
      'malformed_workbook',
    ],
    [
      'names texts and has none',
      () => workbookOf(sheetOf('<row><c t="s"><v>7</v></c></row>')),
      'malformed_workbook',
    ],
    [
      'names no number of a text',
      () =>
        workbookOf(sheetOf('<row><c t="s"><v>-1</v></c></row>'), {
          strings: '<sst><si><t>a</t></si></sst>',
        }),
      'malformed_workbook',
    ],
    [
      'goes back in its rows',
      () => workbookOf(sheetOf('<row r="5"/><row r="5"/>')),
      'malformed_workbook',
    ],
    [
      'has more rows than there can be',
      () => workbookOf(sheetOf(`<row r="${LIMITS.rows + 1}"/>`)),
      'malformed_workbook',
    ],
    [
      'has no cell where it says',
      () => workbookOf(sheetOf('<row><c r="12"><v>1</v></c></row>')),
      'malformed_workbook',
    ],
    [
      'has too many columns',
      () => workbookOf(sheetOf('<row><c r="XFD1"><v>1</v></c></row>')),
      'too_many_columns',
    ],
    [
      'has a cell without end',
      () => workbookOf(sheetOf(`<row><c t="str"><v>${'x'.repeat(40_000)}</v></c></row>`)),
      'value_too_large',
    ],
    [
      'unpacks to far more than it is',
      () => workbookOf(sheetOf(' '.repeat(LIMITS.freeBytes + 1))),
      'zip_bomb',
    ],
    ['lies about its size', lying, 'malformed_zip'],
    ['is protected by a password', async () => encrypted(await workbookOf(fine)), 'encrypted_file'],
  ])('%s', async (_what, make, code) => {
    expect((await read(await make())).code).toBe(code);
  });

  it('may have a row at the very end and cells that are only formatted', async () => {
    const bytes = await workbookOf(
      sheetOf(
        `<row r="1"><c><v>1</v></c><c r="XFD1" s="3"/></row><row r="${LIMITS.rows}"><c s="1"/></row>`,
      ),
    );
    expect(await read(bytes)).toEqual({ rows: [['1']], code: null });
  });
});

async function zipOf(name: string, content: string): Promise<Buffer> {
  const { zipFile } = await import('./zip-writer.ts');
  return collect(zipFile([{ name, content: [content] }]));
}

/** Says that a member of many megabytes has ten bytes. */
async function lying(): Promise<Uint8Array> {
  const sheet = sheetOf(' '.repeat(1_000_000));
  const bytes = Buffer.from(await workbookOf(sheet));
  const length = Buffer.byteLength(sheet);
  expect(deflateRawSync(sheet).length).toBeLessThan(length);
  const directory = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
  expect(bytes.readUInt32LE(directory + 24)).toBe(length);
  bytes.writeUInt32LE(10, directory + 24);
  return bytes;
}

function encrypted(workbook: Buffer): Uint8Array {
  const bytes = Buffer.from(workbook);
  const directory = bytes.lastIndexOf('_rels/.rels', bytes.length - 200) - 46;
  bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);
  return bytes;
}
