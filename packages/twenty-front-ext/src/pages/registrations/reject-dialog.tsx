import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { RegistrationLineFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { titleOf } from './title-of.ts';
import { useDecision } from './use-decision.ts';

interface DialogProps {
  readonly registration: RegistrationLineFragment;
  readonly onClose: () => void;
}

/** Why somebody is not taken; the applicant reads it. */
export function RejectDialog({ registration, onClose }: DialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { problem, busy, decide } = useDecision(registration);
  const [reason, setReason] = useState('');
  const title = titleOf(registration) ?? t`this registration`;

  const submit = (): Promise<void> =>
    decide({ decision: 'reject', reason: reason.trim() }, () => {
      snackbar.success(t`Rejected. A letter with the reason is on its way.`);
      onClose();
    });
  return (
    <FormDialog
      title={t`Reject ${title}`}
      action={t`Reject`}
      danger
      problem={problem}
      busy={busy}
      unfit={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea
        label={t`Reason`}
        hint={t`The applicant reads it in a letter.`}
        required
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
