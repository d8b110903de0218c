import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { DecideReturnDocument, ReturnListDocument } from '../../generated/graphql.ts';
import type { ReturnLineFragment, ReturnVerdict } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

interface DecideDialogProps {
  readonly line: ReturnLineFragment;
  readonly onClose: () => void;
}

/** The verdict on a return. It is final, and both sides read why. */
export function DecideDialog({ line, onClose }: DecideDialogProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [decide] = useMutation(DecideReturnDocument, { refetchQueries: [ReturnListDocument] });
  const [verdict, setVerdict] = useState<ReturnVerdict | ''>('');
  const [note, setNote] = useState('');
  const price = money(line.price, line.currency);
  const hints = {
    '': t`It cannot be changed later.`,
    accepted: t`${price} goes back to the buyer, and the lead to who brought it.`,
    rejected: t`The lead stays with the buyer, and the money with the seller.`,
  };
  const submit = async (): Promise<void> => {
    if (verdict === '') return;
    const variables = { id: line.id, verdict, note: note.trim() };
    const refused = await run(async () => void (await decide({ variables })));
    if (refused !== null) return;
    snackbar.success(
      verdict === 'accepted' ? t`The return is accepted.` : t`The return is refused.`,
    );
    onClose();
  };
  return (
    <FormDialog
      title={t`Decide on the return`}
      description={line.comment}
      action={t`Decide`}
      problem={problem}
      busy={busy}
      unfit={verdict === '' || note.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={t`Verdict`}
        hint={hints[verdict]}
        value={verdict}
        options={[
          { value: '', label: t`Choose …` },
          { value: 'accepted', label: t`Accept the return` },
          { value: 'rejected', label: t`Refuse the return` },
        ]}
        onChange={setVerdict}
      />
      <TextArea
        label={t`Why`}
        hint={t`Both sides read it.`}
        required
        maxLength={2_000}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
