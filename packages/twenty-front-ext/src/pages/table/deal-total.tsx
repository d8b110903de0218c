import { useQuery } from '@apollo/client/react';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { DealMatchesDocument } from '../../generated/graphql.ts';
import type { DealFilterInput } from '../../generated/graphql.ts';
import styles from './table-page.module.css';

interface DealTotalProps {
  readonly filter: DealFilterInput;
  /** Counted anew whenever it changes. */
  readonly revision: number;
}

/** How many deals the filter finds, loaded or not, and how many of the things that it asks for they have. */
export function DealTotal({ filter, revision }: DealTotalProps) {
  const { t } = useLingui();
  const { data, refetch } = useQuery(DealMatchesDocument, { variables: { filter } });
  useEffect(() => {
    // Without a number the table is as good as before.
    if (revision > 0) refetch().catch(() => undefined);
  }, [revision, refetch]);
  const found = data?.dealMatches;
  const counts = found === undefined ? [] : textsOf(found);
  return (
    <p className={styles.total} role="status" aria-label={t`Found`}>
      {counts.join(', ')}
    </p>
  );

  function textsOf({ deals, runs, stays, reports, answers }: NonNullable<typeof found>): string[] {
    return [
      t`${plural(deals, { one: '# deal', other: '# deals' })}`,
      runs === null ? '' : t`${plural(runs, { one: '# clock', other: '# clocks' })}`,
      stays === null ? '' : t`${plural(stays, { one: '# stay', other: '# stays' })}`,
      reports === null ? '' : t`${plural(reports, { one: '# report', other: '# reports' })}`,
      answers === null ? '' : t`${plural(answers, { one: '# answer', other: '# answers' })}`,
    ].filter((text) => text !== '');
  }
}
