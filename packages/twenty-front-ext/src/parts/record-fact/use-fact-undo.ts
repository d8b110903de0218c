import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import type { EventHint } from 'twenty-mak-domain';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { RecordFactDocument } from '../../generated/graphql.ts';
import { useClock } from '../../ui/clock/clock.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import type { SnackbarAction } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import type { RecordedFact } from './record-fact-dialog.tsx';

/**
 * What takes back a fact that was just recorded: facts are never deleted, so another event is recorded that clears what
 * the first one set. Undefined where the pipeline has no such event.
 */
export function useFactUndo(): (
  recorded: RecordedFact,
  hint: EventHint | null,
  onUndone: () => void,
) => SnackbarAction | undefined {
  const { t } = useLingui();
  const clock = useClock();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const mayDate = useMay('events:write');
  const [record] = useMutation(RecordFactDocument);

  return useCallback(
    ({ dealId, eventId, at }, hint, onUndone) => {
      if (hint === null) return undefined;
      // One id for all attempts: pressing twice takes back once.
      const undoId = crypto.randomUUID();
      const undo = async (): Promise<void> => {
        await record({
          variables: {
            id: dealId,
            fact: {
              eventId: undoId,
              type: hint.type,
              data: hint.data,
              undoes: eventId,
              // After the fact in the history, also when both happened at once.
              ...(mayDate
                ? { occurredAt: new Date(Math.max(clock.now(), at + 1)).toISOString() }
                : {}),
            },
          },
        });
        snackbar.success(t`Taken back`);
        onUndone();
      };
      return {
        label: t`Undo`,
        run: () => {
          undo().catch((error: unknown) => snackbar.error(textOf(problemOf(error))));
        },
      };
    },
    [clock, mayDate, record, snackbar, t, textOf],
  );
}
