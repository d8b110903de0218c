import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import { useOrderWords } from '../../parts/orders/order-kinds.ts';
import { OrderStatusTag, PaymentStatusTag } from '../../parts/orders/order-tags.tsx';
import { useSyncColumn } from '../../parts/record-sync/use-sync-column.tsx';
import type { RecordSyncs } from '../../parts/record-sync/use-record-syncs.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { useFormat } from '../../ui/format/use-format.tsx';

/** What can be seen of an order in the list. */
export function useOrderColumns(syncs: RecordSyncs): readonly DataColumn<OrderRowFragment>[] {
  const { t } = useLingui();
  const format = useFormat();
  const words = useOrderWords();
  const sync = useSyncColumn<OrderRowFragment>(syncs);
  return useMemo(
    () => [
      {
        key: 'number',
        title: t({ message: 'Number', context: 'of an order' }),
        width: 130,
        fixed: true,
        text: ({ number }) => number,
        href: ({ id }) => `/orders/${id}`,
      },
      {
        key: 'client',
        title: t`Client`,
        width: 140,
        text: ({ client }) => client?.name ?? '',
      },
      {
        key: 'status',
        title: t`Status`,
        width: 120,
        text: ({ status }) => words.statuses[status],
        cell: ({ status }) => <OrderStatusTag status={status} />,
      },
      {
        key: 'total',
        title: t`Total`,
        width: 115,
        align: 'end',
        text: ({ total, currency }) => format.money(total, currency),
      },
      {
        key: 'payment',
        title: t`Payment`,
        width: 150,
        text: ({ paymentStatus }) => words.paymentStatuses[paymentStatus],
        cell: ({ paymentStatus }) => <PaymentStatusTag status={paymentStatus} />,
      },
      {
        key: 'paid',
        title: t({ message: 'Paid', context: 'a sum' }),
        width: 120,
        align: 'end',
        optional: true,
        text: ({ paid, currency }) => format.money(paid, currency),
      },
      {
        key: 'tracking',
        title: t`Tracking code`,
        width: 120,
        text: ({ trackingCode }) => trackingCode ?? '',
      },
      ...sync,
      {
        key: 'ordered',
        title: t`Ordered`,
        width: 115,
        text: ({ orderedAt }) => format.date(orderedAt),
      },
    ],
    [t, format, words, sync],
  );
}
