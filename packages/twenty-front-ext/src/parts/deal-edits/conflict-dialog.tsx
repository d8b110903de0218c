import { useLingui } from '@lingui/react/macro';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Format } from '../../ui/format/format.ts';
import type { DealChange, DealField } from './deal-change.ts';

/** Two people changed one field; `deal` is as the other person left it. */
export interface Conflict {
  readonly deal: EditableDealFragment;
  readonly mine: DealChange;
  readonly theirs: DealChange;
}

interface ConflictDialogProps {
  readonly conflict: Conflict | null;
  readonly onKeepMine: (conflict: Conflict) => void;
  readonly onTakeTheirs: () => void;
}

export function ConflictDialog({ conflict, onKeepMine, onTakeTheirs }: ConflictDialogProps) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useFieldNames();
  if (conflict === null) return null;
  const { mine, theirs } = conflict;
  const write = (change: DealChange): string => changeText(change, format) ?? t`empty`;
  return (
    <ValuesConflict
      rows={[{ label: names[mine.field], mine: write(mine), theirs: write(theirs) }]}
      onKeepMine={() => onKeepMine(conflict)}
      onTakeTheirs={onTakeTheirs}
    />
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
