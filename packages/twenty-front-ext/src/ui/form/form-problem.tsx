import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useProblemText } from '../states/problem-text.ts';
import type { ProblemLike } from '../states/problem-text.ts';
import styles from './form-problem.module.css';

/** Why the last attempt of a form did not succeed; nothing when there is no problem. */
export function FormProblem({ problem }: { readonly problem: ProblemLike | null }) {
  const textOf = useProblemText();
  const shown = useRef<HTMLParagraphElement>(null);
  // The button that was pressed may be far below.
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (problem === null) return null;
  return (
    <p ref={shown} role="alert" className={styles.problem}>
      <IconAlertTriangle size={16} aria-hidden />
      <span>{textOf(problem)}</span>
    </p>
  );
}
