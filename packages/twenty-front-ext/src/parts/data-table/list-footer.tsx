import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import type { Problem } from '../../app/data/problem.ts';
import { useProblemText } from '../../ui/states/problem-text.ts';
import styles from './list-footer.module.css';

interface ListFooterProps {
  readonly pages: {
    /** Null when all are loaded, or more are on their way. */
    readonly loadMore: (() => void) | null;
    readonly loadingMore: boolean;
    /** Why the next page could not be loaded. */
    readonly moreProblem: Problem | null;
  };
  /** How many there are, shown once all are loaded. */
  readonly children: ReactNode;
}

/** Below a list that comes page by page: that more are loading, why they are not, or that these are all. */
export function ListFooter({
  pages: { loadMore, loadingMore, moreProblem },
  children,
}: ListFooterProps) {
  const { t } = useLingui();
  const textOf = useProblemText();
  if (moreProblem !== null)
    return (
      <div role="alert" className={styles.footer}>
        <span>{textOf(moreProblem)}</span>
        {loadMore !== null && (
          <Button title={t`Try again`} variant="secondary" size="small" onClick={loadMore} />
        )}
      </div>
    );
  return (
    <div role="status" className={styles.footer}>
      {loadingMore ? <Trans>Loading more …</Trans> : loadMore === null && children}
    </div>
  );
}
