import type { Refusal } from '../basics/index.ts';
import type { UnknownWord } from './words.ts';

/** What is wrong with a cell, or with the row when `column` is null. */
export interface RowError {
  readonly column: string | null;
  readonly code: string;
  readonly reason: string;
  /** Of a cell whose word is not in a closed list. */
  readonly unknown?: UnknownWord;
}

/** What became of a row, or would become of it in a dry run. */
export type RowOutcome =
  | { readonly row: number; readonly result: 'created' | 'warned' | 'merged' | 'empty' }
  | { readonly row: number; readonly result: 'rejected'; readonly errors: readonly RowError[] };

export type RowResult = RowOutcome['result'];

export interface ListedError extends RowError {
  readonly row: number;
}

/** A word that a closed list does not have, and in how many rows it stands. */
export interface CountedWord extends UnknownWord {
  readonly column: string;
  readonly rows: number;
}

/** What an import has done so far, or would do. Of constant size, however long the file is. */
export interface ImportSummary {
  readonly rows: number;
  readonly counts: Readonly<Record<RowResult, number>>;
  /** How often each error occurred, by column and code. */
  readonly errors: Readonly<Record<string, number>>;
  /** The first ones, in the order of rows. */
  readonly firstErrors: readonly ListedError[];
  /** In the order in which they were met: what to mend, or to say the meaning of. */
  readonly unknownWords: readonly CountedWord[];
}

/** A row that was not taken in, with what is needed to mend and send it again. */
export interface RejectedRow {
  readonly row: number;
  /** As they stood in the file. */
  readonly cells: readonly string[];
  readonly errors: readonly RowError[];
}

/** Errors that a summary lists. */
export const LISTED_ERRORS = 50;
/** Kinds of errors that a summary counts; the header bounds them, and a file may have a broken one. */
const COUNTED_ERRORS = 500;
/** Unknown words that a summary counts; more are no mistakes but another list. */
const COUNTED_WORDS = 100;
/** Kinds beyond are counted as this. */
export const OTHER_ERRORS = '*:other';

export const EMPTY_SUMMARY: ImportSummary = {
  rows: 0,
  counts: { created: 0, warned: 0, merged: 0, rejected: 0, empty: 0 },
  errors: {},
  firstErrors: [],
  unknownWords: [],
};

/** The summary after more rows, batch by batch or one by one: it comes to the same. */
export function addOutcomes(
  summary: ImportSummary,
  outcomes: readonly RowOutcome[],
): ImportSummary {
  const counts = { ...summary.counts };
  const errors = new Map(Object.entries(summary.errors));
  const firstErrors = [...summary.firstErrors];
  const words = new Map(summary.unknownWords.map((word) => [wordKey(word), word]));
  for (const outcome of outcomes) {
    counts[outcome.result] += 1;
    if (outcome.result !== 'rejected') continue;
    for (const error of outcome.errors) {
      const kind = `${error.column ?? '*'}:${error.code}`;
      const counted = errors.has(kind) || errors.size < COUNTED_ERRORS ? kind : OTHER_ERRORS;
      errors.set(counted, (errors.get(counted) ?? 0) + 1);
      if (firstErrors.length < LISTED_ERRORS) firstErrors.push({ row: outcome.row, ...error });
      countWord(words, error);
    }
  }
  return {
    rows: summary.rows + outcomes.length,
    counts,
    errors: Object.fromEntries(errors),
    firstErrors,
    unknownWords: [...words.values()],
  };
}

function countWord(words: Map<string, CountedWord>, { column, unknown }: RowError): void {
  if (unknown === undefined || column === null) return;
  const key = wordKey({ column, ...unknown });
  const known = words.get(key);
  if (known === undefined && words.size >= COUNTED_WORDS) return;
  words.set(key, { ...unknown, column, rows: (known?.rows ?? 0) + 1 });
}

function wordKey({ column, word }: Pick<CountedWord, 'column' | 'word'>): string {
  return JSON.stringify([column, word]);
}

/** A refusal of a field as an error of the column that the field was read from. */
export function rowError(column: string | null, { code, reason }: Refusal): RowError {
  return { column, code, reason };
}

/** Header of a file of rejected rows: it can be mended and sent again with the same profile, which takes no notice of the last column. */
export function rejectedHeader(columns: readonly string[]): readonly string[] {
  return [...columns, errorColumn(columns)];
}

/** A rejected row as a row of that file. Short rows are filled up, so that the reasons stand in their column. */
export function rejectedCells(
  columns: readonly string[],
  { row, cells, errors }: RejectedRow,
): readonly string[] {
  const filled = columns.map((_, index) => cells[index] ?? '');
  const reasons = errors.map(({ column, code, reason }) =>
    column === null ? `${code}: ${reason}` : `${column}: ${code}: ${reason}`,
  );
  const beyond = cells.slice(columns.length);
  if (beyond.length > 0) reasons.push(`cells without a column: ${beyond.join(', ')}`);
  return [...filled, `row ${row}: ${reasons.join(' | ')}`];
}

/** A name that the file does not use. */
function errorColumn(columns: readonly string[]): string {
  let name = 'errors';
  while (columns.includes(name)) name += '_';
  return name;
}
