import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { WonLeadsDocument } from '../../generated/graphql.ts';
import type { WonLeadsQuery } from '../../generated/graphql.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More } from '../../ui/table/table.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import styles from './returns.module.css';
import { WonCard } from './won-card.tsx';

export type WonLead = WonLeadsQuery['wonLeads']['items'][number];

/** Leads that the own company has bought, the last first. */
export function WonList() {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(WonLeadsDocument, {
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const [returning, setReturning] = useState<WonLead | null>(null);
  const page = data?.wonLeads;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0)
    return (
      <EmptyState
        Icon={IconGavel}
        title={t`No bought leads`}
        text={t`A lead that you win on auction appears here with its contact.`}
      />
    );
  return (
    <>
      <ul className={styles.list}>
        {page.items.map((won) => (
          <WonCard
            key={`${won.lotId}/${won.lead.leadId}`}
            won={won}
            onReturn={() => setReturning(won)}
          />
        ))}
      </ul>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      {returning !== null && <ReturnDialog won={returning} onClose={() => setReturning(null)} />}
    </>
  );
}
