import { AxisBottom, AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { useParentSize } from '@visx/responsive';
import { scaleBand, scaleLinear } from '@visx/scale';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ChartLegend } from './chart-legend.tsx';
import type { ChartTone } from './chart-legend.tsx';
import { patternOf, Patterns } from './patterns.tsx';
import styles from './column-chart.module.css';

export interface Column {
  readonly key: string;
  /** Under the axis, short. */
  readonly label: string;
  /** The column in words: span and numbers. */
  readonly text: string;
  /** One value for each kind, in their order. */
  readonly values: readonly number[];
  /** Address of what stands behind the column; null when nothing can be shown. */
  readonly to: string | null;
}

interface ColumnChartProps {
  readonly label: string;
  readonly kinds: readonly string[];
  /** As many columns as are wished, of which there is room for `most`. */
  readonly columnsFor: (most: number) => readonly Column[];
  readonly formatNumber: (value: number) => string;
  readonly tone?: ChartTone;
}

const HEIGHT = 220;
const MARGIN = { top: 20, right: 8, bottom: 28, left: 40 } as const;
/** A column that a finger can hit. */
const COLUMN = 28;
/** Room for a label under the axis. */
const LABEL = 64;

/** Stacked columns over time; kinds differ by pattern, the height is written above. */
export function ColumnChart({
  label,
  kinds,
  columnsFor,
  formatNumber,
  tone = 'alarm',
}: ColumnChartProps) {
  const id = useId();
  const { parentRef, width } = useParentSize({ debounceTime: 100 });
  const inner = {
    width: width - MARGIN.left - MARGIN.right,
    height: HEIGHT - MARGIN.top - MARGIN.bottom,
  };
  const columns = inner.width < COLUMN ? [] : columnsFor(Math.floor(inner.width / COLUMN));
  const labels = new Map(columns.map((column) => [column.key, column.label]));
  const x = scaleBand<string>({
    domain: columns.map(({ key }) => key),
    range: [0, inner.width],
    paddingInner: 0.2,
    paddingOuter: 0.1,
  });
  const largest = Math.max(1, ...columns.map(({ values }) => sum(values)));
  const y = scaleLinear<number>({ domain: [0, largest], range: [inner.height, 0], nice: true });
  const every = Math.ceil(LABEL / Math.max(1, x.step()));
  return (
    <div ref={parentRef} className={styles.chart}>
      {columns.length > 0 && (
        <svg width={width} height={HEIGHT} role="group" aria-label={label} data-tone={tone}>
          <Patterns id={id} />
          <Group left={MARGIN.left} top={MARGIN.top}>
            <g className={styles.axes} aria-hidden>
              <AxisLeft
                scale={y}
                numTicks={4}
                tickValues={y.ticks(4).filter(Number.isInteger)}
                tickFormat={(value) => formatNumber(Number(value))}
              />
              <AxisBottom
                top={inner.height}
                scale={x}
                tickValues={columns.filter((_, index) => index % every === 0).map(({ key }) => key)}
                tickFormat={(key) => labels.get(key) ?? key}
              />
            </g>
            {columns.map((column) => {
              const left = x(column.key) ?? 0;
              const total = sum(column.values);
              if (total === 0) return null;
              return (
                <ColumnFrame key={column.key} column={column}>
                  <rect
                    className={styles.area}
                    x={left - (x.step() - x.bandwidth()) / 2}
                    width={x.step()}
                    y={-MARGIN.top}
                    height={inner.height + MARGIN.top}
                  />
                  {column.values.map((value, kind) => {
                    const below = sum(column.values.slice(0, kind));
                    return (
                      <rect
                        key={kinds[kind]}
                        className={styles.part}
                        x={left}
                        width={x.bandwidth()}
                        y={y(below + value)}
                        height={y(below) - y(below + value)}
                        fill={patternOf(id, kind)}
                      />
                    );
                  })}
                  <text className={styles.total} x={left + x.bandwidth() / 2} y={y(total) - 5}>
                    {formatNumber(total)}
                  </text>
                </ColumnFrame>
              );
            })}
          </Group>
        </svg>
      )}
      {kinds.length > 1 && <ChartLegend kinds={kinds} tone={tone} />}
    </div>
  );
}

function ColumnFrame({
  column: { to, text },
  children,
}: {
  readonly column: Column;
  readonly children: ReactNode;
}) {
  if (to === null)
    return (
      <g role="img" aria-label={text}>
        <title>{text}</title>
        {children}
      </g>
    );
  return (
    <Link to={to} className={styles.link} aria-label={text}>
      {children}
    </Link>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
