import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconMessage } from '@tabler/icons-react';
import { problemOf } from '../../../app/data/problem.ts';
import { useRefetchOn } from '../../../app/data/use-refetch-on.ts';
import { ConnectorMessageListDocument } from '../../../generated/graphql.ts';
import type {
  ConnectorLineFragment,
  MessageLineFragment,
  SyncMessageState,
} from '../../../generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { More, Table } from '../../../ui/table/table.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { useMessageTexts } from './message-texts.ts';
import styles from '../connector.module.css';

/** Records that are named of one message. */
const MOST = 10;

interface MessageListProps {
  readonly connector: ConnectorLineFragment;
  /** Null: whatever became of them. */
  readonly state: SyncMessageState | null;
}

export function MessageList({ connector: { key, heardAt }, state }: MessageListProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const texts = useMessageTexts();
  const { data, error, loading, refetch, fetchMore } = useQuery(ConnectorMessageListDocument, {
    variables: { key, ...(state === null ? {} : { state }) },
    notifyOnNetworkStatusChange: true,
  });
  useRefetchOn(heardAt === null ? 0 : Date.parse(heardAt), refetch);
  const page = data?.connectorMessages;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton rows={8} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0)
    return (
      <EmptyState
        Icon={IconMessage}
        title={t`No messages`}
        text={t`What the other system tells by webhooks stands here for 90 days. Nothing fits this filter.`}
      />
    );
  return (
    <>
      <div className={styles.list}>
        <Table label={t`Messages`} head={[t`When`, t`What it told of`, t`What became of it`]}>
          {page.items.map(({ id, at, event, told, untold, state: became }) => (
            <tr key={id}>
              <td className={styles.when}>{dateTime(at)}</td>
              <td>
                {event !== null && <p className={styles.text}>{event}</p>}
                <ToldRecords told={told} />
              </td>
              <td>
                <p>{texts.state(became)}</p>
                {untold.map((why) => (
                  <p key={why} className={styles.text}>
                    {texts.untold(why)}
                  </p>
                ))}
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

/** The records that a message names; of a long list the first ones. */
function ToldRecords({ told }: Pick<MessageLineFragment, 'told'>) {
  const { t } = useLingui();
  const { number } = useFormat();
  const records = useRecordTexts();
  const names = [
    ...new Set(told.map(({ entity, remoteId }) => `${records.one(entity)} ${remoteId}`)),
  ];
  if (names.length === 0) return '–';
  const more = number(names.length - MOST);
  return (
    <>
      {names.slice(0, MOST).map((name) => (
        <p key={name}>{name}</p>
      ))}
      {names.length > MOST && <p className={styles.text}>{t`and ${more} more`}</p>}
    </>
  );
}
