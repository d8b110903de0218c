import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useLanguage } from '../../app/i18n/i18n.tsx';
import { InviteStaffDocument, StaffListDocument } from '../../generated/graphql.ts';
import { InvitationDialog } from '../../parts/people/invitation-dialog.tsx';
import type { SentInvitation } from '../../parts/people/invitation-dialog.tsx';
import { PersonNameField } from '../../parts/people/person-name-field.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface InviteDialogProps {
  readonly companyId: string | null;
  readonly onClose: () => void;
}

/** Somebody new in the company: the person gets a letter and chooses a password. */
export function InviteDialog({ companyId, onClose }: InviteDialogProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { problem, busy, run } = useAttempt();
  const [invite] = useMutation(InviteStaffDocument, { refetchQueries: [StaffListDocument] });
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [sent, setSent] = useState<SentInvitation | null>(null);

  const submit = async (): Promise<void> => {
    const person = { name: name.trim(), email: email.trim(), locale: language };
    await run(async () => {
      const { data } = await invite({ variables: { input: { companyId, ...person } } });
      const invitation = data?.inviteStaff.invitation ?? null;
      if (invitation === null) onClose();
      else setSent({ name: person.name, ...invitation });
    });
  };
  if (sent !== null) return <InvitationDialog sent={sent} onClose={onClose} />;
  return (
    <FormDialog
      title={t`Invite somebody`}
      action={t`Invite`}
      problem={problem}
      busy={busy}
      unfit={email.trim() === '' || name.trim() === ''}
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
      <PersonNameField value={name} onChange={setName} />
    </FormDialog>
  );
}
