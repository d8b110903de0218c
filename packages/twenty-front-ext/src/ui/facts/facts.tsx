import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** What is known of a record, each under its name. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

interface FactProps {
  readonly name: string;
  /** A long text has a row of its own. */
  readonly wide?: boolean;
  /** Nothing is shown as a dash. */
  readonly children: ReactNode;
}

export function Fact({ name, wide = false, children }: FactProps) {
  return (
    <div className={styles.fact} data-wide={wide}>
      <dt>{name}</dt>
      <dd>{children ?? '–'}</dd>
    </div>
  );
}
