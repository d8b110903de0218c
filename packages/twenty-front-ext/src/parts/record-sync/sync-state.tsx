import { useLingui } from '@lingui/react/macro';
import { Tag } from 'twenty-ui/data-display';
import type { RecordSyncState } from '../../generated/graphql.ts';

const COLORS = { synced: 'green', pending: 'yellow', error: 'red', apart: 'gray' } as const;

/** How a record is in another system, in words. */
export function useSyncStates(): Readonly<Record<RecordSyncState, string>> {
  const { t } = useLingui();
  return {
    synced: t({ message: 'Synced', context: 'a record' }),
    pending: t({ message: 'Waits', context: 'a record' }),
    error: t({ message: 'Error', context: 'a record' }),
    apart: t({ message: 'Not there', context: 'a record' }),
  };
}

export function SyncStateTag({ state }: { readonly state: RecordSyncState }) {
  const states = useSyncStates();
  return <Tag color={COLORS[state]} text={states[state]} />;
}
