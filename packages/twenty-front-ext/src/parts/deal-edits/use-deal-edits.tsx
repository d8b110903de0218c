import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { attemptEdit } from './attempt-edit.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { Conflict } from './conflict-dialog.tsx';
import { changeTo } from './deal-change.ts';
import type { DealChange } from './deal-change.ts';

/** Saves a change of a deal as the person saw it. */
export type SaveDeal = (deal: EditableDealFragment, change: DealChange) => void;

interface DealEdits {
  /** Shows the change at once, and takes it back with a message when the server refuses it. */
  readonly save: SaveDeal;
  /** Asks when two people changed the same field; part of the page. */
  readonly dialog: ReactNode;
}

/** Edits of single fields of deals, with a way back, a second attempt, and a question when two people disagree. */
export function useDealEdits(onFailed?: () => void): DealEdits {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const again = useRef<SaveDeal>(() => undefined);

  const save = useCallback<SaveDeal>(
    (deal, change) => {
      void attemptEdit(client, deal, change).then((outcome) => {
        switch (outcome.kind) {
          case 'nothing':
            break;
          case 'saved':
            snackbar.success(t`Saved`, {
              label: t`Undo`,
              run: () => again.current(outcome.deal, changeTo(deal, change.field)),
            });
            break;
          case 'conflict':
            setConflict({ deal: outcome.deal, mine: change, theirs: outcome.theirs });
            break;
          case 'failed':
            onFailed?.();
            snackbar.error(textOf(outcome.problem), {
              label: t`Try again`,
              run: () => again.current(deal, change),
            });
            break;
        }
      });
    },
    [client, onFailed, snackbar, t, textOf],
  );
  useEffect(() => {
    again.current = save;
  }, [save]);

  const dialog = (
    <ConflictDialog
      conflict={conflict}
      onTakeTheirs={() => setConflict(null)}
      onKeepMine={({ deal, mine }) => {
        setConflict(null);
        save(deal, mine);
      }}
    />
  );
  return { save, dialog };
}
