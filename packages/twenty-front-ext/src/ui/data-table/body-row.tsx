import { useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { memo } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { DataColumn, DataRow } from './columns.ts';
import styles from './data-table.module.css';

interface BodyRowProps<Row extends DataRow> {
  readonly row: Row;
  readonly index: number;
  /** Pixels from the top. */
  readonly top: number;
  readonly columns: readonly DataColumn<Row>[];
  /** Column that Tab reaches; null when it is in another row. */
  readonly activeColumn: number | null;
  /** Key of the column that is being edited; null when none is. */
  readonly editing: string | null;
  readonly onEdit: (row: Row, column: DataColumn<Row>) => void;
  readonly onEdited: () => void;
}

function PlainBodyRow<Row extends DataRow>({
  row,
  index,
  top,
  columns,
  activeColumn,
  editing,
  onEdit,
  onEdited,
}: BodyRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, at) => (
        <BodyCell
          key={column.key}
          row={row}
          column={column}
          index={at}
          active={activeColumn === at}
          editor={editing === column.key ? (column.edit?.(row, onEdited) ?? null) : null}
          onEdit={() => onEdit(row, column)}
        />
      ))}
    </div>
  );
}

/** Rendered again only when something of this row changes. */
export const BodyRow = memo(PlainBodyRow) as typeof PlainBodyRow;

interface BodyCellProps<Row extends DataRow> {
  readonly row: Row;
  readonly column: DataColumn<Row>;
  readonly index: number;
  readonly active: boolean;
  readonly editor: ReactNode;
  readonly onEdit: () => void;
}

function BodyCell<Row extends DataRow>({
  row,
  column,
  index,
  active,
  editor,
  onEdit,
}: BodyCellProps<Row>) {
  const { t } = useLingui();
  const tabIndex = active ? 0 : -1;
  const content = column.cell?.(row) ?? column.text(row);
  const linked = column.href !== undefined;
  const editable = column.edit !== undefined;
  const onKeyDown = ({ key, target }: KeyboardEvent): void => {
    if (!editable || editor !== null) return;
    const link = target instanceof HTMLAnchorElement;
    if (key === 'F2' || (key === 'Enter' && !link)) onEdit();
  };
  return (
    <div
      role="gridcell"
      aria-colindex={index + 1}
      data-column={index}
      data-align={column.align ?? 'start'}
      data-fixed={column.fixed === true}
      data-editing={editor !== null}
      className={styles.cell}
      tabIndex={linked ? undefined : tabIndex}
      onKeyDown={onKeyDown}
      onClick={editable && !linked && editor === null ? onEdit : undefined}
    >
      {editor ?? (
        <>
          {linked ? (
            <Link data-cell-focus className={styles.link} to={column.href(row)} tabIndex={tabIndex}>
              {content}
            </Link>
          ) : (
            <span className={styles.cut}>{content}</span>
          )}
          {editable && (
            <button
              type="button"
              tabIndex={-1}
              className={styles.pencil}
              aria-label={t`Edit ${column.title}`}
              onClick={(event) => {
                event.stopPropagation();
                onEdit();
              }}
            >
              <IconPencil size={14} aria-hidden />
            </button>
          )}
        </>
      )}
    </div>
  );
}
