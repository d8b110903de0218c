import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../../ui/format/use-format.tsx';
import { SecretDialog } from '../../ui/secret/secret-dialog.tsx';

export interface SentInvitation {
  readonly name: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** The link of an invitation, for where mail does not come. */
export function InvitationDialog({
  sent: { name, token, expiresAt },
  onClose,
}: {
  readonly sent: SentInvitation;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const until = dateTime(expiresAt);
  return (
    <SecretDialog
      title={t`${name} is invited`}
      text={t`A letter with this link is on its way. If it does not come, hand the link over yourself: it is shown only now and holds until ${until}.`}
      values={[
        {
          label: t`Link`,
          value: `${location.origin}/invitation?token=${encodeURIComponent(token)}`,
        },
      ]}
      onClose={onClose}
    />
  );
}
