import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './removable-chip.module.css';

interface RemovableChipProps {
  readonly children: ReactNode;
  /** What pressing the cross does, e.g. "Remove filter Owner". */
  readonly removeLabel: string;
  /** Left out: it cannot be taken away now. */
  readonly onRemove?: () => void;
}

/** Something that holds, and can be taken away. */
export function RemovableChip({ children, removeLabel, onRemove }: RemovableChipProps) {
  return (
    <span className={styles.chip}>
      <span className={styles.text}>{children}</span>
      {onRemove !== undefined && (
        <button type="button" className={styles.remove} aria-label={removeLabel} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
