import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

/**
 * How far an import is. It is saved in the transaction that saves the rows up to it, so that after a crash
 * neither a row is done twice nor one is left out.
 */
export interface ImportPosition {
  /** Rows that are done, without the header. */
  readonly row: number;
  /** Digest of all of them, which says whether a file is still the same up to here. */
  readonly digest: string;
}

/** A digest of what was before and the text of one more row; the caller brings a cryptographic one. */
export type ChainDigest = (before: string, row: string) => string;

/** Before the first row; `settings` is what the rows are read with, so that another profile does not go on with them. */
export function importStart(digest: ChainDigest, settings: string): ImportPosition {
  return { row: 0, digest: digest('', settings) };
}

/** After one more row. */
export function afterRow(
  position: ImportPosition,
  row: string,
  digest: ChainDigest,
): ImportPosition {
  return { row: position.row + 1, digest: digest(position.digest, row) };
}

/**
 * What to do with the next row of a file that is read again from its beginning; `reached` is where the reading is before
 * that row. Refuses with `file_changed` as soon as it is known that the rows that are done were others.
 */
export function resumeRow(
  saved: ImportPosition,
  reached: ImportPosition,
): Decision<'skip' | 'take'> {
  if (reached.row < saved.row) return accept('skip');
  return reached.row > saved.row || reached.digest === saved.digest ? accept('take') : changed();
}

/** At the end of a file that is read again: it must not be shorter than what is done. Refuses with `file_changed`. */
export function resumeEnd(saved: ImportPosition, reached: ImportPosition): Decision<null> {
  const next = resumeRow(saved, reached);
  if (!next.ok) return next;
  return next.value === 'take' ? accept(null) : changed();
}

function changed(): Decision<never> {
  return refuse(
    'file_changed',
    'The file or its mapping is not the one that the import began with. Send the same again to go on, or begin a new import.',
    'file',
  );
}
