/** What two leads say of one thing. */
export interface PairRow {
  readonly key: string;
  readonly label: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
}

export type Likeness = 'same' | 'different' | 'one';

/** Whether both say the same, not the same, or only one says anything. The order of several values does not matter. */
export function likenessOf({ left, right }: Pick<PairRow, 'left' | 'right'>): Likeness {
  if (left.length === 0 || right.length === 0) return 'one';
  const same = left.length === right.length && left.every((value) => right.includes(value));
  return same ? 'same' : 'different';
}

/** A value as a list; what is not there is an empty one. */
export function listed(value: string | null | undefined): readonly string[] {
  return value === null || value === undefined || value === '' ? [] : [value];
}
