import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import { ResyncConnectorDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { ResyncBar } from '../../../parts/connectors/resync-bar.tsx';
import { isResyncing } from '../../../parts/connectors/resync.ts';
import { Card } from '../../../ui/card/card.tsx';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import styles from '../connector.module.css';

/** Compares all records anew, and shows how far that has come. */
export function ResyncCard({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const { dateTime, number } = useFormat();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [asked, setAsked] = useState(false);
  const [resync] = useMutation(ResyncConnectorDocument);
  const { key, title, resync: last, state } = connector;
  const underWay = isResyncing(connector);
  const begin = attempt(async () => {
    await resync({ variables: { key } });
    setAsked(false);
    snackbar.success(t`All records of both sides are compared anew.`);
  });
  const at = last === null ? '' : dateTime(last.startedAt);
  const [marked, found] = [number(last?.marked ?? 0), number(last?.found ?? 0)];
  return (
    <Card
      title={t`Full resync`}
      action={
        <Button
          Icon={IconRefresh}
          title={t`Compare everything`}
          variant="secondary"
          size="small"
          disabled={busy || underWay}
          onClick={() => setAsked(true)}
        />
      }
    >
      <div role="status">
        {underWay && <ResyncBar connector={connector} />}
        {underWay && state !== 'running' && (
          <p className={styles.text}>{t`It goes on when the connector runs again.`}</p>
        )}
        {!underWay && last !== null && (
          <p className={styles.text}>
            <Trans>
              The last one began on {at} and is done. It compared {marked} records of MaK, and found{' '}
              {found} new or changed ones in {title}.
            </Trans>
          </p>
        )}
        {last === null && <p className={styles.text}>{t`There has been none yet.`}</p>}
      </div>
      <ConfirmDialog
        open={asked}
        title={t`Compare everything anew?`}
        action={t`Compare everything`}
        busy={busy}
        onConfirm={begin}
        onClose={() => setAsked(false)}
      >
        <p>
          <Trans>
            All records of MaK and of {title} are read and compared, and what differs is put right
            by the rules of the fields. Edits of people go before it.
          </Trans>
        </p>
      </ConfirmDialog>
    </Card>
  );
}
