import { useQuery } from '@apollo/client/react';
import { Plural, useLingui } from '@lingui/react/macro';
import { IconBell } from '@tabler/icons-react';
import { useLocation } from 'react-router-dom';
import { UnreadNotificationsDocument } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { NotificationList } from './notification-list.tsx';
import styles from './notifications.module.css';

/** How often is looked, in milliseconds. */
const OFTEN = 10_000;
/** The server counts no further. */
const MOST = 100;

/** How much a person has not read yet, and the list of it. */
export function Bell() {
  const { t } = useLingui();
  const { number } = useFormat();
  const { pathname } = useLocation();
  const { data } = useQuery(UnreadNotificationsDocument, {
    pollInterval: OFTEN,
    skipPollAttempt: () => document.hidden,
  });
  const unread = data?.notifications.unread ?? 0;
  const count = unread < MOST ? number(unread) : `${number(MOST - 1)}+`;
  return (
    <>
      {/* It closes when one of them leads to another page. */}
      <Popover
        key={pathname}
        title={t`Notifications`}
        trigger={
          <button
            type="button"
            className={styles.bell}
            aria-label={unread === 0 ? t`Notifications` : t`Notifications, ${count} unread`}
          >
            <IconBell size={16} aria-hidden />
            {unread > 0 && <span className={styles.count}>{count}</span>}
          </button>
        }
      >
        <NotificationList unread={unread} />
      </Popover>
      <span role="status" className="visually-hidden">
        {unread > 0 && (
          <Plural value={unread} one="# unread notification" other="# unread notifications" />
        )}
      </span>
    </>
  );
}
