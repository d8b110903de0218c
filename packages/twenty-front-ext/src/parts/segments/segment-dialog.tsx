import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import type { SegmentDraft } from './use-segments.ts';

interface SegmentDialogProps {
  /** Null: a new one. */
  readonly segment: SegmentDraft | null;
  readonly onSave: (draft: SegmentDraft) => Promise<void>;
  readonly onClose: () => void;
}

/** What a segment is called and who sees it. */
export function SegmentDialog({ segment, onSave, onClose }: SegmentDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(segment?.name ?? '');
  const [shared, setShared] = useState(segment?.shared ?? false);
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const failed = await run(() => onSave({ name: name.trim(), shared }));
    if (failed === null) onClose();
  };
  return (
    <Dialog
      open
      title={segment === null ? t`New segment` : t`Rename or share the segment`}
      description={t`A segment keeps the filters, not what was searched for.`}
      onClose={onClose}
    >
      <Form problem={problem} onSubmit={submit} takesFocus>
        <TextField label={t`Name`} value={name} onChange={setName} maxLength={100} required />
        <CheckboxField
          label={t`Everybody in the company sees it`}
          checked={shared}
          onChange={setShared}
        />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || name.trim() === ''}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
