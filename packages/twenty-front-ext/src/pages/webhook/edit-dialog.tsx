import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { UpdateWebhookDocument, WebhookDetailDocument } from '../../generated/graphql.ts';
import type { WebhookLineFragment } from '../../generated/graphql.ts';
import { WebhookFields } from '../../parts/webhooks/webhook-fields.tsx';
import type { WebhookValues } from '../../parts/webhooks/webhook-fields.tsx';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';

type Editable = WebhookValues & { readonly version: number };

interface EditDialogProps {
  readonly webhook: WebhookLineFragment;
  readonly onClose: () => void;
}

export function EditDialog({ webhook, onClose }: EditDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const { id } = webhook;
  const [seen] = useState<Editable>(() => editable(webhook));
  const [values, setValues] = useState<WebhookValues>(seen);
  const changes = changesOf<Editable>(seen, {
    ...values,
    url: values.url.trim(),
    types: values.types.toSorted(),
    version: seen.version,
  });
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<Editable>({
    read: async () => {
      const { data } = await client.query({
        query: WebhookDetailDocument,
        variables: { id },
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return editable(data.webhook);
    },
    send: async (version, { url, types, description }) => {
      const input = {
        ...(url === undefined ? {} : { url }),
        ...(types === undefined ? {} : { types: [...types] }),
        ...(description === undefined ? {} : { description: description.trim() || null }),
        version,
      };
      const { data } = await client.mutate({
        mutation: UpdateWebhookDocument,
        variables: { id, input },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return editable(data.updateWebhook);
    },
    onSaved: () => {
      snackbar.success(t`Saved`);
      onClose();
    },
  });
  const labels = { url: t`Address`, description: t`Description`, types: t`Events`, version: '' };
  const show = (field: keyof Editable, part: Partial<Editable>): string => {
    const value = part[field];
    if (typeof value === 'object') return value.length === 0 ? t`all` : value.join(', ');
    return String(value ?? '');
  };
  if (conflict !== null) {
    return (
      <ValuesConflict
        rows={conflict.fields.map((field) => ({
          label: labels[field],
          mine: show(field, conflict.changes),
          theirs: show(field, conflict.now),
        }))}
        onKeepMine={() => void keepMine()}
        onTakeTheirs={() => void takeTheirs()}
      />
    );
  }
  return (
    <FormDialog
      title={t`Edit the webhook`}
      size="medium"
      action={t`Save`}
      problem={problem}
      busy={busy}
      unfit={Object.keys(changes).length === 0}
      onSubmit={() => save(seen, changes)}
      onClose={onClose}
    >
      <WebhookFields values={values} onChange={setValues} />
    </FormDialog>
  );
}

function editable({ url, description, types, version }: WebhookLineFragment): Editable {
  return { url, description: description ?? '', types: types.toSorted(), version };
}
