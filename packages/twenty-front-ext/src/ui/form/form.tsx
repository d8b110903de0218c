import type { ReactNode, SubmitEvent } from 'react';
import type { ProblemLike } from '../states/problem-text.ts';
import { FormProblem } from './form-problem.tsx';
import styles from './form.module.css';

interface FormProps {
  /** Why the last attempt did not succeed. */
  readonly problem: ProblemLike | null;
  readonly onSubmit: () => Promise<void>;
  readonly children: ReactNode;
}

/** Fields below each other, the last refusal above them. */
export function Form({ problem, onSubmit, children }: FormProps) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <FormProblem problem={problem} />
      {children}
    </form>
  );
}
