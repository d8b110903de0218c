import iconv from 'iconv-lite';
import { csvRow } from './csv-cell.ts';
import { workbookFile } from './workbook-writer.ts';
import type { CellValue } from './workbook-writer.ts';

/** How a table is written. */
export interface TableFileForm {
  readonly format: 'csv' | 'xlsx';
  /** Of CSV. */
  readonly encoding: 'utf-8' | 'windows-1251';
  /** Of CSV. */
  readonly separator: string;
}

/** A file that is made while it is read. */
export interface MadeFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: AsyncGenerator<Uint8Array>;
}

type Row = readonly CellValue[];

/**
 * A table as a file. Its first rows are read before anything is answered, so that what is refused is refused and not cut
 * off: rejects as reading them does.
 */
export async function tableFile(
  { name, sheet }: { readonly name: string; readonly sheet: string },
  rows: AsyncGenerator<readonly Row[]>,
  { format, encoding, separator }: TableFileForm,
): Promise<MadeFile> {
  const all = begun(await rows.next(), rows);
  return format === 'xlsx'
    ? {
        name: `${name}.xlsx`,
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: workbookFile(sheet, all),
      }
    : {
        name: `${name}.csv`,
        contentType: `text/csv; charset=${encoding}; header=present`,
        content: asCsv(all, encoding, separator),
      };
}

async function* begun(
  first: IteratorResult<readonly Row[], unknown>,
  rest: AsyncGenerator<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

async function* asCsv(
  rows: AsyncIterable<readonly Row[]>,
  encoding: string,
  separator: string,
): AsyncGenerator<Uint8Array> {
  // Spreadsheets know UTF-8 by this mark only.
  let mark = encoding === 'utf-8' ? '\ufeff' : '';
  for await (const some of rows) {
    const lines = some.map((row) =>
      csvRow(
        row.map((cell) => String(cell ?? '')),
        separator,
      ),
    );
    yield iconv.encode(mark + lines.join(''), encoding);
    mark = '';
  }
}
