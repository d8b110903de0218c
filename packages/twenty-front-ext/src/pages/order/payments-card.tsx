import { useApolloClient } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../app/data/use-try.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { MoveOrderPaymentDocument } from '../../generated/graphql.ts';
import type { OrderDetailFragment, OrderPaymentState } from '../../generated/graphql.ts';
import { PaymentStateTag } from '../../parts/orders/order-tags.tsx';
import { Card } from '../../ui/card/card.tsx';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { PaymentDialog } from './payment-dialog.tsx';
import { useOrderChange } from './use-order.ts';
import styles from './order-page.module.css';

type Payment = OrderDetailFragment['payments'][number];

interface Cancelled {
  readonly order: OrderDetailFragment;
  readonly payment: Payment;
}

/** Money that came, and money that is to come. */
export function PaymentsCard({ order }: { readonly order: OrderDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const mayWrite = useMay('catalogue:write');
  // The order as it was when a dialog was opened: what somebody else enters meanwhile has to be noticed.
  const [added, setAdded] = useState<OrderDetailFragment | null>(null);
  const [cancelled, setCancelled] = useState<Cancelled | null>(null);
  const { move, busy } = useMovePayment(cancelled?.order ?? order);
  const { payments, currency, paid, total } = order;
  const [came, all] = [format.money(paid, currency), format.money(total, currency)];
  return (
    <Card
      title={t`Payments`}
      action={
        mayWrite && (
          <Button
            Icon={IconPlus}
            title={t`Add a payment`}
            variant="tertiary"
            size="small"
            onClick={() => setAdded(order)}
          />
        )
      }
    >
      <p className={styles.quiet}>
        <Trans>
          {came} of {all} paid
        </Trans>
      </p>
      {payments.length > 0 && (
        <ul className={styles.lines}>
          {payments.map((payment) => (
            <PaymentLine
              key={payment.id}
              payment={payment}
              currency={currency}
              editable={mayWrite && !busy}
              onMove={(state) =>
                state === 'cancelled' ? setCancelled({ order, payment }) : move(payment, state)
              }
            />
          ))}
        </ul>
      )}
      {added !== null && <PaymentDialog order={added} onClose={() => setAdded(null)} />}
      {cancelled !== null && (
        <ConfirmDialog
          open
          danger
          title={t`Cancel the payment?`}
          action={t`Cancel the payment`}
          onConfirm={() => {
            move(cancelled.payment, 'cancelled');
            setCancelled(null);
          }}
          onClose={() => setCancelled(null)}
        >
          <Trans>It stays cancelled. Money that comes after all is another payment.</Trans>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function useMovePayment(order: OrderDetailFragment) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { attempt, busy } = useTry();
  const change = useOrderChange(order);
  const move = (payment: Payment, state: OrderPaymentState): void =>
    attempt(async () => {
      const send = (version: number) =>
        client.mutate({
          mutation: MoveOrderPaymentDocument,
          variables: { id: order.id, paymentId: payment.id, version, state },
        });
      await change(
        send,
        ({ payments }) => payments.find(({ id }) => id === payment.id)?.state === payment.state,
      );
      snackbar.success(t`Saved`);
    })();
  return { move, busy };
}

interface PaymentLineProps {
  readonly payment: Payment;
  readonly currency: string;
  readonly editable: boolean;
  readonly onMove: (state: OrderPaymentState) => void;
}

function PaymentLine({ payment, currency, editable, onMove }: PaymentLineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { amount, state, method, description, at } = payment;
  const money = format.money(amount, currency);
  const details = [format.dateTime(at), method, description].filter((one) => one !== null);
  return (
    <li className={styles.line}>
      <span className={styles.amount}>{money}</span>
      <PaymentStateTag state={state} />
      <span className={styles.details}>{details.join(' · ')}</span>
      {editable && state !== 'cancelled' && (
        <span className={styles.end}>
          <RowMenu label={t`What to do with the payment of ${money}`}>
            {state === 'expected' && (
              <MenuItem onSelect={() => onMove('paid')}>{t`It has come`}</MenuItem>
            )}
            {state === 'paid' && (
              <MenuItem onSelect={() => onMove('expected')}>{t`It has not come yet`}</MenuItem>
            )}
            <MenuItem danger onSelect={() => onMove('cancelled')}>
              {t`Cancel the payment`}
            </MenuItem>
          </RowMenu>
        </span>
      )}
    </li>
  );
}
