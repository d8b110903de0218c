import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
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
    <Dialog open title={t`Move to ${title}`} onClose={onClose}>
      <Form problem={problem} onSubmit={submit} takesFocus>
        <TextField label={t`Reason`} required maxLength={200} value={reason} onChange={setReason} />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Move`}
            variant="primary"
            accent="blue"
            disabled={busy || reason.trim() === ''}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
