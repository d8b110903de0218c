import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import styles from './compared-values.module.css';

const SIDES = [0, 1] as const;
export type Side = (typeof SIDES)[number];

export interface ComparedRow<Value> {
  readonly key: string;
  readonly label: string;
  readonly values: readonly [Value, Value];
}

interface ComparedValuesProps<Row extends ComparedRow<ReactNode>> {
  readonly caption?: string;
  /** Whose the values are. */
  readonly owners: readonly [string, string];
  readonly rows: readonly Row[];
  /** A value as it is shown; as it is when this is left out. */
  readonly cell?: (row: Row, side: Side) => ReactNode;
  /** Which value is marked; none when this is left out. */
  readonly marked?: (row: Row) => Side;
}

/** Values of two, field by field beside each other. */
export function ComparedValues<Row extends ComparedRow<ReactNode>>({
  caption,
  owners,
  rows,
  cell = (row, side) => row.values[side],
  marked,
}: ComparedValuesProps<Row>) {
  const { t } = useLingui();
  return (
    <table className={styles.values}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t`Field`}</span>
          </th>
          {SIDES.map((side) => (
            <th key={side} scope="col">
              {owners[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {SIDES.map((side) => (
              <td key={side} data-marked={marked?.(row) === side}>
                {cell(row, side)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
