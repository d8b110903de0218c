import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './client-page.module.css';

interface LineListProps {
  /** Null until they are loaded. */
  readonly lines: readonly ReactNode[] | null;
  /** Why they could not be loaded. */
  readonly error: Error | undefined;
  /** What is said where there are none. */
  readonly none: string;
  /** Pixels that are kept for them while they are loaded. */
  readonly height: number;
  /** Null: there are no more. */
  readonly onMore: (() => Promise<unknown>) | null;
  readonly onRetry: () => Promise<unknown>;
}

/** What a client has of one kind, one a line, page by page. */
export function LineList({ lines, error, none, height, onMore, onRetry }: LineListProps) {
  const { t } = useLingui();
  const { problem, busy, run } = useAttempt();
  if (lines === null) {
    if (error === undefined) return <Skeleton height={height} />;
    return (
      <ErrorState
        problem={problemOf(error)}
        onRetry={() => void onRetry().catch(() => undefined)}
      />
    );
  }
  if (lines.length === 0) return <p className={styles.quiet}>{none}</p>;
  return (
    <>
      <ul className={styles.lines}>{lines}</ul>
      <FormProblem problem={problem} />
      {onMore !== null && (
        <div className={styles.more}>
          <Button
            title={t`Show more`}
            variant="secondary"
            size="small"
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await onMore();
              })
            }
          />
        </div>
      )}
    </>
  );
}
