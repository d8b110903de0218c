import type { DuplicatePolicy, LeadDraft, RowOutcome } from 'twenty-mak-domain';
import type { SeenKeys } from '../imports/index.ts';

/**
 * What would become of rows, from what the base says of each batch: a dry run enters nothing, so that batches do not see each
 * other, and rows of one file may be duplicates of rows far before.
 */
export function foreseeRepeats(
  leads: readonly { readonly row: number; readonly draft: LeadDraft }[],
  outcomes: readonly RowOutcome[],
  seen: SeenKeys,
  policy: DuplicatePolicy,
): readonly RowOutcome[] {
  return leads.map(({ row, draft }, index): RowOutcome => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error(`nobody said what became of row ${row}`);
    if (outcome.result === 'rejected') return outcome;
    const { contact, externalRef } = draft;
    const keys = [...contact.phones, ...contact.emails];
    const id = externalRef === null ? null : `${externalRef.system}\n${externalRef.id}`;
    const isKnown = id !== null && seen.has(id);
    const isRepeat = keys.some((key) => seen.has(key));
    const foreseen = isKnown
      ? rejected(row, 'external_id_known', 'An earlier row of the file has this id.')
      : isRepeat && outcome.result === 'created'
        ? ofRepeat(row, policy)
        : outcome;
    // A row that does not come in is no lead that a later one could repeat.
    if (foreseen.result !== 'rejected')
      for (const key of id === null ? keys : [...keys, id]) seen.add(key);
    return foreseen;
  });
}

function ofRepeat(row: number, { certain }: DuplicatePolicy): RowOutcome {
  switch (certain) {
    case 'warn':
      return { row, result: 'warned' };
    case 'merge':
      return { row, result: 'merged' };
    case 'block':
      return rejected(
        row,
        'duplicate',
        'An earlier row of the file has the same number or address, and this tenant enters no lead twice.',
      );
  }
}

function rejected(row: number, code: string, reason: string): RowOutcome {
  return { row, result: 'rejected', errors: [{ column: null, code, reason }] };
}
