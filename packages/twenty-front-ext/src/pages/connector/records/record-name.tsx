import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { historyPath } from '../history/history-filter.ts';
import { dealOf } from './deal-of.ts';
import { useRecordTexts } from './record-texts.ts';
import styles from '../connector.module.css';

interface RecordNameProps {
  readonly connector: string;
  readonly record: {
    readonly entity: string;
    readonly localId: string | null;
    readonly remoteId: string | null;
  };
  /** Names of deals that are known. */
  readonly names: ReadonlyMap<string, string | null>;
  /** Its history is what is shown. */
  readonly alone?: boolean;
}

/** Which record it is: a link to the deal where it is one, and to what was done with it. */
export function RecordName({ connector, record, names, alone = false }: RecordNameProps) {
  const { t } = useLingui();
  const texts = useRecordTexts();
  const { entity, localId, remoteId } = record;
  const deal = dealOf(record);
  const name = (deal === null ? null : names.get(deal)) ?? localId ?? remoteId ?? '–';
  return (
    <div className={styles.record}>
      <span className={styles.kind}>{texts.one(entity)}</span>
      {deal !== null ? <Link to={`/deals/${deal}`}>{name}</Link> : <span>{name}</span>}
      {localId !== null && !alone && (
        <Link className={styles.more} to={historyPath(connector, { entity, record: localId })}>
          {t`Its history`}
          <span className="visually-hidden">: {name}</span>
        </Link>
      )}
    </div>
  );
}
