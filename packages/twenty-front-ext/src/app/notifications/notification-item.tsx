import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { Link } from 'react-router-dom';
import type { NotificationLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { TextButton } from '../../ui/text-button/text-button.tsx';
import { memberOf } from '../data/member-of.ts';
import { notificationPath } from './notification-path.ts';
import { useNotificationText } from './use-notification-text.ts';
import styles from './notifications.module.css';

interface NotificationItemProps {
  readonly item: NotificationLineFragment;
  /** Name of the deal that it is about, where it is known. */
  readonly deal: string | null;
  readonly onRead: () => void;
}

/** What happened, where it leads, and whether it was read. */
export function NotificationItem({ item, deal, onRead }: NotificationItemProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const text = useNotificationText()(item);
  const path = notificationPath(item);
  const isUnread = item.readAt === null;
  const place = useRef<HTMLLIElement>(null);
  const read = (): void => {
    // The button goes; who works by keyboard stays here.
    place.current?.focus();
    onRead();
  };
  return (
    <li ref={place} tabIndex={-1} className={styles.item} data-unread={isUnread}>
      {path === null ? (
        <span>{text}</span>
      ) : (
        <Link to={path} onClick={isUnread ? onRead : undefined}>
          {text}
        </Link>
      )}
      {deal !== null && <span className={styles.deal}>{deal}</span>}
      <span className={styles.text}>
        {dateTime(item.createdAt)}
        {memberOf(item.data, 'withdrawn') === true && <> · {t`no longer so`}</>}
      </span>
      {isUnread && (
        <TextButton onClick={read}>
          {t`Mark as read`}
          <span className="visually-hidden">: {text}</span>
        </TextButton>
      )}
    </li>
  );
}
