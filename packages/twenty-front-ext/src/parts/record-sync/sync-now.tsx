import { useLingui } from '@lingui/react/macro';
import { IconRefresh } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { useRequests } from '../../app/data/use-requests.ts';
import { useTry } from '../../app/data/use-try.ts';
import type { RecordSyncLineFragment } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import type { SyncedKind } from './use-record-syncs.ts';

/** Under which names KeyCRM's connector syncs records on command; a client stands for its contacts. */
const PATHS = {
  order: 'orders',
  article: 'articles',
  client: 'customers',
} as const satisfies Record<SyncedKind, string>;

/** Whether there is something to compare; other connectors look by themselves alone. */
export function isSyncedOnCommand({ connector, recordId }: RecordSyncLineFragment): boolean {
  return connector === 'keycrm' && recordId !== null;
}

interface SyncNowProps {
  readonly kind: SyncedKind;
  readonly id: string;
  /** Name of the other system. */
  readonly title: string;
  /** From now on it waits, or is done already. */
  readonly onAsked: () => void;
}

/** Lets the other system be asked at once, and both sides be compared. */
export function SyncNow({ kind, id, title, onAsked }: SyncNowProps) {
  const { t } = useLingui();
  const { request } = useRequests();
  const snackbar = useSnackbar();
  const { busy, attempt } = useTry();
  const ask = attempt(async () => {
    const path = `/api/keycrm/sync/${PATHS[kind]}/${encodeURIComponent(id)}`;
    await request(path, { method: 'POST' });
    snackbar.success(t`It is compared with ${title} now.`);
    onAsked();
  });
  return (
    <Button
      Icon={IconRefresh}
      title={t`Sync now`}
      variant="secondary"
      size="small"
      disabled={busy}
      onClick={ask}
    />
  );
}
