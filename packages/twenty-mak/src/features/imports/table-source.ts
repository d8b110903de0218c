import { createReadStream } from 'node:fs';
import { cleanText } from 'twenty-mak-domain';
import { csvTable, FileError, TABLE_LIMITS, Workbook } from '../../platform/tables/index.ts';
import type { TableRows } from '../../platform/tables/index.ts';

/** How a file is to be read. */
export type TableForm =
  | { readonly format: 'csv'; readonly encoding: string; readonly separator: string }
  | { readonly format: 'xlsx'; readonly sheet: string | null };

/** A table whose first row names the columns. */
export interface TableSource {
  readonly header: readonly string[];
  /** The rows after the header, cut where the header ends as far as there is nothing beyond. */
  readonly rows: TableRows;
  /** Part of the file that is read, from 0 to 1. */
  progress(): number;
  close(): Promise<void>;
}

/**
 * Opens a table. Throws FileError with `empty_file` when there is no header, or what is wrong with the file; so do its
 * rows, also with `too_many_rows`.
 */
export async function openTable(path: string, size: number, form: TableForm): Promise<TableSource> {
  const table = form.format === 'csv' ? csvSource(path, size, form) : await sheetSource(path, form);
  try {
    const { header, rows } = await headed(table.rows);
    return {
      header,
      rows,
      progress: () => Math.min(1, table.progress()),
      close: async () => {
        // Gives back what the reading holds, also when it has not come to its end.
        await table.rows.return(undefined);
        table.close();
      },
    };
  } catch (error) {
    table.close();
    throw error;
  }
}

interface OpenTable {
  readonly rows: TableRows;
  readonly progress: () => number;
  readonly close: () => void;
}

function csvSource(
  path: string,
  size: number,
  form: Extract<TableForm, { readonly format: 'csv' }>,
): OpenTable {
  const content = createReadStream(path, { highWaterMark: 256 * 1024 });
  return {
    rows: csvTable(content as AsyncIterable<Uint8Array>, form),
    progress: () => (size === 0 ? 1 : content.bytesRead / size),
    close: () => content.destroy(),
  };
}

async function sheetSource(
  path: string,
  { sheet }: Extract<TableForm, { readonly format: 'xlsx' }>,
): Promise<OpenTable> {
  const workbook = await Workbook.open(path);
  let read = 0;
  return {
    rows: workbook.rows(sheet, (part) => (read = part)),
    progress: () => read,
    close: () => workbook.close(),
  };
}

type Rows = readonly (readonly string[])[];

/** The first row with something in it, and the rows after it. Throws FileError `empty_file`. */
export async function headed(
  rows: TableRows,
): Promise<{ readonly header: readonly string[]; readonly rows: TableRows }> {
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    const some = next.value;
    const index = some.findIndex((row) => row.some((cell) => cleanText(cell) !== ''));
    const header = some[index];
    if (header === undefined) continue;
    async function* rest(): AsyncGenerator<Rows> {
      const others = some.slice(index + 1);
      if (others.length > 0) yield others;
      yield* rows;
    }
    return { header: header.map(cleanText), rows: cutRows(rest(), header.length) };
  }
  throw new FileError('empty_file', 'The file is empty.', 'file');
}

async function* cutRows(rows: AsyncGenerator<Rows>, columns: number): TableRows {
  let count = 1;
  for await (const some of rows) {
    count += some.length;
    if (count > TABLE_LIMITS.rows)
      throw new FileError(
        'too_many_rows',
        `The file has more than ${TABLE_LIMITS.rows - 1} rows. Send it in parts.`,
        'file',
      );
    yield some.map((row) => (row.length > columns ? cutRow(row, columns) : row));
  }
}

/** Spreadsheets write separators after the last cell of a row; they are no cells. */
function cutRow(row: readonly string[], columns: number): readonly string[] {
  return row.slice(columns).every((cell) => cell === '') ? row.slice(0, columns) : row;
}
