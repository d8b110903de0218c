import { useMutation } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useTry } from '../../../app/data/use-try.ts';
import {
  ConnectorListDocument,
  DropConnectorDeadLettersDocument,
  ReplayConnectorDeadLettersDocument,
} from '../../../generated/graphql.ts';
import type { DeadLetterLineFragment } from '../../../generated/graphql.ts';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import styles from '../connector.module.css';

interface DeadLetterActionsProps {
  readonly connector: string;
  /** None means all of them. */
  readonly chosen: readonly DeadLetterLineFragment[];
  readonly onDone: () => void;
}

/** Records that one request names. */
const MOST = 200;

/** Tries again or forgets the chosen dead letters, or all when none is chosen. */
export function DeadLetterActions({ connector: key, chosen, onDone }: DeadLetterActionsProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const [asked, setAsked] = useState(false);
  const again = { refetchQueries: [ConnectorListDocument] };
  const [replay] = useMutation(ReplayConnectorDeadLettersDocument, again);
  const [drop] = useMutation(DropConnectorDeadLettersDocument, again);
  const all = chosen.length === 0;
  const variables = {
    key,
    ...(all
      ? {}
      : { records: chosen.slice(0, MOST).map(({ entity, key: of }) => ({ entity, key: of })) }),
  };
  const doReplay = attempt(async () => {
    const { data } = await replay({ variables });
    const count = data?.replayConnectorDeadLetters ?? 0;
    onDone();
    snackbar.success(t`Tried again: ${count}`);
  });
  const doDrop = attempt(async () => {
    const { data } = await drop({ variables });
    const count = data?.dropConnectorDeadLetters ?? 0;
    setAsked(false);
    onDone();
    snackbar.success(t`Dropped: ${count}`);
  });
  return (
    <div className={styles.bar}>
      <Button
        Icon={IconRefresh}
        title={all ? t`Try all again` : t`Try chosen again`}
        variant="secondary"
        size="small"
        disabled={busy}
        onClick={doReplay}
      />
      <Button
        Icon={IconTrash}
        title={all ? t`Drop all` : t`Drop chosen`}
        variant="secondary"
        size="small"
        disabled={busy}
        onClick={() => setAsked(true)}
      />
      <ConfirmDialog
        open={asked}
        title={all ? t`Drop all dead letters?` : t`Drop the chosen dead letters?`}
        action={t`Drop`}
        danger
        busy={busy}
        onConfirm={doDrop}
        onClose={() => setAsked(false)}
      >
        <p>
          {!all && (
            <>
              <Plural value={chosen.length} one="# is dropped." other="# are dropped." />{' '}
            </>
          )}
          <Trans>They are forgotten until their records change. This cannot be undone.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
