import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import type { RegistrationLineFragment } from '../../generated/graphql.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
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
    <Dialog open title={t`Reject ${title}`} onClose={onClose}>
      <Form problem={problem} onSubmit={submit}>
        <TextArea
          label={t`Reason`}
          hint={t`The applicant reads it in a letter.`}
          required
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Reject`}
            variant="primary"
            accent="danger"
            disabled={busy || reason.trim() === ''}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
