import type { ReactNode } from 'react';
import { Avatar } from 'twenty-ui/data-display';
import styles from './person-cell.module.css';

interface PersonCellProps {
  readonly id: string;
  readonly name: string;
  /** Marks beside the name. */
  readonly children?: ReactNode;
}

/** Somebody in a table of people. */
export function PersonCell({ id, name, children }: PersonCellProps) {
  return (
    <span className={styles.person}>
      <Avatar type="rounded" size="md" placeholder={name} placeholderColorSeed={id} />
      <span className={styles.name}>{name}</span>
      {children}
    </span>
  );
}
