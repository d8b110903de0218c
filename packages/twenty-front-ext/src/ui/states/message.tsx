import type { ComponentType, ReactNode } from 'react';
import styles from './states.module.css';

interface MessageProps {
  readonly Icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'status' | 'alert';
}

/** A page or a part of one that has nothing but something to say. */
export function Message({ Icon, title, text, action, role = 'status' }: MessageProps) {
  return (
    <div className={styles.state} role={role}>
      <span className={styles.icon} aria-hidden>
        <Icon size={40} stroke={1.2} />
      </span>
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
