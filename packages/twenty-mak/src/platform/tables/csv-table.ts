import { CsvError, parse } from 'csv-parse';
import { decode } from './decode.ts';
import { FileError } from './file-error.ts';
import { plainCell } from './csv-cell.ts';
import { LIMITS } from './limits.ts';
import type { TableRows } from './limits.ts';
import { through } from './through.ts';

export interface CsvOptions {
  readonly encoding: string;
  readonly separator: string;
}

/**
 * The rows of a table in CSV, batch by batch as the bytes arrive. Rows may have fewer or more cells than the first one;
 * quotes inside of a cell that is not quoted are letters. Throws FileError with `wrong_encoding`, `row_too_long`,
 * `too_many_columns` or `malformed_csv` where nothing more can be read; the rows before were given out.
 */
export async function* csvTable(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, separator }: CsvOptions,
): TableRows {
  const parser = parse({
    delimiter: separator,
    bom: true,
    max_record_size: LIMITS.rowCharacters,
    relax_column_count: true,
    relax_quotes: true,
  });
  let count = 0;
  try {
    for await (const rows of through<string[]>(parser, decode(bytes, encoding))) {
      const wide = rows.find((row) => row.length > LIMITS.columns);
      if (wide !== undefined) throw tooManyColumns(wide.length);
      count += rows.length;
      yield rows.map((row) => row.map(plainCell));
    }
  } catch (error) {
    throw error instanceof CsvError ? csvError(error, count) : error;
  }
}

export function tooManyColumns(columns: number): FileError {
  return new FileError(
    'too_many_columns',
    `A row has ${columns} cells; a table may have ${LIMITS.columns} columns. Leave out what is not needed.`,
    'file',
  );
}

function csvError({ code, message }: CsvError, rows: number): FileError {
  const place = rows === 0 ? '' : ` after the first ${rows} rows`;
  switch (code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new FileError(
        'row_too_long',
        `A row${place} has more than ${LIMITS.rowCharacters} characters. Is a quotation mark never closed?`,
        'file',
      );
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileError(
        'malformed_csv',
        `A quotation mark${place} is never closed. Write a quotation mark inside of a cell twice.`,
        'file',
      );
    default:
      return new FileError('malformed_csv', `The CSV is broken${place}: ${message}`, 'file');
  }
}
