import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import type { CatalogueKind, RecordSyncLineFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useRefusalText } from '../connectors/refusal-texts.ts';
import { SyncStateTag } from './sync-state.tsx';
import { useRecordSyncs } from './use-record-syncs.ts';
import styles from './record-sync.module.css';

interface SyncCardProps {
  readonly kind: CatalogueKind;
  readonly id: string;
  /** Another one when the record has changed. */
  readonly revision: number;
}

/** How one record is in each other system; nothing while no system has such records. */
export function SyncCard({ kind, id, revision }: SyncCardProps) {
  const { t } = useLingui();
  const lines = useRecordSyncs(kind, [id], revision).get(id) ?? [];
  if (lines.length === 0) return null;
  return (
    <Card title={t`In other systems`}>
      <ul className={styles.list}>
        {lines.map((line) => (
          <SyncLine key={line.connector} kind={kind} line={line} />
        ))}
      </ul>
    </Card>
  );
}

function SyncLine({
  kind,
  line: { id, connector, title, remoteId, state, error, lastSyncedAt },
}: {
  readonly kind: CatalogueKind;
  readonly line: RecordSyncLineFragment;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const reasonOf = useRefusalText();
  const mayManage = useMay('tenant:manage');
  const at = lastSyncedAt === null ? null : format.dateTime(lastSyncedAt);
  const query = new URLSearchParams({ of: kind, record: id }).toString();
  const unknown = t`The other system does not take it. The history says why.`;
  return (
    <li className={styles.line}>
      <span className={styles.name}>{title}</span>
      <span role="status">
        <SyncStateTag state={state} />
      </span>
      {remoteId !== null && <span className={styles.quiet}>{t`There: ${remoteId}`}</span>}
      {at !== null && <span className={styles.quiet}>{t`Equal on ${at}`}</span>}
      {mayManage && (
        <Link to={`/settings/connectors/${encodeURIComponent(connector)}/history?${query}`}>
          {t`Its history`}
          <span className="visually-hidden">: {title}</span>
        </Link>
      )}
      {error !== null && (
        <p className={styles.error}>
          {reasonOf({ code: error, reason: unknown })} <code>{error}</code>
        </p>
      )}
    </li>
  );
}
