import { useQuery } from '@apollo/client/react';
import { UnreadNotificationsDocument } from '../../generated/graphql.ts';
import styles from './notifications.module.css';

/** Marks the way to the bell where the bell itself is out of sight; a screen reader hears of it from the bell. */
export function UnreadDot() {
  // The bell asks the server; what it learned is enough here.
  const { data } = useQuery(UnreadNotificationsDocument, { fetchPolicy: 'cache-only' });
  const unread = data?.notifications?.unread ?? 0;
  return unread > 0 && <span className={styles.dot} aria-hidden />;
}
