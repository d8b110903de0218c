import { foldedWords } from '../leads/letters.ts';
import type { ImportFields } from './fields.ts';
import type { ColumnMapping } from './profile.ts';

/** What the names of columns suggest, in their order; a field that takes one column gets the first. */
export function suggestColumns(
  header: readonly string[],
  { columns, several }: ImportFields,
): readonly ColumnMapping[] {
  const known = new Map(
    Object.entries(columns).flatMap(([field, names]) =>
      names.map((name): [string, string] => [folded(name), field]),
    ),
  );
  const taken = new Set<string>();
  return header.flatMap((column) => {
    const field = known.get(folded(column));
    if (field === undefined || (taken.has(field) && !several.includes(field))) return [];
    taken.add(field);
    return [{ column, field }];
  });
}

function folded(name: string): string {
  return foldedWords(name).join(' ');
}
