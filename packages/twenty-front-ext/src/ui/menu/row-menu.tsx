import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Menu } from './menu.tsx';
import styles from './menu.module.css';

/** Three dots at the end of a row that open what can be done with it. */
export function RowMenu({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={styles.dots} aria-label={label}>
          <IconDots size={16} aria-hidden />
        </button>
      }
    >
      {children}
    </Menu>
  );
}
