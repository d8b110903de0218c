import { useLingui } from '@lingui/react/macro';
import type { ORDER_STATUSES } from 'twenty-mak-domain';
import type { Option } from '../../../ui/form/select-field.tsx';

type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Statuses of orders in the order in which an order goes, in words. */
export function useOrderStatuses(): readonly Option<OrderStatus>[] {
  const { t } = useLingui();
  return [
    { value: 'new', label: t({ message: 'New', context: 'an order' }) },
    { value: 'approved', label: t({ message: 'Approved', context: 'an order' }) },
    { value: 'in_work', label: t({ message: 'In work', context: 'an order' }) },
    { value: 'shipped', label: t({ message: 'Shipped', context: 'an order' }) },
    { value: 'done', label: t({ message: 'Done', context: 'an order' }) },
    { value: 'cancelled', label: t({ message: 'Cancelled', context: 'an order' }) },
  ];
}
