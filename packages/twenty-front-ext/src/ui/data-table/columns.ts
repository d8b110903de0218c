import type { ReactNode } from 'react';

/** A row of a table; `id` tells it from others for good. */
export interface DataRow {
  readonly id: string;
}

export interface DataColumn<Row extends DataRow> {
  readonly key: string;
  readonly title: string;
  /** In pixels, until somebody changes it. */
  readonly width: number;
  readonly align?: 'start' | 'end';
  /** Name of the order in which this column sorts the table; without one it does not. */
  readonly sort?: string;
  /** First, always shown, and beside it the others scroll. */
  readonly fixed?: boolean;
  /** Not shown until somebody chooses it. */
  readonly optional?: boolean;
  /** What the cell says; also in a file. */
  readonly text: (row: Row) => string;
  /** How the cell shows it; left out: as text. */
  readonly cell?: (row: Row) => ReactNode;
  /** The cell is a link to this place. */
  readonly href?: (row: Row) => string;
  /** Input in place of the cell; null where this row may not be edited. It calls `close` when it is done. */
  readonly edit?: (row: Row, close: () => void) => ReactNode;
}

export interface DataSort {
  readonly name: string;
  readonly descending: boolean;
}

/** How somebody wants to see the columns. */
export interface ColumnLayout {
  /** Keys from left to right; columns that it does not name come last. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** In pixels. */
  readonly widths: Readonly<Record<string, number>>;
}

export const NARROWEST = 64;
export const WIDEST = 800;
/** Pixels by which the keyboard changes a width. */
export const WIDTH_STEP = 24;

/** The layout that columns have until somebody changes it. */
export function defaultLayout<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
): ColumnLayout {
  return {
    order: columns.map(({ key }) => key),
    hidden: columns.filter(({ optional }) => optional === true).map(({ key }) => key),
    widths: {},
  };
}

/** All columns in the order of the layout: the fixed one first, unknown ones last. */
export function inOrder<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
  { order }: ColumnLayout,
): readonly DataColumn<Row>[] {
  const place = ({ key, fixed }: DataColumn<Row>): number => {
    if (fixed === true) return -1;
    const found = order.indexOf(key);
    return found === -1 ? order.length : found;
  };
  return columns.toSorted((one, other) => place(one) - place(other));
}

/** The layout with the column one place further; hidden columns are passed over. */
export function moveColumn<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
  layout: ColumnLayout,
  key: string,
  step: -1 | 1,
): ColumnLayout {
  const all = inOrder(columns, layout);
  const shown = shownColumns(columns, layout);
  const from = shown.findIndex((one) => one.key === key);
  const neighbour = shown[from + step];
  if (from === -1 || neighbour === undefined || neighbour.fixed === true) return layout;
  const rest = all.map((one) => one.key).filter((one) => one !== key);
  const at = rest.indexOf(neighbour.key) + (step === 1 ? 1 : 0);
  return { ...layout, order: rest.toSpliced(at, 0, key) };
}

/** The columns that are shown, from left to right. */
export function shownColumns<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
  layout: ColumnLayout,
): readonly DataColumn<Row>[] {
  return inOrder(columns, layout).filter(({ key }) => !layout.hidden.includes(key));
}

export function showColumn(layout: ColumnLayout, key: string, shown: boolean): ColumnLayout {
  const hidden = layout.hidden.filter((one) => one !== key);
  return { ...layout, hidden: shown ? hidden : [...hidden, key] };
}

export function resizeColumn(layout: ColumnLayout, key: string, width: number): ColumnLayout {
  const within = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
  return { ...layout, widths: { ...layout.widths, [key]: within } };
}
