import { useParentSize } from '@visx/responsive';
import { scaleLinear, scaleTime } from '@visx/scale';
import { AreaClosed, Circle, LinePath } from '@visx/shape';
import styles from './area-chart.module.css';

export interface AreaPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

interface AreaChartProps {
  /** What is drawn, with its first, last and largest value: there are no axes. */
  readonly label: string;
  readonly points: readonly AreaPoint[];
}

const HEIGHT = 56;
const EDGE = 4;

/** The course of one figure, small; its numbers stand beside it. */
export function AreaChart({ label, points }: AreaChartProps) {
  const { parentRef, width } = useParentSize({ debounceTime: 100 });
  const times = points.map(({ at }) => at);
  const values = points.map(({ value }) => value);
  const x = scaleTime<number>({
    domain: [Math.min(...times), Math.max(...times)],
    range: [EDGE, Math.max(EDGE, width - EDGE)],
  });
  const y = scaleLinear<number>({
    domain: [Math.min(0, ...values), Math.max(1, ...values)],
    range: [HEIGHT - EDGE, EDGE],
  });
  const left = (point: AreaPoint): number => x(point.at);
  const top = (point: AreaPoint): number => y(point.value);
  const last = points.at(-1);
  return (
    <div ref={parentRef} className={styles.chart}>
      {width > 0 && last !== undefined && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label}>
          <g className={styles.area}>
            <AreaClosed data={[...points]} x={left} y={top} yScale={y} />
          </g>
          <g className={styles.line}>
            <LinePath data={[...points]} x={left} y={top} />
          </g>
          <g className={styles.last}>
            <Circle cx={left(last)} cy={top(last)} r={3} />
          </g>
        </svg>
      )}
    </div>
  );
}
