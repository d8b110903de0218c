import type { ReactNode } from 'react';
import styles from './bar-list.module.css';

/** How a part looks: `late` is striped and `soon` dotted, so that they are told apart without colour. */
export type BarTone = 'late' | 'soon' | 'calm';

export interface BarPart {
  readonly tone: BarTone;
  readonly value: number;
}

export interface BarRow {
  readonly key: string;
  /** What the bar stands for. */
  readonly label: ReactNode;
  /** The numbers in words; the bar itself is only for the eye. */
  readonly text: ReactNode;
  readonly parts: readonly BarPart[];
}

/** Numbers to compare: one bar each, all to the same scale. */
export function BarList({
  label,
  rows,
}: {
  readonly label: string;
  readonly rows: readonly BarRow[];
}) {
  const most = Math.max(1, ...rows.map(totalOf));
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map((row) => (
        <li key={row.key} className={styles.row}>
          <div className={styles.line}>
            <span className={styles.label}>{row.label}</span>
            <span className={styles.text}>{row.text}</span>
          </div>
          <div className={styles.track} aria-hidden>
            {row.parts.map(({ tone, value }) => (
              <span
                key={tone}
                className={styles.part}
                data-tone={tone}
                style={{ width: `${(Math.max(0, value) / most) * 100}%` }}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The looks of the parts in words. */
export function BarLegend({
  entries,
}: {
  readonly entries: readonly { readonly tone: BarTone; readonly label: string }[];
}) {
  return (
    <ul className={styles.legend}>
      {entries.map(({ tone, label }) => (
        <li key={tone}>
          <span className={styles.swatch} data-tone={tone} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}

function totalOf({ parts }: BarRow): number {
  return parts.reduce((sum, { value }) => sum + Math.max(0, value), 0);
}
