import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError } from './file-error.ts';
import type { TableRows } from './limits.ts';
import { zipFile } from './zip-writer.ts';

/** Bytes in chunks of a size, so that everything may be cut anywhere. */
export async function* chunked(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** All rows, and the code of what ended the reading before the end. */
export async function rowsOf(
  table: TableRows,
): Promise<{ readonly rows: readonly (readonly string[])[]; readonly code: string | null }> {
  const rows: (readonly string[])[] = [];
  try {
    for await (const some of table) rows.push(...some);
    return { rows, code: null };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { rows, code: error.refusal.code };
  }
}

/** Runs with the path of a file of this content. */
export async function withFile<T>(
  content: Uint8Array,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mak-table-'));
  const path = join(folder, 'file');
  writeFileSync(path, content);
  try {
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as a spreadsheet writes it, of the XML of its sheet and other parts. */
export function workbookOf(
  sheet: string,
  {
    strings,
    styles,
    workbook,
    more = {},
  }: {
    readonly strings?: string;
    readonly styles?: string;
    readonly workbook?: string;
    readonly more?: Readonly<Record<string, string>>;
  } = {},
): Promise<Buffer> {
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${TYPE}/${type}" Target="${target}"/>`;
  const members: Record<string, string> = {
    '_rels/.rels': `<Relationships>${relation(1, 'officeDocument', '/xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml':
      workbook ??
      '<workbook xmlns:r="r"><sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}${relation(3, 'styles', 'styles.xml')}${relation(4, 'worksheet', 'worksheets/sheet2.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': strings }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': styles }),
    ...more,
  };
  return collect(
    zipFile(Object.entries(members).map(([name, content]) => ({ name, content: [content] }))),
  );
}
