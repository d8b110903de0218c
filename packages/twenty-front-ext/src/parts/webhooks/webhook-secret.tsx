import { useLingui } from '@lingui/react/macro';
import { SecretDialog } from '../../ui/secret/secret-dialog.tsx';

interface WebhookSecretProps {
  readonly secret: string;
  /** Another secret signs as well for a day. */
  readonly renewed?: boolean;
  readonly onClose: () => void;
}

/** The secret with which the receiver checks the signature. */
export function WebhookSecret({ secret, renewed = false, onClose }: WebhookSecretProps) {
  const { t } = useLingui();
  return (
    <SecretDialog
      title={renewed ? t`New signing secret` : t`The webhook is ready`}
      text={
        renewed
          ? t`Give it to the receiver now: it is shown only this once. The old one signs as well for a day.`
          : t`Give the receiver this secret to check signatures with. It is shown only this once.`
      }
      values={[{ label: t`Signing secret`, value: secret }]}
      onClose={onClose}
    />
  );
}
