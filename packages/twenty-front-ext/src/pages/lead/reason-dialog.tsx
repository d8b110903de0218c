import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface ReasonDialogProps {
  /** Of the status. */
  readonly title: string;
  readonly onMove: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Why a lead is moved, where the tenant wants to know it. */
export function ReasonDialog({ title, onMove, onClose }: ReasonDialogProps) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const failed = await run(() => onMove(reason.trim()));
    if (failed === null) onClose();
  };
  return (
    <FormDialog
      title={t`Move to ${title}`}
      action={t`Move`}
      problem={problem}
      busy={busy}
      unfit={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t`Reason`} required maxLength={200} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
