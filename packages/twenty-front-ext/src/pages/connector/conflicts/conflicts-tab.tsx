import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconGitMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorConflictListDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More, Table } from '../../../ui/table/table.tsx';
import { dealOf } from '../records/deal-of.ts';
import { useDealNames } from '../records/use-deal-names.ts';
import { useRefetchOn } from '../../../app/data/use-refetch-on.ts';
import { ConflictRow } from './conflict-row.tsx';
import styles from '../connector.module.css';

interface ConflictsProps {
  readonly connector: ConnectorLineFragment;
}

/** Conflicts on critical fields, with both versions beside each other; a person may decide otherwise than the rule did. */
export function ConflictsTab({ connector }: ConflictsProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const { title } = connector;
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          MaK and {title} both changed a critical field. The rule has settled it; take the other
          version, or let it stand. Which fields are critical stands under Fields.
        </Trans>
      </p>
      <div className={styles.bar}>
        <CheckboxField label={t`Only those to decide`} checked={open} onChange={setOpen} />
      </div>
      <ConflictList connector={connector} open={open} />
    </>
  );
}

interface ConflictListProps extends ConflictsProps {
  readonly open: boolean;
}

function ConflictList({ connector: { key, title, health }, open }: ConflictListProps) {
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
      <div className={styles.list}>
        <Table
          label={t`Conflicts`}
          head={[t`Which record`, t`In MaK`, t`In ${title}`, t`Decision`]}
        >
          {conflicts.map((conflict) => (
            <ConflictRow
              key={conflict.id}
              connector={key}
              title={title}
              conflict={conflict}
              names={names}
            />
          ))}
        </Table>
      </div>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
    </>
  );
}
