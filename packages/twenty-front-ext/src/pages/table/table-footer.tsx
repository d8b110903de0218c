import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { useProblemText } from '../../ui/states/problem-text.ts';
import type { DealPages } from './use-deal-pages.ts';
import styles from './table-page.module.css';

/** How many deals are shown, that more are loading, or why they are not. */
export function TableFooter({ pages }: { readonly pages: DealPages }) {
  const { t } = useLingui();
  const textOf = useProblemText();
  const { rows, loadingMore, moreProblem, loadMore } = pages;
  if (moreProblem !== null) {
    return (
      <div role="alert" className={styles.footer}>
        <span>{textOf(moreProblem)}</span>
        {loadMore !== null && (
          <Button
            Icon={IconRefresh}
            title={t`Try again`}
            variant="secondary"
            size="small"
            onClick={loadMore}
          />
        )}
      </div>
    );
  }
  return (
    <div role="status" className={styles.footer}>
      {loadingMore ? (
        <Trans>Loading more …</Trans>
      ) : (
        loadMore === null && (
          <Plural value={rows?.length ?? 0} one="# deal, all shown" other="# deals, all shown" />
        )
      )}
    </div>
  );
}
