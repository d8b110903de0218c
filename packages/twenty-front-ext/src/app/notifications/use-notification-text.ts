import { useLingui } from '@lingui/react/macro';
import type { NotificationLineFragment } from '../../generated/graphql.ts';
import { memberOf } from '../data/member-of.ts';

/** What happened, in words; a kind that we have no words for stands as it is. */
export function useNotificationText(): (
  item: Pick<NotificationLineFragment, 'kind' | 'data'>,
) => string {
  const { t } = useLingui();
  return ({ kind, data }) => {
    const named = (name: string): string => {
      const value = memberOf(data, name);
      return typeof value === 'string' ? value : '–';
    };
    const [timer, title, connector] = [named('timer'), named('title'), named('connector')];
    switch (kind) {
      case 'sla.breached':
        return t`A target was missed: ${timer}`;
      case 'task.assigned':
        return t`A task is yours now: ${title}`;
      case 'webhook.disabled':
        return t`A webhook was switched off because its receiver does not answer`;
      case 'registration.received':
        return t`Somebody has registered and waits for a decision`;
      case 'sync.conflict':
        return t`MaK and ${connector} both changed a critical field`;
      default:
        return kind;
    }
  };
}
