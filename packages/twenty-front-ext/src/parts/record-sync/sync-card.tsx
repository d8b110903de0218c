import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import type { RecordSyncLineFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useRefusalText } from '../connectors/refusal-texts.ts';
import { isSyncedOnCommand, SyncNow } from './sync-now.tsx';
import { SyncStateTag } from './sync-state.tsx';
import { useRecordSyncs } from './use-record-syncs.ts';
import type { SyncedKind } from './use-record-syncs.ts';
import styles from './record-sync.module.css';

interface SyncCardProps {
  readonly kind: SyncedKind;
  readonly id: string;
  /** Another one when the record has changed. */
  readonly revision: number;
}

/** How one record is in each other system; nothing while no system has such records. */
export function SyncCard({ kind, id, revision }: SyncCardProps) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(0);
  const lines = useRecordSyncs(kind, [id], revision + asked).get(id) ?? [];
  const mayManage = useMay('tenant:manage');
  if (lines.length === 0) return null;
  const onCommand = lines.find(isSyncedOnCommand);
  return (
    <Card
      title={t`In other systems`}
      action={
        mayManage &&
        onCommand !== undefined && (
          <SyncNow
            kind={kind}
            id={id}
            title={onCommand.title}
            onAsked={() => setAsked((times) => times + 1)}
          />
        )
      }
    >
      <ul className={styles.list}>
        {lines.map((line) => (
          <SyncLine key={line.connector} line={line} />
        ))}
      </ul>
    </Card>
  );
}

function SyncLine({
  line: { entity, recordId, connector, title, remoteId, state, error, lastSyncedAt },
}: {
  readonly line: RecordSyncLineFragment;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const reasonOf = useRefusalText();
  const mayManage = useMay('tenant:manage');
  const at = lastSyncedAt === null ? null : format.dateTime(lastSyncedAt);
  const query = new URLSearchParams({ of: entity ?? '', record: recordId ?? '' }).toString();
  const unknown = t`The other system does not take it. The history says why.`;
  return (
    <li className={styles.line}>
      <span className={styles.name}>{title}</span>
      <span role="status">
        <SyncStateTag state={state} />
      </span>
      {remoteId !== null && <span className={styles.quiet}>{t`There: ${remoteId}`}</span>}
      {at !== null && <span className={styles.quiet}>{t`Equal on ${at}`}</span>}
      {mayManage && recordId !== null && (
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
