import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import {
  OneWalletDocument,
  StatementDocument,
  TopUpDocument,
  WalletListDocument,
} from '../../generated/graphql.ts';
import { CompanyPicker } from '../../parts/companies/company-picker.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import type { Option } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { readMoney } from '../../ui/format/money-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

interface TopUpDialogProps {
  /** Whose wallet; null: it is chosen here. */
  readonly accountId: string | null;
  readonly onClose: () => void;
}

/** Records money that has come in. The number of the payment counts once, however often it is sent. */
export function TopUpDialog({ accountId, onClose }: TopUpDialogProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const snackbar = useSnackbar();
  const { currency } = useTenant();
  const { problem, busy, run } = useAttempt();
  const [topUp] = useMutation(TopUpDocument, {
    refetchQueries: [OneWalletDocument, StatementDocument, WalletListDocument],
  });
  const [company, setCompany] = useState<Option | null>(null);
  const [text, setText] = useState('');
  const [reference, setReference] = useState('');
  const [note, setNote] = useState('');
  const amount = readMoney(text, currency);
  const owner = accountId ?? company?.value ?? null;
  const isWrong = text.trim() !== '' && (amount === null || amount <= 0);

  const submit = async (): Promise<void> => {
    if (owner === null || amount === null) return;
    await run(async () => {
      const input = {
        accountId: owner,
        amount,
        reference: reference.trim(),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      };
      const { data } = await topUp({ variables: { input } });
      if (data?.topUpWallet.repeated === true)
        snackbar.info(t`This payment was recorded before. Nothing has changed.`);
      else snackbar.success(t`${money(amount, currency)} recorded`);
      onClose();
    });
  };
  return (
    <FormDialog
      title={t`Top up a wallet`}
      action={t`Record`}
      problem={problem}
      busy={busy}
      unfit={owner === null || amount === null || amount <= 0 || reference.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      {accountId === null && (
        <CompanyPicker
          label={t`Partner or franchisee`}
          required
          value={company}
          onChange={setCompany}
        />
      )}
      <TextField
        label={t`Amount, ${currency}`}
        required
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        error={isWrong ? t`This is no amount.` : null}
        value={text}
        onChange={setText}
      />
      <TextField
        label={t`Number of the payment`}
        hint={t`As your bank has it. The same number is never counted twice.`}
        required
        autoComplete="off"
        maxLength={200}
        value={reference}
        onChange={setReference}
      />
      <TextField label={t`Note`} maxLength={500} value={note} onChange={setNote} />
    </FormDialog>
  );
}
