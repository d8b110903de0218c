import { useState } from 'react';

/** Items of a list without a name of their own, with keys that stay theirs when the list changes. */
export interface KeyedRows {
  readonly items: readonly unknown[];
  readonly keys: readonly number[];
  readonly next: number;
}

/**
 * Keys for the next state of a list. An item that is the same object keeps its key wherever it went; one that stands
 * where an edited one stood takes over that one's key.
 */
export function keysFor(before: KeyedRows, items: readonly unknown[]): KeyedRows {
  const left = new Map(before.items.map((item, index) => [item, before.keys[index]] as const));
  const known = items.map((item) => {
    const key = left.get(item);
    left.delete(item);
    return key;
  });
  const free = new Set(left.values());
  let { next } = before;
  const keys = known.map((key, index) => {
    if (key !== undefined) return key;
    const inherited = before.keys[index];
    if (inherited !== undefined && items.length === before.items.length && free.delete(inherited)) {
      return inherited;
    }
    next += 1;
    return next;
  });
  return { items, keys, next };
}

/** Keys of the rows of a list, for React, for what is open, and for drag and drop. */
export function useRowKeys(items: readonly unknown[]): readonly number[] {
  const [rows, setRows] = useState<KeyedRows>(() =>
    keysFor({ items: [], keys: [], next: 0 }, items),
  );
  if (rows.items === items) return rows.keys;
  const changed = keysFor(rows, items);
  setRows(changed);
  return changed.keys;
}
