import { useState } from 'react';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';

interface Attempt {
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Runs the work and answers why it failed; null when it succeeded. */
  readonly run: (work: () => Promise<void>) => Promise<Problem | null>;
  readonly forget: () => void;
}

/** One thing that a form tries to do, and why it did not succeed. */
export function useAttempt(): Attempt {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>): Promise<Problem | null> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return null;
    } catch (error) {
      const found = problemOf(error);
      setProblem(found);
      return found;
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, run, forget: () => setProblem(null) };
}
