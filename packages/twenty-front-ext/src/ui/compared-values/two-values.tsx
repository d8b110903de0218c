import { useId } from 'react';
import { ComparedValues } from './compared-values.tsx';
import type { ComparedRow, Side } from './compared-values.tsx';

export interface TwoValuesRow extends ComparedRow<string> {
  readonly chosen: Side;
}

interface TwoValuesProps {
  readonly caption: string;
  /** Whose the values are. */
  readonly owners: readonly [string, string];
  readonly rows: readonly TwoValuesRow[];
  readonly onChoose: (key: string, side: Side) => void;
}

/** Values of two records beside each other; of every row one is chosen. */
export function TwoValues({ caption, owners, rows, onChoose }: TwoValuesProps) {
  const group = useId();
  return (
    <ComparedValues
      caption={caption}
      owners={owners}
      rows={rows}
      marked={({ chosen }) => chosen}
      cell={({ key, label, values, chosen }, side) => (
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
      )}
    />
  );
}
