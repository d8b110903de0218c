import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { CreateOrderDocument } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import type { ClientChoice } from '../clients/client-picker.tsx';
import { inputOf, isReadable, NEW_ORDER } from './order-draft.ts';
import { OrderFields } from './order-fields.tsx';

interface NewOrderDialogProps {
  /** Who buys; left out: the person chooses. */
  readonly client?: ClientChoice;
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}

/** Makes an order by hand. */
export function NewOrderDialog({ client, onClose, onMade }: NewOrderDialogProps) {
  const { t } = useLingui();
  const tenant = useTenant();
  const [number, setNumber] = useState('');
  const [currency, setCurrency] = useState(tenant.currency);
  const [draft, setDraft] = useState({ ...NEW_ORDER, client: client ?? null });
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateOrderDocument);
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const submit = async (): Promise<void> => {
    await run(async () => {
      const input = { ...inputOf(draft, currency), number: number.trim(), currency };
      const { data } = await create({ variables: { input } });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      onMade(data.createOrder.id);
    });
  };
  return (
    <FormDialog
      size="large"
      title={t`New order`}
      action={t`Create`}
      problem={problem}
      busy={busy}
      unfit={number.trim() === '' || !isCurrency || !isReadable(draft, currency)}
      onSubmit={submit}
      onClose={onClose}
    >
      <FieldPair>
        <TextField
          label={t({ message: 'Number', context: 'of an order' })}
          hint={t`No other order has it, and it stays as it is.`}
          maxLength={100}
          value={number}
          onChange={setNumber}
        />
        <TextField
          label={t`Currency`}
          maxLength={3}
          error={isCurrency ? null : t`Three letters, e.g. EUR.`}
          value={currency}
          onChange={(text) => setCurrency(text.toUpperCase())}
        />
      </FieldPair>
      <OrderFields value={draft} currency={currency} onChange={setDraft} />
    </FormDialog>
  );
}
