import { useState } from 'react';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

interface Attempt {
  readonly problem: Problem | null;
  readonly busy: boolean;
  /**
   * Runs the work and answers why it failed; null when it succeeded. What somebody else has changed meanwhile is read by `renew`
   * before that is told: who tries again then does it with what is shown.
   */
  readonly run: (
    work: () => Promise<void>,
    renew?: () => Promise<unknown>,
  ) => Promise<Problem | null>;
  readonly forget: () => void;
}

/** One thing that a form tries to do, and why it did not succeed. */
export function useAttempt(): Attempt {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const run: Attempt['run'] = async (work, renew) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return null;
    } catch (error) {
      const found = problemOf(error);
      if (found.code === 'stale_version') await renew?.().catch(() => undefined);
      setProblem(found);
      return found;
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, run, forget: () => setProblem(null) };
}
