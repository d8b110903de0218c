import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { Dialog } from './dialog.tsx';
import styles from './dialog.module.css';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The action in its own word, e.g. "Archive". */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** Whether all is said that has to be said before. */
  readonly ready?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone, or not easily. */
export function ConfirmDialog({
  open,
  title,
  children,
  action,
  danger = false,
  busy = false,
  ready = true,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      {children}
      <div className={styles.actions}>
        <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
        <Button
          type="button"
          title={action}
          variant="primary"
          accent={danger ? 'danger' : 'blue'}
          disabled={busy || !ready}
          onClick={onConfirm}
        />
      </div>
    </Dialog>
  );
}
