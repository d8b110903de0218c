import type { DuplicateMatch, ImportProfile, RowError, RowOutcome } from 'twenty-mak-domain';
import { columnOf } from '../imports/index.ts';
import type { EntryOutcome } from '../leads/index.ts';

/**
 * What became of a row, from what became of the lead that it says. A company outside of the head office is told of its own
 * leads only, or a file of a million numbers would tell it whom we know.
 */
export function rowOutcome(
  row: number,
  outcome: EntryOutcome,
  profile: ImportProfile,
  outside: boolean,
): RowOutcome {
  switch (outcome.result) {
    case 'created':
      return { row, result: toldOf(outcome, outside).length > 0 ? 'warned' : 'created' };
    case 'merged':
      return {
        row,
        result: toldOf(outcome, outside).some(({ leadId }) => leadId === outcome.leadId)
          ? 'merged'
          : 'created',
      };
    case 'blocked':
      return rejected(row, {
        column: null,
        code: 'duplicate',
        reason: 'There is such a lead already, and this tenant enters none twice.',
      });
    case 'known':
      return rejected(row, {
        column: columnOf(profile, 'external_id'),
        code: 'external_id_known',
        reason: 'This id was entered before; nothing changed.',
      });
    case 'refused':
      return rejected(row, {
        column: columnOf(profile, outcome.field),
        code: outcome.code,
        reason: outcome.reason,
      });
  }
}

function toldOf(
  { matches, own }: Extract<EntryOutcome, { matches: unknown }>,
  outside: boolean,
): readonly DuplicateMatch[] {
  return outside ? own : matches;
}

function rejected(row: number, error: RowError): RowOutcome {
  return { row, result: 'rejected', errors: [error] };
}
