import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconMailOff } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorDeadLetterListDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More } from '../../../ui/table/table.tsx';
import { useRefetchOn } from '../../../app/data/use-refetch-on.ts';
import { DeadLetterActions } from './dead-letter-actions.tsx';
import { DeadLetterTable, idOf } from './dead-letter-table.tsx';
import styles from '../connector.module.css';

/** Records that could not be made on the other side; they are tried again or forgotten, chosen ones or all. */
export function DeadLettersTab({
  connector: { key, title, health },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data, error, loading, refetch, fetchMore } = useQuery(ConnectorDeadLetterListDocument, {
    variables: { key },
    notifyOnNetworkStatusChange: true,
  });
  useRefetchOn(health.deadLetters, refetch);
  const page = data?.connectorDeadLetters;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0)
    return (
      <EmptyState
        Icon={IconMailOff}
        title={t`No dead letters`}
        text={t`Records stand here that could not be made on the other side, with the reason.`}
      />
    );
  const letters = page.items.filter((letter) => chosen.has(idOf(letter)));
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          These records could not be made in {title}. Change the record and it is tried again by
          itself, or try it again when the reason is gone.
        </Trans>
      </p>
      <DeadLetterActions
        connector={key}
        chosen={letters}
        onDone={() => {
          setChosen(new Set());
          void refetch();
        }}
      />
      <DeadLetterTable connector={key} letters={page.items} chosen={chosen} onChoose={setChosen} />
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
    </>
  );
}
