import type { ReactNode } from 'react';
import styles from './fieldset.module.css';

interface FieldsetProps {
  readonly label: string;
  /** Id of what is said about all of it. */
  readonly describedBy?: string | undefined;
  readonly children: ReactNode;
}

/** Choices that belong together, under one name. */
export function Fieldset({ label, describedBy, children }: FieldsetProps) {
  return (
    <fieldset className={styles.group} aria-describedby={describedBy}>
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}
