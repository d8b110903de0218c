import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconReceiptRefund } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { ReturnListDocument } from '../../generated/graphql.ts';
import type { LeadReturnStatus, ReturnLineFragment } from '../../generated/graphql.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More } from '../../ui/table/table.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { ReturnCard } from './return-card.tsx';
import styles from './returns.module.css';

/** Returns, newest first: all for the head office, else those of the own company. */
export function ReturnList({ status }: { readonly status: LeadReturnStatus }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(ReturnListDocument, {
    variables: { status },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const [deciding, setDeciding] = useState<ReturnLineFragment | null>(null);
  const page = data?.returns;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0) {
    const texts = {
      open: t`No return waits for a decision.`,
      decided: t`No return was decided yet.`,
    };
    return <EmptyState Icon={IconReceiptRefund} title={t`No returns`} text={texts[status]} />;
  }
  return (
    <>
      <ul className={styles.list}>
        {page.items.map((line) => (
          <ReturnCard key={line.id} line={line} onDecide={() => setDeciding(line)} />
        ))}
      </ul>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      {deciding !== null && <DecideDialog line={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}
