import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import { ScrollBox } from '../scroll/scroll-box.tsx';
import styles from './table.module.css';

/** A column of numbers stands to the right, as its cells with `data-numeric`. */
interface NumericColumn {
  readonly numeric: string;
}

interface TableProps {
  readonly label: string;
  readonly head: readonly (string | NumericColumn)[];
  /** The last cell of each row has its actions. */
  readonly actions?: boolean;
  /** Rows of the table. */
  readonly children: ReactNode;
  /** Adds to its looks. */
  readonly className?: string | undefined;
}

/** A plain list of records; `ui/data-table` is for what is sorted, resized and edited in place. */
export function Table({ label, head, actions = false, children, className }: TableProps) {
  const { t } = useLingui();
  const names = className === undefined ? styles.table : `${styles.table} ${className}`;
  return (
    <ScrollBox>
      <table className={names} aria-label={label}>
        <thead>
          <tr>
            {head.map((column) =>
              typeof column === 'string' ? (
                <th key={column} scope="col">
                  {column}
                </th>
              ) : (
                <th key={column.numeric} scope="col" data-numeric>
                  {column.numeric}
                </th>
              ),
            )}
            {actions && (
              <th scope="col">
                <span className="visually-hidden">{t`Actions`}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}

interface MoreProps {
  /** Null: this was all. */
  readonly next: string | null;
  readonly busy: boolean;
  readonly onMore: (cursor: string) => void;
}

/** Loads the next page of a list below the present one. */
export function More({ next, busy, onMore }: MoreProps) {
  const { t } = useLingui();
  if (next === null) return null;
  return (
    <div className={styles.more}>
      <Button
        title={busy ? t`Loading …` : t`Show more`}
        variant="secondary"
        disabled={busy}
        onClick={() => onMore(next)}
      />
    </div>
  );
}
