import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import styles from './popover.module.css';

interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly title: string;
  /** The title is there for screen readers only. */
  readonly titleHidden?: boolean;
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}

/** A small window beside its button; the page behind stays usable, Escape and a click outside close it. */
export function Popover({
  trigger,
  title,
  titleHidden = false,
  align = 'start',
  children,
}: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Base.Title className={titleHidden ? 'visually-hidden' : styles.title}>
              {title}
            </Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
