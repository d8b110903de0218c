import { useLingui } from '@lingui/react/macro';
import type { NotificationLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { memberOf } from '../data/member-of.ts';

/** What connectors are called; one of another version goes by its key. */
const TITLES: Readonly<Record<string, string>> = {
  amocrm: 'amoCRM',
  keycrm: 'KeyCRM',
};

/** What happened, in words; a kind that we have no words for stands as it is. */
export function useNotificationText(): (
  item: Pick<NotificationLineFragment, 'kind' | 'data'>,
) => string {
  const { t } = useLingui();
  const { number } = useFormat();
  return ({ kind, data }) => {
    const named = (name: string): string => {
      const value = memberOf(data, name);
      return typeof value === 'string' ? value : '–';
    };
    const counted = (name: string): string => {
      const value = memberOf(data, name);
      return number(typeof value === 'number' ? value : 0);
    };
    const [timer, title, reason] = [named('timer'), named('title'), named('reason')];
    const connector = TITLES[named('connector')] ?? named('connector');
    const [taken, rejected] = [counted('taken'), counted('rejected')];
    switch (kind) {
      case 'sla.breached':
        return t`A target was missed: ${timer}`;
      case 'task.assigned':
        return t`A task is yours now: ${title}`;
      case 'webhook.disabled':
        return t`A webhook was switched off because its receiver does not answer`;
      case 'registration.received':
        return t`Somebody has registered and waits for a decision`;
      case 'lead.duplicate':
        return t`Somebody has entered a lead of yours again`;
      case 'lead_import.done':
      case 'client_import.done':
        return memberOf(data, 'rejected') === 0
          ? t`An import is done. Rows taken in: ${taken}`
          : t`An import is done. Rows taken in: ${taken}, rejected: ${rejected}`;
      case 'lead_import.failed':
      case 'client_import.failed':
        return t`An import has failed. Rows taken in before: ${taken}`;
      case 'auction.offered':
        return t`There is a new lot for you`;
      case 'auction.outbid':
        return t`Somebody has outbid you`;
      case 'auction.ending':
        return t`A lot that you follow ends soon`;
      case 'auction.won':
        return t`You have won a lot`;
      case 'auction.lost':
        return t`A lot that you have bid on is over. You have not won it, and your money is free again`;
      case 'auction.assigned':
        return t`Leads that nobody has bought are yours now, free of charge: ${counted('count')}`;
      case 'auction.withdrawn':
        return t`A lot that you have bid on was taken back; your money is free again`;
      case 'auction.sold':
        return t`A lot of yours is sold`;
      case 'auction.unsold':
        return t`A lot of yours was not sold`;
      case 'auction.return_requested':
        return t`A buyer wants to return a lead`;
      case 'auction.return_decided':
        return t`A return was decided`;
      case 'sync.conflict':
        return t`MaK and ${connector} both changed a critical field`;
      case 'sync.stopped':
        return t`The connector ${connector} has stopped: ${reason}`;
      case 'sync.dead_letter':
        return t`A record does not go over: see the dead letters of ${connector}`;
      default:
        return kind;
    }
  };
}
