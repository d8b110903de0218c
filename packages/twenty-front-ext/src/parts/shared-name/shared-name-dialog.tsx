import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** What people say of something that they keep for themselves or for everybody. */
export interface SharedName {
  readonly name: string;
  readonly shared: boolean;
}

interface SharedNameDialogProps {
  readonly title: string;
  readonly description: string;
  /** Null: of something new. */
  readonly before: SharedName | null;
  readonly onSave: (now: SharedName) => Promise<void>;
  readonly onClose: () => void;
}

/** What a segment or a view is called, and who sees it. */
export function SharedNameDialog({
  title,
  description,
  before,
  onSave,
  onClose,
}: SharedNameDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(before?.name ?? '');
  const [shared, setShared] = useState(before?.shared ?? false);
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const failed = await run(() => onSave({ name: name.trim(), shared }));
    if (failed === null) onClose();
  };
  return (
    <FormDialog
      title={title}
      description={description}
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t`Name`} value={name} onChange={setName} maxLength={100} required />
      <CheckboxField
        label={t`Everybody in the company sees it`}
        checked={shared}
        onChange={setShared}
      />
    </FormDialog>
  );
}
