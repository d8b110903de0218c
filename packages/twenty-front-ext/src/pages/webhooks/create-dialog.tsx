import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CreateWebhookDocument, WebhookListDocument } from '../../generated/graphql.ts';
import { WebhookFields } from '../../parts/webhooks/webhook-fields.tsx';
import type { WebhookValues } from '../../parts/webhooks/webhook-fields.tsx';
import { WebhookSecret } from '../../parts/webhooks/webhook-secret.tsx';
import { Dialog, DialogActions } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';

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
    <Dialog open title={t`New webhook`} size="medium" onClose={onClose}>
      <Form problem={problem} takesFocus onSubmit={submit}>
        <WebhookFields values={values} onChange={setValues} />
        <DialogActions>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Create`}
            variant="primary"
            accent="blue"
            disabled={busy || values.url.trim() === ''}
          />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
