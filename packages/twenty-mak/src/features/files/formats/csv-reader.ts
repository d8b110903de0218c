import { CsvError, parse } from 'csv-parse';
import type { Info } from 'csv-parse';
import { readExportedRow, isExportHeader } from './csv-export.ts';
import { FileError, through } from '../../../platform/tables/index.ts';
import type { FileItem } from './file-event.ts';
import type { FileMapping } from './mapping.ts';
import { TableMapper } from './table-mapper.ts';

/** Characters of one row; a quote that is never closed would swallow the file. */
const MAX_ROW = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Events of a table in CSV whose first row names the columns. Without a mapping it must be an export of this product.
 * Rows that cannot be read as events are problems of their own; broken CSV ends the reading with a FileError.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  mapping?: FileMapping,
): AsyncGenerator<FileItem[]> {
  const { head, rest } = await readHeaderLine(text);
  const parser = parse({
    delimiter: mapping?.delimiter ?? delimiterOf(head),
    bom: true,
    info: true,
    max_record_size: MAX_ROW,
    relax_column_count_less: true,
    skip_empty_lines: true,
  });
  let toItem: ((values: readonly string[], line: number) => FileItem) | undefined;
  try {
    for await (const records of through<{ record: string[]; info: Info }>(parser, rest)) {
      const items: FileItem[] = [];
      for (const { record, info } of records) {
        if (toItem === undefined) toItem = rowReader(record, mapping);
        else items.push(toItem(record, info.lines));
      }
      if (items.length > 0) yield items;
    }
  } catch (error) {
    throw error instanceof CsvError ? csvError(error) : error;
  }
}

function rowReader(
  header: readonly string[],
  mapping: FileMapping | undefined,
): (values: readonly string[], line: number) => FileItem {
  const names = header.map((name) => name.trim());
  const rowOf = (values: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new FileError(
      'repeated_column',
      `The file has the column "${repeated}" twice. Rename one of them.`,
      repeated,
    );
  }
  if (mapping === undefined) {
    if (isExportHeader(names)) return (values, line) => readExportedRow(rowOf(values), line);
    throw new FileError(
      'mapping_missing',
      `A CSV file needs a mapping that says which column is the case, the type and the time. The file has: ${names.slice(0, 30).join(', ')}.`,
      'mapping',
    );
  }
  const mapper = new TableMapper(mapping, 'csv');
  mapper.checkHeader(names);
  return (values, line) => mapper.map(rowOf(values), line);
}

/** The text up to the first line's end, and all of the text. */
async function readHeaderLine(
  text: AsyncIterable<string>,
): Promise<{ head: string; rest: AsyncGenerator<string> }> {
  const reader = text[Symbol.asyncIterator]();
  let head = '';
  while (!/[\r\n]/.test(head) && head.length <= MAX_ROW) {
    const next = await reader.next();
    if (next.done === true) break;
    head += next.value;
  }
  const begin = head;
  async function* all(): AsyncGenerator<string> {
    if (begin !== '') yield begin;
    for (let next = await reader.next(); next.done !== true; next = await reader.next())
      yield next.value;
  }
  return { head: /^[^\r\n]*/.exec(head)?.[0] ?? '', rest: all() };
}

/** The delimiter that the first line has most of, outside of quotes. */
function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function csvError(error: CsvError): FileError {
  const line = (error as CsvError & { lines?: number }).lines;
  return new FileError(
    'malformed_csv',
    `The CSV is broken${line === undefined ? '' : ` near line ${line}`}: ${error.message}`,
  );
}
