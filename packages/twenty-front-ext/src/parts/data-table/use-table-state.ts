import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { recall, remember } from '../../app/storage.ts';
import type { ViewColumn } from '../../parts/saved-views/view-definition.ts';
import { defaultLayout, inOrder } from '../../ui/data-table/columns.ts';
import type { ColumnLayout, DataColumn, DataRow, DataSort } from '../../ui/data-table/columns.ts';

/** The order lives in the address, as the server writes it: `-amount` is descending. */
export function useSort(standard: DataSort): readonly [DataSort, string, (sort: DataSort) => void] {
  const [params, setParams] = useSearchParams();
  const written = params.get('sort');
  const sort = useMemo(
    () =>
      written === null
        ? standard
        : { name: written.replace(/^-/, ''), descending: written.startsWith('-') },
    [standard, written],
  );
  const choose = useCallback(
    ({ name, descending }: DataSort) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          next.set('sort', `${descending ? '-' : ''}${name}`);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [sort, `${sort.descending ? '-' : ''}${sort.name}`, choose];
}

/** Columns of the table of this name as this person left them on this device. */
export function useColumnLayout<Row extends DataRow>(
  name: string,
  columns: readonly DataColumn<Row>[],
): readonly [ColumnLayout, (layout: ColumnLayout) => void] {
  const [layout, setLayout] = useState(() => readLayout(recall(name)) ?? defaultLayout(columns));
  const change = useCallback(
    (next: ColumnLayout) => {
      remember(name, JSON.stringify(next));
      setLayout(next);
    },
    [name],
  );
  return [layout, change];
}

/** The layout as a view keeps it. */
export function columnsOf<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
  layout: ColumnLayout,
): readonly ViewColumn[] {
  return inOrder(columns, layout).map(({ key }) => {
    const width = layout.widths[key];
    const visible = !layout.hidden.includes(key);
    return width === undefined ? { key, visible } : { key, width, visible };
  });
}

export function layoutOf(columns: readonly ViewColumn[]): ColumnLayout {
  return {
    order: columns.map(({ key }) => key),
    hidden: columns.filter(({ visible }) => !visible).map(({ key }) => key),
    widths: Object.fromEntries(
      columns.flatMap(({ key, width }) => (width === undefined ? [] : [[key, width]])),
    ),
  };
}

/** What was stored may be of another version, or be written by somebody else. */
export function readLayout(stored: string | null): ColumnLayout | null {
  if (stored === null) return null;
  try {
    const raw: unknown = JSON.parse(stored);
    if (typeof raw !== 'object' || raw === null) return null;
    if (!('order' in raw && 'hidden' in raw && 'widths' in raw)) return null;
    const { order, hidden, widths } = raw;
    if (!isTexts(order) || !isTexts(hidden)) return null;
    if (typeof widths !== 'object' || widths === null) return null;
    const numbers = Object.entries(widths).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    return { order, hidden, widths: Object.fromEntries(numbers) };
  } catch {
    return null;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
