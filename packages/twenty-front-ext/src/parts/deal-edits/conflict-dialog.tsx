import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Format } from '../../ui/format/format.ts';
import type { DealChange, DealField } from './deal-change.ts';
import styles from './deal-edits.module.css';

/** Two people changed one field; `deal` is as the other person left it. */
export interface Conflict {
  readonly deal: EditableDealFragment;
  readonly mine: DealChange;
  readonly theirs: DealChange;
}

interface ConflictDialogProps {
  readonly conflict: Conflict | null;
  readonly onKeepMine: (conflict: Conflict) => void;
  readonly onClose: () => void;
}

export function ConflictDialog({ conflict, onKeepMine, onClose }: ConflictDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open={conflict !== null}
      title={t`Somebody else changed this`}
      size="medium"
      onClose={onClose}
    >
      {conflict !== null && (
        <>
          <p>
            <Trans>
              While you were editing, another person saved a value. Which one shall stay?
            </Trans>
          </p>
          <ConflictValues conflict={conflict} />
          <div className={styles.actions}>
            <Button title={t`Keep theirs`} variant="secondary" onClick={onClose} />
            <Button
              title={t`Save mine`}
              variant="primary"
              accent="blue"
              onClick={() => onKeepMine(conflict)}
            />
          </div>
        </>
      )}
    </Dialog>
  );
}

function ConflictValues({ conflict: { mine, theirs } }: { readonly conflict: Conflict }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useFieldNames();
  const write = (change: DealChange): string => changeText(change, format) ?? t`empty`;
  return (
    <table className={styles.values}>
      <caption className="visually-hidden">{names[mine.field]}</caption>
      <tbody>
        <tr>
          <th scope="row">
            <Trans>{names[mine.field]}, yours</Trans>
          </th>
          <td>{write(mine)}</td>
        </tr>
        <tr>
          <th scope="row">
            <Trans>{names[theirs.field]}, theirs</Trans>
          </th>
          <td>{write(theirs)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Names of the fields that people own. */
export function useFieldNames(): Readonly<Record<DealField, string>> {
  const { t } = useLingui();
  return { name: t`Name`, amount: t`Amount`, owner: t`Owner`, client: t`Client` };
}

/** The value of a change in words; null when it empties the field. */
function changeText(change: DealChange, format: Format): string | null {
  switch (change.field) {
    case 'name':
      return change.value;
    case 'amount':
      return change.value === null
        ? null
        : format.money(change.value.amount, change.value.currency);
    case 'owner':
    case 'client':
      return change.value?.name ?? null;
  }
}
