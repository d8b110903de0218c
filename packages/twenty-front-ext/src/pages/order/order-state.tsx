import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { useMay } from '../../app/shell/tenant.tsx';
import { useTry } from '../../app/data/use-try.ts';
import { MoveOrderDocument } from '../../generated/graphql.ts';
import type { OrderDetailFragment, OrderStatus } from '../../generated/graphql.ts';
import { ORDER_STATUSES, useOrderWords } from '../../parts/orders/order-kinds.ts';
import { OrderStatusTag, PaymentStatusTag } from '../../parts/orders/order-tags.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import { useOrderChange } from './use-order.ts';
import styles from './order-page.module.css';

/** The status of an order and of its payments, and where it may go: any status may follow any. */
export function OrderState({ order }: { readonly order: OrderDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { statuses } = useOrderWords();
  const { attempt, busy } = useTry();
  const change = useOrderChange(order);
  const mayWrite = useMay('catalogue:write');
  const { id, status, paymentStatus, closedAt } = order;
  const closed = closedAt === null ? null : format.dateTime(closedAt);
  const move = (to: OrderStatus) =>
    attempt(async () => {
      const send = (version: number) =>
        client.mutate({ mutation: MoveOrderDocument, variables: { id, version, status: to } });
      await change(send, (now) => now.status === status);
      snackbar.success(t`Moved`);
    });
  return (
    <div className={styles.state}>
      {/* What another system changes is heard, too. */}
      <span role="status" aria-label={t`Status`} className={styles.tags}>
        <OrderStatusTag status={status} />
        <PaymentStatusTag status={paymentStatus} />
      </span>
      {closed !== null && <span className={styles.quiet}>{t`Closed on ${closed}`}</span>}
      {mayWrite && (
        <Menu
          trigger={
            <ToolbarButton disabled={busy}>
              <IconArrowRight size={16} aria-hidden />
              <span>{t`Move to`}</span>
              <IconChevronDown size={14} aria-hidden />
            </ToolbarButton>
          }
        >
          {ORDER_STATUSES.filter((one) => one !== status).map((one) => (
            <MenuItem key={one} onSelect={move(one)}>
              {statuses[one]}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}
