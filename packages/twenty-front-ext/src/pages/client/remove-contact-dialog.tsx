import { Trans, useLingui } from '@lingui/react/macro';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { ContactDetailFragment } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

interface RemoveContactDialogProps {
  readonly contact: ContactDetailFragment;
  readonly onSave: (contact: ContactDetailFragment, draft: null) => Promise<unknown>;
  readonly onClose: () => void;
}

export function RemoveContactDialog({ contact, onSave, onClose }: RemoveContactDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const name = contact.name ?? contact.email ?? contact.phone ?? t`Somebody`;
  const remove = async (): Promise<void> => {
    let changed: unknown = null;
    const failed = await run(async () => {
      changed = await onSave(contact, null);
    });
    if (failed !== null) return;
    onClose();
    if (changed === null) snackbar.success(t`Removed`);
    else snackbar.error(t`Somebody else has just changed this contact. It is still there.`);
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t`Remove ${name}?`}
      action={t`Remove`}
      busy={busy}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <FormProblem problem={problem} />
      <p>
        <Trans>The contact is deleted. This cannot be undone.</Trans>
      </p>
    </ConfirmDialog>
  );
}
