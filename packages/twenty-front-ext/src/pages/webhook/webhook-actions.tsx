import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  DeleteWebhookDocument,
  DeliveryListDocument,
  PauseWebhookDocument,
  ResumeWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  WebhookListDocument,
} from '../../generated/graphql.ts';
import type { WebhookLineFragment } from '../../generated/graphql.ts';
import { WebhookSecret } from '../../parts/webhooks/webhook-secret.tsx';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { MenuItem } from '../../ui/menu/menu.tsx';
import { RowMenu } from '../../ui/menu/row-menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { useTry } from '../../app/data/use-try.ts';

type Asked = 'edit' | 'rotate' | 'delete';

/** What can be done with a webhook. */
export function WebhookActions({ webhook }: { readonly webhook: WebhookLineFragment }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [pause] = useMutation(PauseWebhookDocument);
  const [resume] = useMutation(ResumeWebhookDocument);
  const [rotate] = useMutation(RotateWebhookSecretDocument);
  const [test] = useMutation(TestWebhookDocument, { refetchQueries: [DeliveryListDocument] });
  const [remove] = useMutation(DeleteWebhookDocument, { refetchQueries: [WebhookListDocument] });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const { id, url, status, version } = webhook;
  const variables = { id, version };

  const doPause = attempt(async () => {
    await pause({ variables });
    snackbar.success(t`Paused. Events are collected and sent when it goes on.`);
  });
  const doResume = attempt(async () => {
    await resume({ variables });
    snackbar.success(t`It sends again, beginning with what was collected.`);
  });
  const doTest = attempt(async () => {
    await test({ variables: { id } });
    snackbar.success(t`A test message is on its way; see below what becomes of it.`);
  });
  const doRotate = attempt(async () => {
    const { data } = await rotate({ variables });
    setAsked(null);
    setSecret(data?.rotateWebhookSecret.secret ?? null);
  });
  const doDelete = attempt(async () => {
    await remove({ variables: { id } });
    navigate('/settings/webhooks');
    snackbar.success(t`The webhook is deleted.`);
  });
  const close = (): void => setAsked(null);
  return (
    <>
      <RowMenu label={t`Actions of the webhook`}>
        <MenuItem Icon={IconPencil} onSelect={() => setAsked('edit')}>
          {t`Edit`}
        </MenuItem>
        <MenuItem Icon={IconSend} onSelect={doTest}>
          {t`Send a test message`}
        </MenuItem>
        {status === 'active' ? (
          <MenuItem Icon={IconPlayerPause} onSelect={doPause}>
            {t`Pause`}
          </MenuItem>
        ) : (
          <MenuItem Icon={IconPlayerPlay} onSelect={doResume}>
            {t`Resume`}
          </MenuItem>
        )}
        <MenuItem Icon={IconRotate} onSelect={() => setAsked('rotate')}>
          {t`New secret`}
        </MenuItem>
        <MenuItem Icon={IconTrash} danger onSelect={() => setAsked('delete')}>
          {t`Delete`}
        </MenuItem>
      </RowMenu>
      {asked === 'edit' && <EditDialog webhook={webhook} onClose={close} />}
      <ConfirmDialog
        open={asked === 'rotate'}
        title={t`Make a new secret?`}
        action={t`New secret`}
        busy={busy}
        onConfirm={doRotate}
        onClose={close}
      >
        <p>
          <Trans>For a day both secrets sign, so that the receiver can change over.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'}
        title={t`Delete the webhook?`}
        action={t`Delete`}
        danger
        busy={busy}
        onConfirm={doDelete}
        onClose={close}
      >
        <p>
          <Trans>
            {url} gets nothing any more, and what waits for it is lost. This cannot be undone.
          </Trans>
        </p>
      </ConfirmDialog>
      {secret !== null && <WebhookSecret secret={secret} renewed onClose={() => setSecret(null)} />}
    </>
  );
}
