import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import styles from './two-values.module.css';

export interface TwoValuesRow {
  readonly key: string;
  readonly label: string;
  readonly values: readonly [string, string];
  readonly chosen: 0 | 1;
}

interface TwoValuesProps {
  readonly caption: string;
  /** Whose the values are. */
  readonly owners: readonly [string, string];
  readonly rows: readonly TwoValuesRow[];
  readonly onChoose: (key: string, side: 0 | 1) => void;
}

/** Values of two records beside each other; of every row one is chosen. */
export function TwoValues({ caption, owners, rows, onChoose }: TwoValuesProps) {
  const { t } = useLingui();
  const group = useId();
  return (
    <table className={styles.values}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t`Field`}</span>
          </th>
          {owners.map((owner, side) => (
            // Two records may have one name.
            <th key={side === 0 ? 'first' : 'second'} scope="col">
              {owner}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, values, chosen }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            {SIDES.map((side) => (
              <td key={side} data-chosen={chosen === side}>
                <label>
                  <input
                    type="radio"
                    name={`${group} ${key}`}
                    aria-label={`${label}: ${values[side]}`}
                    checked={chosen === side}
                    onChange={() => onChoose(key, side)}
                  />
                  <span>{values[side]}</span>
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SIDES = [0, 1] as const;
