import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlugOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import { ConnectorListDocument, DisconnectConnectorDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { Card } from '../../../ui/card/card.tsx';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import styles from '../connector.module.css';

/** Forgets the connector; the records of both sides stay. */
export function Disconnect({
  connector: { key, title },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [asked, setAsked] = useState(false);
  const [disconnect] = useMutation(DisconnectConnectorDocument, {
    refetchQueries: [ConnectorListDocument],
  });
  const run = attempt(async () => {
    await disconnect({ variables: { key } });
    navigate('/settings/connectors');
    snackbar.success(t`${title} is disconnected.`);
  });
  return (
    <Card
      title={t`Disconnect`}
      action={
        <Button
          Icon={IconPlugOff}
          title={t`Disconnect`}
          variant="secondary"
          size="small"
          onClick={() => setAsked(true)}
        />
      }
    >
      <p className={styles.text}>
        {t`Nothing is kept equal any more. The records of both sides stay as they are.`}
      </p>
      <ConfirmDialog
        open={asked}
        title={t`Disconnect ${title}?`}
        action={t`Disconnect`}
        danger
        busy={busy}
        onConfirm={run}
        onClose={() => setAsked(false)}
      >
        <p>
          <Trans>
            Settings, keys, what is linked and what waits are forgotten. The records of both sides
            stay. This cannot be undone.
          </Trans>
        </p>
      </ConfirmDialog>
    </Card>
  );
}
