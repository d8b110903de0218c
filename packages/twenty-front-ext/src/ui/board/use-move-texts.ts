import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { Verdict } from './types.ts';

export interface MoveTexts {
  readonly help: string;
  readonly lifted: (card: string, column: string) => string;
  readonly over: (column: string, verdict: Verdict | undefined) => string;
  readonly dropped: (card: string, column: string) => string;
  readonly cancelled: (card: string, column: string) => string;
}

/** What is said while a card is moved. */
export function useMoveTexts(): MoveTexts {
  const { t } = useLingui();
  return useMemo(
    () => ({
      help: t`Press space to move this deal, Enter to open it.`,
      lifted: (card, column) =>
        t`${card} is lifted from ${column}. Choose a column with the left and right arrows, press space to drop it, Escape to cancel.`,
      over: (column, verdict) => {
        if (verdict === undefined) return column;
        switch (verdict.kind) {
          case 'here':
            return t`${column}: the deal is here now.`;
          case 'possible':
            return t`${column}: possible.`;
          case 'impossible':
            return t`${column}: not possible. ${verdict.reason}`;
        }
      },
      dropped: (card, column) => t`${card} is dropped on ${column}.`,
      cancelled: (card, column) => t`Cancelled. ${card} stays in ${column}.`,
    }),
    [t],
  );
}
