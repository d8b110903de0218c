import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import styles from './thread.module.css';

/** What happened, newest first, on one thread. */
export function Thread({ children }: { readonly children: ReactNode }) {
  return <ol className={styles.thread}>{children}</ol>;
}

interface ThreadItemProps {
  readonly icon: ReactNode;
  readonly tone?: 'red' | 'blue' | 'yellow' | undefined;
  readonly children: ReactNode;
}

export function ThreadItem({ icon, tone, children }: ThreadItemProps) {
  return (
    <li className={styles.item}>
      <span className={styles.icon} data-tone={tone} aria-hidden>
        {icon}
      </span>
      <div className={styles.body}>{children}</div>
    </li>
  );
}

interface ThreadMoreProps {
  readonly loading: boolean;
  /** Null when there is nothing earlier, or it is on its way. */
  readonly onMore: (() => void) | null;
}

export function ThreadMore({ loading, onMore }: ThreadMoreProps) {
  const { t } = useLingui();
  return (
    <div role="status" className={styles.more}>
      {loading && <Trans>Loading more …</Trans>}
      {onMore !== null && (
        <Button title={t`Show earlier`} variant="secondary" size="small" onClick={onMore} />
      )}
    </div>
  );
}
