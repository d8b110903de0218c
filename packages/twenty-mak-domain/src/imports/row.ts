import { RowCells } from './cells.ts';
import type { RowError } from './outcome.ts';
import type { ImportProfile } from './profile.ts';
import { WordList } from './words.ts';

/** What a row says: nothing, a draft that nobody has compared with what is known yet, or what is wrong with it. */
export type RowReading<Draft = unknown> =
  | { readonly kind: 'empty' }
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'rejected'; readonly errors: readonly RowError[] };

export type ReadRow<Draft = unknown> = (cells: readonly string[]) => RowReading<Draft>;

/**
 * How to read the rows of a file with a profile that was checked. A row is rejected with all that is wrong with it:
 * `too_many_cells`, and what `draftOf` has failed for.
 */
export function rowReader<Draft>(
  profile: ImportProfile,
  header: readonly string[],
  draftOf: (row: RowCells) => Draft,
): ReadRow<Draft> {
  const columns = Map.groupBy(
    profile.columns.map((mapping) => ({ ...mapping, index: header.indexOf(mapping.column) })),
    ({ field }) => field,
  );
  const lists = new Map(
    Object.entries(profile.lists ?? {}).map(([field, words]) => [field, new WordList(words)]),
  );
  const titles = new Map<string, WordList>();
  return (cells) => {
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'empty' };
    const errors: RowError[] = [];
    if (cells.length > header.length)
      errors.push({
        column: null,
        code: 'too_many_cells',
        reason: `The row has ${cells.length} cells, and there are ${header.length} columns.`,
      });
    const draft = draftOf(new RowCells(profile, { lists, titles }, columns, cells, errors));
    return errors.length > 0 ? { kind: 'rejected', errors } : { kind: 'draft', draft };
  };
}
