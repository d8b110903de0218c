import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { ComparedValues } from '../compared-values/compared-values.tsx';
import { Dialog, DialogActions } from '../dialog/dialog.tsx';

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
      <ComparedValues
        owners={[t`Yours`, t`Theirs`]}
        rows={rows.map(({ label, mine, theirs }) => ({
          key: label,
          label,
          values: [mine, theirs] as const,
        }))}
      />
      <DialogActions>
        <Button title={t`Keep theirs`} variant="secondary" onClick={onTakeTheirs} />
        <Button title={t`Save mine`} variant="primary" accent="blue" onClick={onKeepMine} />
      </DialogActions>
    </Dialog>
  );
}
