import { ScrollArea } from '@base-ui/react/scroll-area';
import type { ReactNode } from 'react';
import styles from './scroll-box.module.css';

/** What is too wide for its place and scrolls sideways, by keyboard too. */
export function ScrollBox({ children }: { readonly children: ReactNode }) {
  return (
    <ScrollArea.Root>
      <ScrollArea.Viewport className={styles.viewport}>{children}</ScrollArea.Viewport>
      <ScrollArea.Scrollbar orientation="horizontal" className={styles.bar}>
        <ScrollArea.Thumb className={styles.thumb} />
      </ScrollArea.Scrollbar>
    </ScrollArea.Root>
  );
}
