import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { Dialog } from '../dialog/dialog.tsx';
import styles from './values-conflict.module.css';

export interface ConflictRow {
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

interface ValuesConflictProps {
  readonly rows: readonly ConflictRow[];
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Two people changed the same values: both are shown, and the person chooses. */
export function ValuesConflict({ rows, onKeepMine, onTakeTheirs }: ValuesConflictProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      size="medium"
      title={t`Somebody else changed this`}
      description={t`While you were editing, another person saved other values. Which ones shall stay?`}
      onClose={null}
    >
      <table className={styles.values}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t`Field`}</span>
            </th>
            <th scope="col">
              <Trans>Yours</Trans>
            </th>
            <th scope="col">
              <Trans>Theirs</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, mine, theirs }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.actions}>
        <Button title={t`Keep theirs`} variant="secondary" onClick={onTakeTheirs} />
        <Button title={t`Save mine`} variant="primary" accent="blue" onClick={onKeepMine} />
      </div>
    </Dialog>
  );
}
