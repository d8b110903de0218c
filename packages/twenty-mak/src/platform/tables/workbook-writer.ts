import { LIMITS } from './limits.ts';
import type { ZipMember } from './zip-writer.ts';
import { zipFile } from './zip-writer.ts';

export type CellValue = string | number | null;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const SHEET_END = '</sheetData></worksheet>';
/** Characters that leave in one piece. */
const PIECE = 64 * 1024;

/**
 * A workbook (.xlsx) with one sheet, made while it is read. Texts are texts, whatever they begin with: nothing in it is a
 * formula. Throws a RangeError for more rows than a sheet can have.
 */
export function workbookFile(
  sheetName: string,
  rows: AsyncIterable<readonly (readonly CellValue[])[]>,
): AsyncGenerator<Uint8Array> {
  return zipFile(membersOf(sheetName, rows));
}

function membersOf(
  sheetName: string,
  rows: AsyncIterable<readonly (readonly CellValue[])[]>,
): readonly ZipMember[] {
  const type = (name: string, kind: string): string =>
    `<Override PartName="${name}" ContentType="${SPREADSHEET}.${kind}+xml"/>`;
  return [
    {
      name: '[Content_Types].xml',
      content: [
        `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('/xl/workbook.xml', 'sheet.main')}${type('/xl/worksheets/sheet1.xml', 'worksheet')}</Types>`,
      ],
    },
    { name: '_rels/.rels', content: [relation('officeDocument', 'xl/workbook.xml')] },
    {
      name: 'xl/workbook.xml',
      content: [
        `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xmlText(sheetTitle(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [relation('worksheet', 'worksheets/sheet1.xml')],
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet(rows) },
  ];
}

function relation(type: string, target: string): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
}

async function* sheet(
  rows: AsyncIterable<readonly (readonly CellValue[])[]>,
): AsyncGenerator<string> {
  let text = `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  let number = 0;
  for await (const some of rows) {
    for (const row of some) {
      number += 1;
      if (number > LIMITS.rows) throw new RangeError(`a sheet has at most ${LIMITS.rows} rows`);
      text += `<row r="${number}">${row.map(cell).join('')}</row>`;
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
  }
  yield `${text}${SHEET_END}`;
}

/** Cells follow one another, so that none needs to name its column. */
function cell(value: CellValue): string {
  if (value === null || value === '') return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  const text = value.slice(0, LIMITS.cellCharacters);
  return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML cannot hold are written as spreadsheets write them; so is what looks like that already. */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]/g,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** A name that spreadsheets take for a sheet. */
function sheetTitle(name: string): string {
  return name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}
