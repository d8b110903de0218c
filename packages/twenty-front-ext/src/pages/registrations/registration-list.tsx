import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { RegistrationListDocument } from '../../generated/graphql.ts';
import type { RegistrationLineFragment, RegistrationStatus } from '../../generated/graphql.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More } from '../../ui/table/table.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { RegistrationCard } from './registration-card.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import styles from './registrations.module.css';

interface Deciding {
  readonly kind: 'approve' | 'reject';
  readonly registration: RegistrationLineFragment;
}

/** Applications of one status, newest first. */
export function RegistrationList({ status }: { readonly status: RegistrationStatus }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(RegistrationListDocument, {
    variables: { status },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const page = data?.registrations;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const close = (): void => setDeciding(null);
  const texts = {
    applied: t`Nobody waits for a decision. Who registers appears here.`,
    approved: t`Nobody was approved yet.`,
    rejected: t`Nobody was rejected yet.`,
  };
  return (
    <>
      {page.items.length === 0 ? (
        <EmptyState Icon={IconUserCheck} title={t`No registrations`} text={texts[status]} />
      ) : (
        <ul className={styles.list}>
          {page.items.map((registration) => (
            <RegistrationCard
              key={registration.id}
              registration={registration}
              onApprove={() => setDeciding({ kind: 'approve', registration })}
              onReject={() => setDeciding({ kind: 'reject', registration })}
            />
          ))}
        </ul>
      )}
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
      {/* A dialog stays with its link when the list has none left. */}
      {deciding?.kind === 'approve' && (
        <ApproveDialog registration={deciding.registration} onClose={close} />
      )}
      {deciding?.kind === 'reject' && (
        <RejectDialog registration={deciding.registration} onClose={close} />
      )}
    </>
  );
}
