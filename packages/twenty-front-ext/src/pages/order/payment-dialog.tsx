import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { AddOrderPaymentDocument } from '../../generated/graphql.ts';
import type { OrderDetailFragment } from '../../generated/graphql.ts';
import { useOrderWords } from '../../parts/orders/order-kinds.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useOrderChange } from './use-order.ts';

/** Enters money that came, or that is to come, into an order as it was when somebody began. What is not paid yet is suggested. */
export function PaymentDialog({
  order,
  onClose,
}: {
  readonly order: OrderDetailFragment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { paymentStates } = useOrderWords();
  const { problem, busy, run } = useAttempt();
  const change = useOrderChange(order);
  const { id, currency, total, paid } = order;
  const [amount, setAmount] = useState(() =>
    total > paid ? moneyText(total - paid, currency) : '',
  );
  const [state, setState] = useState<'paid' | 'expected'>('paid');
  const [method, setMethod] = useState('');
  const [description, setDescription] = useState('');
  const minor = readMoney(amount, currency);
  const unfit = minor === null || minor <= 0;
  const submit = async (): Promise<void> => {
    if (unfit) return;
    const failed = await run(async () => {
      const payment = {
        amount: minor,
        state,
        ...(method.trim() === '' ? {} : { method: method.trim() }),
        ...(description.trim() === '' ? {} : { description: description.trim() }),
      };
      const send = (version: number) =>
        client.mutate({
          mutation: AddOrderPaymentDocument,
          variables: { id, version, payment },
        });
      // Somebody may have entered the same money meanwhile.
      await change(send, (now) => now.payments.length === order.payments.length);
      snackbar.success(t`Saved`);
    });
    if (failed === null) onClose();
  };
  return (
    <FormDialog
      title={t`New payment`}
      action={t`Add`}
      problem={problem}
      busy={busy}
      unfit={unfit}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`Amount, ${currency}`}
        inputMode="decimal"
        maxLength={30}
        error={amount !== '' && unfit ? t`Type an amount, e.g. 1500.` : null}
        value={amount}
        onChange={setAmount}
      />
      <SelectField
        label={t`State`}
        value={state}
        options={[
          { value: 'paid', label: paymentStates.paid },
          { value: 'expected', label: paymentStates.expected },
        ]}
        onChange={setState}
      />
      <TextField
        label={t`Method`}
        placeholder={t`e.g. card`}
        maxLength={100}
        value={method}
        onChange={setMethod}
      />
      <TextField
        label={t`Description`}
        maxLength={500}
        value={description}
        onChange={setDescription}
      />
    </FormDialog>
  );
}
