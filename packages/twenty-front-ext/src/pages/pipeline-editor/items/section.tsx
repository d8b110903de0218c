import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './items.module.css';

interface SectionProps {
  readonly title: string;
  /** What these things are, in a sentence. */
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, text, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.heading}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {text !== undefined && <p className={styles.lead}>{text}</p>}
      {children}
    </section>
  );
}

/** Fields side by side where there is room. */
export function FieldGrid({ children }: { readonly children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}
