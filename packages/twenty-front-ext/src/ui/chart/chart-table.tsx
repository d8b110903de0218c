import type { ReactNode } from 'react';
import { ScrollBox } from '../scroll/scroll-box.tsx';
import styles from './chart-table.module.css';

interface ChartTableProps {
  /** What unfolds it, e.g. "Show as a table". */
  readonly summary: string;
  /** What the table is of. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly head: string;
    readonly cells: readonly ReactNode[];
  }[];
}

/** The numbers of a chart, for those who read rather than look. */
export function ChartTable({ summary, caption, head, rows }: ChartTableProps) {
  return (
    <details className={styles.details}>
      <summary>{summary}</summary>
      <ScrollBox>
        <table className={styles.table}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {head.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.head}</th>
                {row.cells.map((cell, index) => (
                  <td key={head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
