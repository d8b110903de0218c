import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import {
  OneWalletDocument,
  ReverseTopUpDocument,
  StatementDocument,
  WalletListDocument,
} from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import type { StatementLine } from './statement.tsx';

interface ReverseDialogProps {
  readonly line: StatementLine;
  readonly currency: string;
  readonly onClose: () => void;
}

/** Takes back a top-up that was a mistake; the entry stays, and another one stands against it. */
export function ReverseDialog({ line, currency, onClose }: ReverseDialogProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [note, setNote] = useState('');
  const [reverse] = useMutation(ReverseTopUpDocument, {
    refetchQueries: [OneWalletDocument, StatementDocument, WalletListDocument],
  });
  const submit = async (): Promise<void> => {
    const variables = { entryId: line.entryId, note: note.trim() };
    const refused = await run(async () => void (await reverse({ variables })));
    if (refused !== null) return;
    snackbar.success(t`The top-up is taken back.`);
    onClose();
  };
  return (
    <FormDialog
      title={t`Take back ${money(line.amount, currency)}?`}
      description={t`If the money is spent already, the wallet is in debt.`}
      action={t`Take back`}
      danger
      problem={problem}
      busy={busy}
      unfit={note.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t`Why`} required maxLength={500} value={note} onChange={setNote} />
    </FormDialog>
  );
}
