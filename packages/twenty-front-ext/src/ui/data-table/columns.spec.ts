import { describe, expect, it } from 'vitest';
import type { DataColumn, DataRow } from './columns.ts';
import {
  defaultLayout,
  inOrder,
  moveColumn,
  NARROWEST,
  resizeColumn,
  showColumn,
  WIDEST,
} from './columns.ts';

function column(key: string, more: Partial<DataColumn<DataRow>> = {}): DataColumn<DataRow> {
  return { key, title: key, width: 100, text: () => key, ...more };
}
const COLUMNS = [
  column('a'),
  column('name', { fixed: true }),
  column('b'),
  column('c', { optional: true }),
];
const LAYOUT = defaultLayout(COLUMNS);
const keys = (layout = LAYOUT): string[] => inOrder(COLUMNS, layout).map(({ key }) => key);

describe('columns of a table', () => {
  it('begin with the fixed one and end with those that the layout does not know', () => {
    expect(keys()).toEqual(['name', 'a', 'b', 'c']);
    expect(keys({ ...LAYOUT, order: ['c', 'gone', 'a'] })).toEqual(['name', 'c', 'a', 'b']);
  });

  it('are hidden when optional, and shown when chosen', () => {
    expect(LAYOUT.hidden).toEqual(['c']);
    expect(showColumn(LAYOUT, 'c', true).hidden).toEqual([]);
    expect(showColumn(LAYOUT, 'a', false).hidden).toEqual(['c', 'a']);
  });

  it('move past shown columns only, never before the fixed one or beyond the last', () => {
    expect(keys(moveColumn(COLUMNS, LAYOUT, 'a', 1))).toEqual(['name', 'b', 'a', 'c']);
    expect(keys(moveColumn(COLUMNS, LAYOUT, 'b', -1))).toEqual(['name', 'b', 'a', 'c']);
    expect(moveColumn(COLUMNS, LAYOUT, 'a', -1)).toBe(LAYOUT);
    expect(moveColumn(COLUMNS, LAYOUT, 'b', 1)).toBe(LAYOUT);
    expect(moveColumn(COLUMNS, LAYOUT, 'c', 1)).toBe(LAYOUT);
  });

  it('stay between the narrowest and the widest', () => {
    expect(resizeColumn(LAYOUT, 'a', 1).widths).toEqual({ a: NARROWEST });
    expect(resizeColumn(LAYOUT, 'a', 10_000).widths).toEqual({ a: WIDEST });
    expect(resizeColumn(LAYOUT, 'a', 120.4).widths).toEqual({ a: 120 });
  });
});
