import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { DataColumn, DataRow } from '../../ui/data-table/columns.ts';
import { SyncStateTag, useSyncStates } from './sync-state.tsx';
import type { RecordSyncs } from './use-record-syncs.ts';
import styles from './record-sync.module.css';

/** How each record of a list is in other systems; no column while no system has them. */
export function useSyncColumn<Row extends DataRow>(syncs: RecordSyncs): readonly DataColumn<Row>[] {
  const { t } = useLingui();
  const { synced, pending, error, apart } = useSyncStates();
  return useMemo(() => {
    const states = { synced, pending, error, apart };
    const has = [...syncs.values()].some((lines) => lines.length > 0);
    if (!has) return [];
    return [
      {
        key: 'sync',
        title: t`Sync`,
        width: 165,
        text: ({ id }) =>
          (syncs.get(id) ?? []).map(({ title, state }) => `${title}: ${states[state]}`).join(', '),
        cell: ({ id }) => (
          <span className={styles.systems}>
            {(syncs.get(id) ?? []).map(({ connector, title, state }) => (
              <span key={connector} className={styles.system}>
                {title} <SyncStateTag state={state} />
              </span>
            ))}
          </span>
        ),
      },
    ];
  }, [t, syncs, synced, pending, error, apart]);
}
