import { Tag } from 'twenty-ui/data-display';
import type {
  OrderPaymentState,
  OrderPaymentStatus,
  OrderStatus,
} from '../../generated/graphql.ts';
import {
  PAYMENT_COLORS,
  PAYMENT_STATE_COLORS,
  STATUS_COLORS,
  useOrderWords,
} from './order-kinds.ts';

export function OrderStatusTag({ status }: { readonly status: OrderStatus }) {
  const { statuses } = useOrderWords();
  return <Tag color={STATUS_COLORS[status]} text={statuses[status]} />;
}

export function PaymentStatusTag({ status }: { readonly status: OrderPaymentStatus }) {
  const { paymentStatuses } = useOrderWords();
  return <Tag color={PAYMENT_COLORS[status]} text={paymentStatuses[status]} />;
}

export function PaymentStateTag({ state }: { readonly state: OrderPaymentState }) {
  const { paymentStates } = useOrderWords();
  return <Tag color={PAYMENT_STATE_COLORS[state]} text={paymentStates[state]} />;
}
