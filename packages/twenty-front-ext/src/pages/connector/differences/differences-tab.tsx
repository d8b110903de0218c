import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconEqual } from '@tabler/icons-react';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorDivergenceListDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More, Table } from '../../../ui/table/table.tsx';
import { dealOf } from '../records/deal-of.ts';
import { RecordName } from '../records/record-name.tsx';
import { Refusal } from '../records/refusal.tsx';
import { useDealNames } from '../records/use-deal-names.ts';
import { useRefetchOn } from '../../../app/data/use-refetch-on.ts';
import styles from '../connector.module.css';

/** Linked records that differ and stay so, because a side refused a value. */
export function DifferencesTab({
  connector: { key, title, health },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const { data, error, loading, refetch, fetchMore } = useQuery(ConnectorDivergenceListDocument, {
    variables: { key },
    notifyOnNetworkStatusChange: true,
  });
  useRefetchOn(health.divergent, refetch);
  const page = data?.connectorDivergences;
  const records = page?.items ?? [];
  const names = useDealNames(records.flatMap((record) => dealOf(record) ?? []));
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (records.length === 0)
    return (
      <EmptyState
        Icon={IconEqual}
        title={t`No differences`}
        text={t`Linked records stand here when one side does not take a value of the other.`}
      />
    );
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          One side refused a value; the other fields are equal. Change it in MaK or in {title}, and
          it is tried again.
        </Trans>
      </p>
      <div className={styles.list}>
        <Table label={t`Differences`} head={[t`Which record`, t`Why`, t`Last sync`]}>
          {records.map((record) => (
            <tr key={`${record.entity} ${record.localId}`}>
              <td>
                <RecordName connector={key} record={record} names={names} />
              </td>
              <td>
                <Refusal refusal={record.refusal} />
              </td>
              <td className={styles.when}>
                {record.lastSyncedAt === null ? '–' : dateTime(record.lastSyncedAt)}
              </td>
            </tr>
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
