import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CreateWebhookDocument, WebhookListDocument } from '../../generated/graphql.ts';
import { WebhookFields } from '../../parts/webhooks/webhook-fields.tsx';
import type { WebhookValues } from '../../parts/webhooks/webhook-fields.tsx';
import { WebhookSecret } from '../../parts/webhooks/webhook-secret.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';

export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateWebhookDocument, { refetchQueries: [WebhookListDocument] });
  const [values, setValues] = useState<WebhookValues>({ url: '', description: '', types: [] });
  const [secret, setSecret] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    const description = values.description.trim();
    const input = {
      url: values.url.trim(),
      types: [...values.types],
      ...(description === '' ? {} : { description }),
    };
    await run(async () => {
      const { data } = await create({ variables: { input } });
      setSecret(data?.createWebhook.secret ?? null);
    });
  };
  if (secret !== null) return <WebhookSecret secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={t`New webhook`}
      size="medium"
      action={t`Create`}
      problem={problem}
      busy={busy}
      unfit={values.url.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <WebhookFields values={values} onChange={setValues} />
    </FormDialog>
  );
}
