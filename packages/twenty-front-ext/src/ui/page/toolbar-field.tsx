import type { ReactNode } from 'react';
import styles from './page.module.css';

/** A field of the toolbar, as wide as its values need. */
export function ToolbarField({ children }: { readonly children: ReactNode }) {
  return <div className={styles.field}>{children}</div>;
}
