import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { ComponentProps } from 'react';
import type { Tag } from 'twenty-ui/data-display';
import type {
  OrderPaymentState,
  OrderPaymentStatus,
  OrderStatus,
} from '../../generated/graphql.ts';

type Color = ComponentProps<typeof Tag>['color'];

/** Statuses in the order in which an order goes. */
export const ORDER_STATUSES = [
  'new',
  'approved',
  'in_work',
  'shipped',
  'done',
  'cancelled',
] as const satisfies readonly OrderStatus[];

export const PAYMENT_STATUSES = [
  'not_paid',
  'part_paid',
  'paid',
  'overpaid',
] as const satisfies readonly OrderPaymentStatus[];

export const STATUS_COLORS = {
  new: 'blue',
  approved: 'turquoise',
  in_work: 'yellow',
  shipped: 'purple',
  done: 'green',
  cancelled: 'gray',
} as const satisfies Record<OrderStatus, Color>;

export const PAYMENT_COLORS = {
  not_paid: 'gray',
  part_paid: 'yellow',
  paid: 'green',
  overpaid: 'orange',
} as const satisfies Record<OrderPaymentStatus, Color>;

export const PAYMENT_STATE_COLORS = {
  expected: 'yellow',
  paid: 'green',
  cancelled: 'gray',
} as const satisfies Record<OrderPaymentState, Color>;

interface OrderWords {
  readonly statuses: Readonly<Record<OrderStatus, string>>;
  readonly paymentStatuses: Readonly<Record<OrderPaymentStatus, string>>;
  readonly paymentStates: Readonly<Record<OrderPaymentState, string>>;
}

/** What an order and its payments are, in words. */
export function useOrderWords(): OrderWords {
  const { t } = useLingui();
  return useMemo(
    () => ({
      statuses: {
        new: t({ message: 'New', context: 'an order' }),
        approved: t({ message: 'Approved', context: 'an order' }),
        in_work: t({ message: 'In work', context: 'an order' }),
        shipped: t({ message: 'Shipped', context: 'an order' }),
        done: t({ message: 'Done', context: 'an order' }),
        cancelled: t({ message: 'Cancelled', context: 'an order' }),
      },
      paymentStatuses: {
        not_paid: t({ message: 'Not paid', context: 'an order' }),
        part_paid: t({ message: 'Paid in part', context: 'an order' }),
        paid: t({ message: 'Paid', context: 'an order' }),
        overpaid: t({ message: 'Overpaid', context: 'an order' }),
      },
      paymentStates: {
        expected: t({ message: 'Expected', context: 'a payment' }),
        paid: t({ message: 'Received', context: 'a payment' }),
        cancelled: t({ message: 'Cancelled', context: 'a payment' }),
      },
    }),
    [t],
  );
}
