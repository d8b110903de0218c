import { useLingui } from '@lingui/react/macro';
import type { DeadLetterLineFragment } from '../../../generated/graphql.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { Table } from '../../../ui/table/table.tsx';
import { dealOf } from '../records/deal-of.ts';
import { RecordName } from '../records/record-name.tsx';
import { Refusal } from '../records/refusal.tsx';
import { useDealNames } from '../records/use-deal-names.ts';
import styles from '../connector.module.css';

interface DeadLetterTableProps {
  readonly connector: string;
  readonly letters: readonly DeadLetterLineFragment[];
  /** By `idOf`. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** What names a dead letter among all of a connector. */
export function idOf({ entity, key }: Pick<DeadLetterLineFragment, 'entity' | 'key'>): string {
  return `${entity} ${key}`;
}

export function DeadLetterTable({ connector, letters, chosen, onChoose }: DeadLetterTableProps) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const names = useDealNames(letters.flatMap((letter) => dealOf(letter) ?? []));
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <div className={styles.list}>
      <Table label={t`Dead letters`} head={[t`Chosen`, t`Which record`, t`Why`, t`Since`]}>
        {letters.map((letter) => {
          const id = idOf(letter);
          const name = names.get(dealOf(letter) ?? '') ?? letter.localId ?? letter.key;
          return (
            <tr key={id}>
              <td>
                <CheckboxField
                  label={<span className="visually-hidden">{t`Choose ${name}`}</span>}
                  checked={chosen.has(id)}
                  onChange={(on) => toggle(id, on)}
                />
              </td>
              <td>
                <RecordName connector={connector} record={letter} names={names} />
              </td>
              <td>
                <Refusal refusal={letter.refusal} />
              </td>
              <td className={styles.when}>{dateTime(letter.deadAt)}</td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}
