import { useLingui } from '@lingui/react/macro';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ToolbarButton } from '../toolbar-button/toolbar-button.tsx';
import { Popover } from './popover.tsx';
import styles from './popover.module.css';

interface FilterPopoverProps {
  /** How many filters hold now. */
  readonly count: number;
  readonly children: ReactNode;
}

/** Filters behind a button that says how many of them hold. */
export function FilterPopover({ count, children }: FilterPopoverProps) {
  const { t } = useLingui();
  return (
    <Popover
      title={t`Filters`}
      trigger={
        <ToolbarButton aria-label={count === 0 ? t`Filter` : t`Filter, ${count} active`}>
          <IconFilter size={16} aria-hidden />
          <span>{t`Filter`}</span>
          {/* A space, so that what is seen is part of the button's name. */}
          {count > 0 && ' '}
          {count > 0 && <span className={styles.count}>{count}</span>}
        </ToolbarButton>
      }
    >
      {children}
    </Popover>
  );
}
