import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { EditStaffDocument, StaffListDocument } from '../../generated/graphql.ts';
import type { StaffLineFragment } from '../../generated/graphql.ts';
import { PersonNameField } from '../../parts/people/person-name-field.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
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
    <FormDialog
      title={t`Rename ${person.name}`}
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={name.trim() === '' || name.trim() === person.name}
      onSubmit={submit}
      onClose={onClose}
    >
      <PersonNameField value={name} onChange={setName} />
    </FormDialog>
  );
}
