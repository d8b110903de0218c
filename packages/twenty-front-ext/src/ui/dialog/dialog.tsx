import { Dialog as Base } from '@base-ui/react/dialog';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { LightIconButton } from 'twenty-ui/input';
import styles from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: string;
  readonly size?: 'small' | 'medium' | 'large';
  /** Null: the dialog cannot be left without an answer. */
  readonly onClose: (() => void) | null;
  readonly children: ReactNode;
}

/** A modal window: focus stays inside, Escape closes it, and the page behind is inert. */
export function Dialog({
  open,
  title,
  description,
  size = 'small',
  onClose,
  children,
}: DialogProps) {
  const { t } = useLingui();
  const body = useRef<HTMLDivElement>(null);
  // What the person came for, not the cross in the corner; a dialog without fields does as usual.
  const firstField = (): HTMLElement | null =>
    body.current?.querySelector<HTMLElement>('input, select, textarea') ?? null;
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => !next && onClose?.()}
      disablePointerDismissal={onClose === null}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} data-size={size} initialFocus={firstField}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {onClose !== null && (
              <LightIconButton Icon={IconX} onClick={onClose} aria-label={t`Close`} />
            )}
          </header>
          {description !== undefined && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          <div ref={body} className={styles.body}>
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Buttons at the end of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
