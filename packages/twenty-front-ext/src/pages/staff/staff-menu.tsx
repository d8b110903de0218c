import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock, IconLockOpen, IconMail, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import {
  EditStaffDocument,
  RenewStaffInvitationDocument,
  StaffListDocument,
} from '../../generated/graphql.ts';
import type { StaffLineFragment } from '../../generated/graphql.ts';
import { InvitationDialog } from '../../parts/people/invitation-dialog.tsx';
import type { SentInvitation } from '../../parts/people/invitation-dialog.tsx';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';

interface StaffMenuProps {
  readonly person: StaffLineFragment;
  readonly companyId: string | null;
  readonly own: boolean;
  readonly onRename: () => void;
}

/** What can be done with somebody of the staff. */
export function StaffMenu({ person, companyId, own, onRename }: StaffMenuProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [renew] = useMutation(RenewStaffInvitationDocument);
  const [edit, { loading }] = useMutation(EditStaffDocument, {
    refetchQueries: [StaffListDocument],
    awaitRefetchQueries: true,
  });
  const [blocking, setBlocking] = useState(false);
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const { id, name, status, version } = person;

  const inviteAgain = async (): Promise<void> => {
    try {
      const { data } = await renew({ variables: { id, companyId } });
      const invitation = data?.renewStaffInvitation.invitation ?? null;
      if (invitation !== null) setSent({ name, ...invitation });
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
  };
  const setStatus = async (next: 'active' | 'deactivated', seen = version): Promise<void> => {
    try {
      const input = { status: next, version: seen, companyId };
      const { data } = await edit({ variables: { id, input } });
      const now = data?.editStaff.version;
      if (next === 'active') snackbar.success(t`${name} can sign in again.`);
      else
        snackbar.success(t`${name} is blocked.`, {
          label: t`Undo`,
          run: () => void setStatus('active', now),
        });
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
    setBlocking(false);
  };
  return (
    <>
      <RowMenu label={t`Actions of ${name}`}>
        <MenuItem Icon={IconPencil} onSelect={onRename}>
          {t`Rename`}
        </MenuItem>
        {status === 'invited' && (
          <MenuItem Icon={IconMail} onSelect={() => void inviteAgain()}>
            {t`Invite again`}
          </MenuItem>
        )}
        {status === 'deactivated' ? (
          <MenuItem Icon={IconLockOpen} onSelect={() => void setStatus('active')}>
            {t`Unblock`}
          </MenuItem>
        ) : (
          <MenuItem Icon={IconLock} danger disabled={own} onSelect={() => setBlocking(true)}>
            {t`Block`}
          </MenuItem>
        )}
      </RowMenu>
      <ConfirmDialog
        open={blocking}
        title={t`Block ${name}?`}
        action={t`Block`}
        danger
        busy={loading}
        onConfirm={() => void setStatus('deactivated')}
        onClose={() => setBlocking(false)}
      >
        <p>
          <Trans>
            All access ends at once. Deals and leads stay with the company. You can unblock later.
          </Trans>
        </p>
      </ConfirmDialog>
      {sent !== null && <InvitationDialog sent={sent} onClose={() => setSent(null)} />}
    </>
  );
}
