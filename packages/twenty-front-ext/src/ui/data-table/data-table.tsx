import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ColumnDef, Updater } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { BodyRow } from './body-row.tsx';
import { inOrder, moveColumn, NARROWEST, resizeColumn, showColumn, WIDEST } from './columns.ts';
import type { ColumnLayout, DataColumn, DataRow, DataSort } from './columns.ts';
import { HeaderCell } from './header-cell.tsx';
import { useGridFocus } from './use-grid-focus.ts';
import styles from './data-table.module.css';

interface DataTableProps<Row extends DataRow> {
  /** What the table shows, for screen readers. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly sort: DataSort | null;
  readonly onSort: (sort: DataSort) => void;
  /** Called when the end comes near and there is more. */
  readonly onMore: (() => void) | null;
  /** Under the last row: that more is loading, or could not be loaded. */
  readonly footer?: ReactNode;
}

const ROW_HEIGHT = 32;
/** Rows before the end at which more is loaded. */
const AHEAD = 30;

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
});

/** Rows of one kind, as many as there are: only those in sight are in the page. */
export function DataTable<Row extends DataRow>({
  label,
  columns,
  rows,
  layout,
  onLayout,
  sort,
  onSort,
  onMore,
  footer,
}: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<{ id: string; column: string } | null>(null);
  const table = useColumnModel(columns, rows, layout, onLayout);
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const keys = headers.map(({ column }) => column.id).join('\n');
  const shown = useMemo(
    () =>
      keys
        .split('\n')
        .map((key) => columns.find((column) => column.key === key))
        .filter((column) => column !== undefined),
    [columns, keys],
  );

  const activeRow = useRef(0);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row that has the focus stays, so that scrolling never loses it.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const kept = activeRow.current;
      if (kept < 0 || kept >= rows.length || seen.includes(kept)) return seen;
      return [...seen, kept].toSorted((one, other) => one - other);
    },
  });
  const focus = useGridFocus({
    grid: scroller,
    rows: rows.length,
    columns: shown.length,
    pageSize: () => Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1,
    reveal: (row) => virtualizer.scrollToIndex(row),
  });
  activeRow.current = focus.active.row;

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = rows.length > 0 && last >= rows.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onMore?.();
  }, [nearEnd, onMore]);

  const { restore } = focus;
  const edited = useCallback(() => {
    setEditing(null);
    restore();
  }, [restore]);
  const edit = useCallback(
    (row: Row, column: DataColumn<Row>) => setEditing({ id: row.id, column: column.key }),
    [],
  );

  const widths = headers.map((header) => `${header.getSize()}px`).join(' ');
  const frame: CSSProperties & Record<`--${string}`, string> = {
    '--columns': `${widths} 1fr`,
    '--width': `${table.getTotalSize()}px`,
  };
  return (
    <div ref={scroller} className={styles.table} style={frame}>
      <div
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={onMore === null ? rows.length + 1 : -1}
        aria-colcount={shown.length}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} data-row={-1} className={styles.headRow}>
            {headers.map((header, index) => {
              const column = byKey.get(header.column.id);
              if (column === undefined) return null;
              const { key } = column;
              return (
                <HeaderCell
                  key={key}
                  column={column}
                  index={index}
                  width={header.getSize()}
                  sort={sort}
                  tabIndex={focus.active.row === -1 && focus.active.column === index ? 0 : -1}
                  onSort={onSort}
                  onMove={(step) => onLayout(moveColumn(columns, layout, key, step))}
                  onResize={(width) => onLayout(resizeColumn(layout, key, width))}
                  onHide={() => onLayout(showColumn(layout, key, false))}
                  onDragEdge={header.getResizeHandler()}
                />
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <BodyRow
                key={row.id}
                row={row}
                index={index}
                top={start}
                columns={shown}
                activeColumn={focus.active.row === index ? focus.active.column : null}
                editing={editing?.id === row.id ? editing.column : null}
                onEdit={edit}
                onEdited={edited}
              />
            );
          })}
        </div>
      </div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}

/** Order, visibility and widths of the columns, kept by the page. */
function useColumnModel<Row extends DataRow>(
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
  layout: ColumnLayout,
  onLayout: (layout: ColumnLayout) => void,
) {
  const definitions = useMemo(
    () =>
      columns.map(({ key, title, width, fixed }): ColumnDef<typeof features, Row> => ({
        id: key,
        header: title,
        size: width,
        minSize: NARROWEST,
        maxSize: WIDEST,
        enableHiding: fixed !== true,
      })),
    [columns],
  );
  const state = useMemo(
    () => ({
      columnOrder: inOrder(columns, layout).map(({ key }) => key),
      columnVisibility: Object.fromEntries(layout.hidden.map((key) => [key, false])),
      columnSizing: { ...layout.widths },
    }),
    [columns, layout],
  );
  const data = useMemo(() => [...rows], [rows]);
  return useTable({
    features,
    columns: definitions,
    data,
    state,
    columnResizeMode: 'onChange',
    onColumnSizingChange: (updater: Updater<Record<string, number>>) => {
      const widths = typeof updater === 'function' ? updater(state.columnSizing) : updater;
      onLayout({ ...layout, widths });
    },
  });
}
