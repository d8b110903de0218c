import { useLingui } from '@lingui/react/macro';
import { SelectField } from '../../../ui/form/select-field.tsx';
import type { Option } from '../../../ui/form/select-field.tsx';
import { Table } from '../../../ui/table/table.tsx';
import { useWithGone } from '../with-gone.ts';
import { pairFor, withPair } from './pairs.ts';
import type { Pair } from './own-settings.ts';
import styles from '../connector.module.css';

interface MatchTableProps {
  readonly label: string;
  /** Name of the other system. */
  readonly title: string;
  /** What is there. */
  readonly rows: readonly Option[];
  /** What a row shows below its name. */
  readonly detail?: (there: string) => string;
  /** What there is here. */
  readonly choices: readonly Option[];
  /** What holds for a row that nobody has chosen anything for. */
  readonly none: (there: string) => string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}

/** What everything of the other system is here, one a line. */
export function MatchTable(props: MatchTableProps) {
  const { t } = useLingui();
  const { label, title, rows, detail, choices, none, pairs, onChange } = props;
  const isListed = (there: string): boolean => rows.some(({ value }) => value === there);
  const all = useWithGone()(
    rows,
    pairs.map(({ there }) => there.toLowerCase()),
  );
  return (
    <div className={styles.match}>
      <Table label={label} head={[t`In ${title}`, t`In MaK`]}>
        {all.map(({ value: there, label: name }) => {
          const mak = (pairFor(pairs, there)?.mak ?? '').toLowerCase();
          const isKnown = mak === '' || choices.some(({ value }) => value === mak);
          return (
            <tr key={there}>
              <td>
                {name}
                {detail !== undefined && isListed(there) && (
                  <span className={styles.below}>{detail(there)}</span>
                )}
              </td>
              <td>
                <SelectField
                  label={t`In MaK: ${name}`}
                  labelHidden
                  value={mak}
                  options={[
                    { value: '', label: none(there) },
                    ...choices,
                    ...(isKnown ? [] : [{ value: mak, label: mak }]),
                  ]}
                  onChange={(chosen) => onChange(withPair(pairs, there, chosen))}
                />
              </td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}
