import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { AccountListDocument, InviteAccountDocument } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { AccountFields } from './account-fields.tsx';
import type { AccountValues } from './account-fields.tsx';
import { InvitationDialog } from '../../parts/people/invitation-dialog.tsx';
import type { SentInvitation } from '../../parts/people/invitation-dialog.tsx';

/** A new account: the person gets a letter and chooses a password. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const tenant = useTenant();
  const { problem, busy, run } = useAttempt();
  const [invite] = useMutation(InviteAccountDocument, { refetchQueries: [AccountListDocument] });
  const [email, setEmail] = useState('');
  const [values, setValues] = useState<AccountValues>({
    name: '',
    role: 'employee',
    locale: tenant.locale,
  });
  const [sent, setSent] = useState<SentInvitation | null>(null);

  const submit = async (): Promise<void> => {
    const name = values.name.trim();
    await run(async () => {
      const { data } = await invite({
        variables: { input: { ...values, name, email: email.trim() } },
      });
      const invitation = data?.inviteAccount.invitation ?? null;
      if (invitation === null) onClose();
      else setSent({ name, ...invitation });
    });
  };
  if (sent !== null) return <InvitationDialog sent={sent} onClose={onClose} />;
  return (
    <FormDialog
      title={t`Invite a person`}
      action={t`Invite`}
      problem={problem}
      busy={busy}
      unfit={email.trim() === '' || values.name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`E-mail`}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={setEmail}
      />
      <AccountFields values={values} onChange={setValues} />
    </FormDialog>
  );
}
