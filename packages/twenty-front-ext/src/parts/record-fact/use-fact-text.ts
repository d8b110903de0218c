import { useLingui } from '@lingui/react/macro';
import type { FactChoice } from './fact-choices.ts';

/** What a fact does, in one line. */
export function useFactText(): (choice: FactChoice) => string {
  const { t } = useLingui();
  return ({ type, sets, clears, ends, moves, reopens }) => {
    const parts = [
      sets !== null && t`sets ${sets}`,
      clears !== null && t`takes back ${clears}`,
      moves !== null && t`${moves.system} goes to ${moves.stage}`,
      ends !== null && t`ends the deal: ${ends}`,
      reopens && t`opens the deal again`,
    ].filter((part) => part !== false);
    return parts.length === 0 ? type : `${type}: ${parts.join(', ')}`;
  };
}
