import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorHistoryDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More, Table } from '../../../ui/table/table.tsx';
import { dealOf } from '../records/deal-of.ts';
import { RecordName } from '../records/record-name.tsx';
import { useDealNames } from '../records/use-deal-names.ts';
import { useStatusNames } from '../records/use-status-names.ts';
import { EntryKind } from './entry-kind.tsx';
import { entryDetails } from './entry-detail.ts';
import { EntryText } from './entry-text.tsx';
import type { HistoryFilter } from './history-filter.ts';
import styles from '../connector.module.css';

interface HistoryListProps {
  readonly connector: ConnectorLineFragment;
  readonly filter: HistoryFilter;
}

export function HistoryList({ connector, filter }: HistoryListProps) {
  const { t } = useLingui();
  const { key, title } = connector;
  const { dateTime } = useFormat();
  const { entity, record, kind } = filter;
  const { data, error, loading, refetch, fetchMore } = useQuery(ConnectorHistoryDocument, {
    variables: {
      key,
      ...(entity === '' ? {} : { entity }),
      ...(record === '' ? {} : { localId: record }),
      ...(kind === '' ? {} : { kind }),
    },
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.connectorJournal;
  const entries = page?.items ?? [];
  const deals = useDealNames(entries.flatMap((entry) => dealOf(entry) ?? []));
  const statuses = useStatusNames(connector);
  const names = useMemo(() => new Map([...statuses, ...deals]), [statuses, deals]);
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton rows={8} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (entries.length === 0)
    return (
      <EmptyState
        Icon={IconHistory}
        title={t`Nothing to show`}
        text={t`What is written to either side, conflicts and refusals stand here for 90 days. Nothing fits these filters.`}
      />
    );
  const details = entryDetails(entries, kind === '');
  return (
    <>
      <div className={styles.list}>
        <Table label={t`History`} head={[t`When`, t`Which record`, t`What was done`]}>
          {entries.map((entry, index) => {
            const detail = details[index];
            return (
              <tr key={entry.id}>
                <td className={styles.when}>{dateTime(entry.at)}</td>
                <td>
                  <RecordName connector={key} record={entry} names={names} alone={record !== ''} />
                </td>
                <td>
                  <EntryKind kind={entry.kind} title={title} />
                  {detail !== undefined && (
                    <EntryText detail={detail} title={title} names={names} />
                  )}
                </td>
              </tr>
            );
          })}
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
