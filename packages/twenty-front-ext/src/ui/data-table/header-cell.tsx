import { useLingui } from '@lingui/react/macro';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconArrowsHorizontal,
  IconEyeOff,
} from '@tabler/icons-react';
import { Menu, MenuItem, MenuSeparator } from '../menu/menu.tsx';
import { WIDTH_STEP } from './columns.ts';
import type { DataColumn, DataRow, DataSort } from './columns.ts';
import styles from './data-table.module.css';

interface HeaderCellProps<Row extends DataRow> {
  readonly column: DataColumn<Row>;
  readonly index: number;
  readonly width: number;
  readonly sort: DataSort | null;
  readonly tabIndex: 0 | -1;
  readonly onSort: (sort: DataSort) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onResize: (width: number) => void;
  readonly onHide: () => void;
  /** Follows the pointer from here on. */
  readonly onDragEdge: (event: unknown) => void;
}

/** Title of a column. Everything that the pointer can do with it is in its menu too. */
export function HeaderCell<Row extends DataRow>(props: HeaderCellProps<Row>) {
  const { column, index, sort, tabIndex, onDragEdge } = props;
  const sorted = sort !== null && column.sort === sort.name ? sort : null;
  const Arrow = sorted?.descending === true ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={ariaSort(column, sorted)}
      data-column={index}
      data-align={column.align ?? 'start'}
      data-fixed={column.fixed === true}
      className={styles.headerCell}
    >
      <Menu
        trigger={
          <button type="button" data-cell-focus className={styles.headerButton} tabIndex={tabIndex}>
            <span className={styles.cut}>{column.title}</span>
            {sorted !== null && <Arrow size={14} aria-hidden />}
          </button>
        }
      >
        <HeaderMenu {...props} />
      </Menu>
      <span
        className={styles.edge}
        onMouseDown={onDragEdge}
        onTouchStart={onDragEdge}
        aria-hidden
      />
    </div>
  );
}

function HeaderMenu<Row extends DataRow>({
  column,
  width,
  onSort,
  onMove,
  onResize,
  onHide,
}: HeaderCellProps<Row>) {
  const { t } = useLingui();
  const { sort: name } = column;
  return (
    <>
      {name !== undefined && (
        <>
          <MenuItem Icon={IconArrowUp} onSelect={() => onSort({ name, descending: false })}>
            {t`Sort ascending`}
          </MenuItem>
          <MenuItem Icon={IconArrowDown} onSelect={() => onSort({ name, descending: true })}>
            {t`Sort descending`}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {column.fixed !== true && (
        <>
          <MenuItem Icon={IconArrowLeft} onSelect={() => onMove(-1)}>{t`Move left`}</MenuItem>
          <MenuItem Icon={IconArrowRight} onSelect={() => onMove(1)}>{t`Move right`}</MenuItem>
        </>
      )}
      <MenuItem Icon={IconArrowsHorizontal} stays onSelect={() => onResize(width + WIDTH_STEP)}>
        {t`Wider`}
      </MenuItem>
      <MenuItem Icon={IconArrowsHorizontal} stays onSelect={() => onResize(width - WIDTH_STEP)}>
        {t`Narrower`}
      </MenuItem>
      {column.fixed !== true && (
        <MenuItem Icon={IconEyeOff} onSelect={onHide}>{t`Hide column`}</MenuItem>
      )}
    </>
  );
}

function ariaSort<Row extends DataRow>(
  column: DataColumn<Row>,
  sorted: DataSort | null,
): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sort === undefined) return undefined;
  if (sorted === null) return 'none';
  return sorted.descending ? 'descending' : 'ascending';
}
