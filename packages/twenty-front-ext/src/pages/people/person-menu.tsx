import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconBuildingStore,
  IconLock,
  IconLockOpen,
  IconMail,
  IconPencil,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { RenewInvitationDocument, UpdateAccountDocument } from '../../generated/graphql.ts';
import type { AccountLineFragment } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { InvitationDialog } from '../../parts/people/invitation-dialog.tsx';
import type { SentInvitation } from '../../parts/people/invitation-dialog.tsx';

interface PersonMenuProps {
  readonly person: AccountLineFragment;
  readonly own: boolean;
  readonly onEdit: () => void;
}

/** What can be done with an account. */
export function PersonMenu({ person, own, onEdit }: PersonMenuProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [renew] = useMutation(RenewInvitationDocument);
  const [update, { loading }] = useMutation(UpdateAccountDocument);
  const [blocking, setBlocking] = useState(false);
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const { id, name, status, role, memberOf } = person;
  const mayManage = useMay('company:manage');
  const isCompany = mayManage && memberOf === null && (role === 'partner' || role === 'franchisee');

  const inviteAgain = async (): Promise<void> => {
    try {
      const { data } = await renew({ variables: { id } });
      const invitation = data?.renewInvitation.invitation ?? null;
      if (invitation !== null) setSent({ name, ...invitation });
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
  };
  const setStatus = async (
    next: 'active' | 'deactivated',
    version = person.version,
  ): Promise<void> => {
    try {
      const { data } = await update({ variables: { id, input: { status: next, version } } });
      const now = data?.updateAccount.version;
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
        <MenuItem Icon={IconPencil} onSelect={onEdit}>
          {t`Edit`}
        </MenuItem>
        {isCompany && (
          <>
            <MenuItem Icon={IconBuildingStore} onSelect={() => navigate(`/company/${id}`)}>
              {t`Company`}
            </MenuItem>
            <MenuItem Icon={IconUsers} onSelect={() => navigate(`/staff/${id}`)}>
              {t`Staff`}
            </MenuItem>
          </>
        )}
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
          <Trans>All access ends at once. Deals and history stay. You can unblock later.</Trans>
        </p>
      </ConfirmDialog>
      {sent !== null && <InvitationDialog sent={sent} onClose={() => setSent(null)} />}
    </>
  );
}
