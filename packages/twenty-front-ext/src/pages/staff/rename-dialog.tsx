import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { EditStaffDocument, StaffListDocument } from '../../generated/graphql.ts';
import type { StaffLineFragment } from '../../generated/graphql.ts';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

interface RenameDialogProps {
  readonly person: StaffLineFragment;
  readonly companyId: string | null;
  readonly onClose: () => void;
}

/** Another name for somebody of the staff. */
export function RenameDialog({ person, companyId, onClose }: RenameDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const [edit] = useMutation(EditStaffDocument, { refetchQueries: [StaffListDocument] });
  const [name, setName] = useState(person.name);
  const { id, version } = person;

  const submit = async (): Promise<void> => {
    const input = { companyId, version, name: name.trim() };
    const refused = await run(async () => void (await edit({ variables: { id, input } })));
    if (refused !== null) return;
    snackbar.success(t`Saved`);
    onClose();
  };
  return (
    <Dialog open title={t`Rename ${person.name}`} onClose={onClose}>
      <Form problem={problem} takesFocus onSubmit={submit}>
        <TextField label={t`Name`} required maxLength={200} value={name} onChange={setName} />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || name.trim() === '' || name.trim() === person.name}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
