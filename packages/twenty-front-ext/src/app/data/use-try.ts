import { useState } from 'react';
import { problemOf } from './problem.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

interface Try {
  readonly busy: boolean;
  /** The work as a handler that tells why it did not succeed. */
  readonly attempt: (work: () => Promise<void>) => () => void;
}

/** Actions that tell their failure in a message at the edge of the window. */
export function useTry(): Try {
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
    setBusy(false);
  };
  return { busy, attempt: (work) => () => void run(work) };
}
