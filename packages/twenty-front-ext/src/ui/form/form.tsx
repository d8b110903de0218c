import { useEffect, useRef } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { ProblemLike } from '../states/problem-text.ts';
import { FormProblem } from './form-problem.tsx';
import styles from './form.module.css';

interface FormProps {
  /** Why the last attempt did not succeed. */
  readonly problem: ProblemLike | null;
  readonly onSubmit: () => Promise<void>;
  /** The form is what the person came for: the first field is ready to type when it appears. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

/** Fields below each other, the last refusal above them. */
export function Form({ problem, onSubmit, takesFocus = false, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (takesFocus) form.current?.querySelector('input')?.focus();
  }, [takesFocus]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      <FormProblem problem={problem} />
      {children}
    </form>
  );
}
