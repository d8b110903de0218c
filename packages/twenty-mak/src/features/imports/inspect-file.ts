import iconv from 'iconv-lite';
import { open } from 'node:fs/promises';
import {
  detectEncoding,
  detectSeparator,
  headerIsData,
  IMPORT_ENCODINGS,
  SEPARATORS,
  suggestColumns,
} from 'twenty-mak-domain';
import type { ColumnMapping, ImportFields } from 'twenty-mak-domain';
import type { LocalFile } from '../../platform/storage/index.ts';
import { FileError, Workbook } from '../../platform/tables/index.ts';
import type { TableRows } from '../../platform/tables/index.ts';
import { headed, openTable } from './table-source.ts';
import type { TableForm } from './table-source.ts';

/** Bytes that encoding and separator are told from. */
const SAMPLE = 256 * 1024;
/** Rows that people look at before an import. */
const SHOWN = 20;
/** Rows of a sheet that a header and rows to show are looked for in. */
const SHEET_ROWS = 100;
/** Longest part of a cell that is shown. */
const SHOWN_CHARACTERS = 500;

/** How somebody says a file is to be read; what is left out is told from the file. */
export interface FormWish {
  readonly encoding?: (typeof IMPORT_ENCODINGS)[number] | undefined;
  readonly separator?: (typeof SEPARATORS)[number] | undefined;
  readonly sheet?: string | undefined;
}

/** What a file looks like. */
export interface Inspection {
  readonly form: TableForm;
  /** False when the bytes fit other encodings as well. */
  readonly encodingCertain: boolean;
  /** Of a workbook. */
  readonly sheets: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly mapping: readonly ColumnMapping[];
  /** The first row names no columns. */
  readonly headerIsData: boolean;
}

/** Looks at the beginning of a file whose rows say `fields`. Throws FileError with what is wrong with it. */
export async function inspectFile(
  file: LocalFile,
  fields: ImportFields,
  wish: FormWish = {},
): Promise<Inspection> {
  const sample = await beginningOf(file);
  if (sample.length === 0) throw new FileError('empty_file', 'The file is empty.', 'file');
  const looked = isZip(sample)
    ? await inspectWorkbook(file, wish)
    : inspectText(sample, sample.length === file.size, wish);
  const [columns, rows] = await beginningOfTable(file, looked.form);
  return {
    ...looked,
    columns,
    rows: rows.map((row) => row.map((cell) => cell.slice(0, SHOWN_CHARACTERS))),
    mapping: suggestColumns(columns, fields),
    headerIsData: headerIsData(columns),
  };
}

type Looked = Pick<Inspection, 'form' | 'encodingCertain' | 'sheets'>;

async function inspectWorkbook(file: LocalFile, { sheet }: FormWish): Promise<Looked> {
  const workbook = await Workbook.open(file.path);
  try {
    const { sheets } = workbook;
    return {
      form: { format: 'xlsx', sheet: sheet ?? sheets[0] ?? null },
      encodingCertain: true,
      sheets,
    };
  } finally {
    workbook.close();
  }
}

function inspectText(sample: Buffer, whole: boolean, wish: FormWish): Looked {
  if (sample.subarray(0, 8).equals(OLD_WORKBOOK))
    throw new FileError(
      'old_workbook',
      'This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx without one.',
      'file',
    );
  const detected = detectEncoding(sample, whole);
  if (!detected.ok) throw new FileError(detected.refusal.code, detected.refusal.reason, 'file');
  const { encoding = detected.value.encoding } = wish;
  const text = textOf(sample, encoding);
  return {
    form: {
      format: 'csv',
      encoding,
      separator: wish.separator ?? detectSeparator(text, whole),
    },
    encodingCertain: detected.value.certain,
    sheets: [],
  };
}

const OLD_WORKBOOK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
}

/** For a look only: what is not in the encoding is refused when rows are read. */
function textOf(sample: Buffer, encoding: string): string {
  return encoding === 'utf-8' ? sample.toString('utf8') : iconv.decode(sample, encoding);
}

async function beginningOf({ path, size }: LocalFile): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.min(size, SAMPLE)),
      0,
      Math.min(size, SAMPLE),
      0,
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function beginningOfTable(
  file: LocalFile,
  form: TableForm,
): Promise<[readonly string[], readonly (readonly string[])[]]> {
  const table =
    form.format === 'xlsx'
      ? { ...(await headed(beginningOfSheet(file, form.sheet))), close: () => Promise.resolve() }
      : await openTable(file.path, file.size, form);
  const rows: (readonly string[])[] = [];
  try {
    for await (const some of table.rows) {
      rows.push(...some.slice(0, SHOWN - rows.length));
      if (rows.length >= SHOWN) break;
    }
    return [table.header, rows];
  } finally {
    await table.close();
  }
}

/** Without the shared strings of a million rows. */
async function* beginningOfSheet({ path }: LocalFile, sheet: string | null): TableRows {
  const workbook = await Workbook.open(path);
  try {
    yield await workbook.firstRows(sheet, SHEET_ROWS);
  } finally {
    workbook.close();
  }
}
