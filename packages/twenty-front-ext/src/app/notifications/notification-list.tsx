import { useMutation, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { problemOf } from '../data/problem.ts';
import { useRefetchOn } from '../data/use-refetch-on.ts';
import { useTry } from '../data/use-try.ts';
import {
  NotificationDealNamesDocument,
  NotificationListDocument,
  ReadNotificationsDocument,
  UnreadNotificationsDocument,
} from '../../generated/graphql.ts';
import type { NotificationLineFragment } from '../../generated/graphql.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import { NotificationItem } from './notification-item.tsx';
import styles from './notifications.module.css';

/** Own notifications, newest first. */
export function NotificationList({ unread }: { readonly unread: number }) {
  const { t } = useLingui();
  const { busy, attempt } = useTry();
  const list = useRef<HTMLUListElement>(null);
  const { data, error, loading, refetch, fetchMore } = useQuery(NotificationListDocument, {
    notifyOnNetworkStatusChange: true,
  });
  useRefetchOn(unread, refetch);
  const [read] = useMutation(ReadNotificationsDocument, {
    refetchQueries: [NotificationListDocument, UnreadNotificationsDocument],
  });
  const page = data?.notifications;
  const items = page?.items ?? [];
  const names = useDealNames(items);
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton rows={3} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (items.length === 0)
    return (
      <p className={styles.text}>
        <Trans>Missed targets, new tasks and other news for you will appear here.</Trans>
      </p>
    );
  const markRead = (ids?: readonly string[]): (() => void) =>
    attempt(async () => {
      if (busy) return;
      await read({ variables: ids === undefined ? {} : { ids: [...ids] } });
    });
  const { next } = page;
  return (
    <>
      {unread > 0 && (
        <div>
          <TextButton
            onClick={() => {
              // The button goes; who works by keyboard stays here.
              list.current?.focus();
              markRead()();
            }}
          >{t`Mark all as read`}</TextButton>
        </div>
      )}
      <ul ref={list} tabIndex={-1} className={styles.list}>
        {items.map((item) => (
          <NotificationItem
            key={item.id}
            item={item}
            deal={names.get(item.dealId ?? '') ?? null}
            onRead={markRead([item.id])}
          />
        ))}
      </ul>
      {next !== null && (
        <div>
          <TextButton
            onClick={() => {
              if (!loading) void fetchMore({ variables: { cursor: next } });
            }}
          >
            {loading ? t`Loading …` : t`Show more`}
          </TextButton>
        </div>
      )}
    </>
  );
}

/** Deals that are asked for at once. */
const MOST = 100;

/** Names of the deals that notifications are about; who may not see deals sees none. */
function useDealNames(
  items: readonly Pick<NotificationLineFragment, 'dealId'>[],
): ReadonlyMap<string, string | null> {
  const ids = [...new Set(items.flatMap(({ dealId }) => dealId ?? []))].slice(0, MOST);
  const { data, previousData } = useQuery(NotificationDealNamesDocument, {
    variables: { ids },
    skip: ids.length === 0,
  });
  const nodes = (data ?? previousData)?.deals.nodes ?? [];
  return new Map(nodes.map(({ id, name }) => [id, name]));
}
