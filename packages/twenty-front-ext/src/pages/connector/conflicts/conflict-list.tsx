import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGitMerge } from '@tabler/icons-react';
import { problemOf } from '../../../app/data/problem.ts';
import { useRefetchOn } from '../../../app/data/use-refetch-on.ts';
import { ConnectorConflictListDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More } from '../../../ui/table/table.tsx';
import { dealOf } from '../records/deal-of.ts';
import { useDealNames } from '../records/use-deal-names.ts';
import { ConflictItem } from './conflict-item.tsx';
import styles from './conflicts.module.css';

interface ConflictListProps {
  readonly connector: ConnectorLineFragment;
  /** Only those that can still be decided. */
  readonly open: boolean;
}

/** Newest first. */
export function ConflictList({ connector: { key, title, health }, open }: ConflictListProps) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(ConnectorConflictListDocument, {
    variables: { key, open },
    notifyOnNetworkStatusChange: true,
  });
  useRefetchOn(health.conflicts, refetch);
  const page = data?.connectorConflicts;
  const conflicts = page?.items ?? [];
  const names = useDealNames(conflicts.flatMap((conflict) => dealOf(conflict) ?? []));
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (conflicts.length === 0)
    return (
      <EmptyState
        Icon={IconGitMerge}
        title={t`No conflicts`}
        text={t`Conflicts on critical fields stand here for 90 days.`}
      />
    );
  return (
    <>
      <ul className={styles.conflicts} aria-label={t`Conflicts`}>
        {conflicts.map((conflict) => (
          <ConflictItem
            key={conflict.id}
            connector={key}
            title={title}
            conflict={conflict}
            names={names}
          />
        ))}
      </ul>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
    </>
  );
}
