import { useLingui } from '@lingui/react/macro';
import { useSession } from '../../../app/session/session-context.ts';
import { SecretDialog } from '../../../ui/secret/secret-dialog.tsx';

/** Where KeyCRM has to send its messages; a part of the addresses is secret. */
export function KeyCrmAddresses({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { membership } = useSession();
  const address = (event: string): string =>
    `${window.location.origin}/api/keycrm/webhook/${event}/${membership.tenant}/${secret}`;
  return (
    <SecretDialog
      title={t`Addresses for messages of KeyCRM`}
      text={t`In KeyCRM, under automation, make a trigger for each, without conditions, that sends a webhook by POST to the address. Copy them now: they are shown only this once. Without them changes are found by asking alone. A new API key brings new ones.`}
      values={[
        { label: t`Order status changed`, value: address('order-updated') },
        { label: t`Payment status changed`, value: address('payment-updated') },
        { label: t`Lead status changed`, value: address('lead-updated') },
      ]}
      onClose={onClose}
    />
  );
}
