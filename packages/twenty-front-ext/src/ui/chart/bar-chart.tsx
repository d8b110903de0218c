import { scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { patternOf, Patterns } from './patterns.tsx';
import styles from './bar-chart.module.css';

export interface BarDatum {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: number;
  /** The value in words, beside the bar. */
  readonly text: string;
  /** Under the label: what else belongs to it. */
  readonly detail?: ReactNode;
  /** Address of what stands behind the bar; null when nothing can be shown. */
  readonly to: string | null;
  /** `muted` bars are hatched. */
  readonly tone?: 'plain' | 'muted';
}

interface BarChartProps {
  /** What the bars are, for screen readers. */
  readonly label: string;
  readonly bars: readonly BarDatum[];
  /** `center`: bars around a middle line, as in a funnel. */
  readonly align?: 'start' | 'center';
}

/** Bars with their numbers written beside them: a list of links that can be read without seeing the bars. */
export function BarChart({ label, bars, align = 'start' }: BarChartProps) {
  const id = useId();
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  const share = scaleLinear<number>({ domain: [0, largest], range: [0, 100] });
  return (
    <ol className={styles.bars} aria-label={label}>
      {bars.map((bar, index) => {
        const width = share(bar.value);
        return (
          <li key={bar.key}>
            <Row to={bar.to}>
              <span className={styles.label}>{bar.label}</span>
              <svg className={styles.track} data-tone={bar.tone ?? 'plain'} aria-hidden>
                <Patterns id={`${id}${index}`} />
                <Bar
                  x={`${align === 'center' ? (100 - width) / 2 : 0}%`}
                  width={`${width}%`}
                  height="100%"
                  rx={2}
                  fill={patternOf(`${id}${index}`, bar.tone === 'muted' ? 1 : 0)}
                  stroke="currentColor"
                />
              </svg>
              <span className={styles.value} data-value>
                {bar.text}
              </span>
              {bar.detail !== undefined && <span className={styles.detail}>{bar.detail}</span>}
            </Row>
          </li>
        );
      })}
    </ol>
  );
}

function Row({ to, children }: { readonly to: string | null; readonly children: ReactNode }) {
  if (to === null) return <div className={styles.row}>{children}</div>;
  return (
    <Link to={to} className={styles.row}>
      {children}
    </Link>
  );
}
