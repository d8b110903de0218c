import { scaleLinear } from '@visx/scale';
import { Bar, Line } from '@visx/shape';
import { useId } from 'react';
import { patternOf, Patterns } from './patterns.tsx';
import styles from './bullet.module.css';

interface BulletProps {
  /** The figures in words; the drawing says nothing else. */
  readonly label: string;
  readonly mean: number;
  readonly p90: number | null;
  /** Null: there is none. */
  readonly target: number | null;
  /** End of the scale, the same for all bullets that are compared. */
  readonly most: number;
}

/** A mean as a bar, the 90th percentile as a hatched one behind it, and the target as an upright line. */
export function Bullet({ label, mean, p90, target, most }: BulletProps) {
  const id = useId();
  const share = scaleLinear<number>({ domain: [0, most === 0 ? 1 : most], range: [0, 100] });
  const at = (value: number): string => `${share(value)}%`;
  return (
    <svg className={styles.bullet} role="img" aria-label={label}>
      <Patterns id={id} />
      {p90 !== null && (
        <Bar y="30%" width={at(p90)} height="40%" fill={patternOf(id, 1)} stroke="currentColor" />
      )}
      <g className={styles.mean}>
        <Bar y="15%" width={at(mean)} height="70%" rx={2} />
      </g>
      {target !== null && (
        <g className={styles.target}>
          <Line x1={at(target)} x2={at(target)} y1="0%" y2="100%" strokeWidth={3} />
        </g>
      )}
    </svg>
  );
}

/** What the marks of a bullet mean. */
export function BulletLegend({
  mean,
  p90,
  target,
}: {
  readonly mean: string;
  readonly p90: string;
  readonly target: string;
}) {
  const id = useId();
  return (
    <ul className={styles.legend}>
      <li>
        <svg className={styles.swatch} aria-hidden>
          <g className={styles.mean}>
            <Bar width="100%" height="100%" rx={2} />
          </g>
        </svg>
        {mean}
      </li>
      <li>
        <svg className={styles.swatch} aria-hidden>
          <Patterns id={id} />
          <Bar y="20%" width="100%" height="60%" fill={patternOf(id, 1)} stroke="currentColor" />
        </svg>
        {p90}
      </li>
      <li>
        <svg className={styles.swatch} aria-hidden>
          <g className={styles.target}>
            <Line x1="50%" x2="50%" y1="0%" y2="100%" strokeWidth={3} />
          </g>
        </svg>
        {target}
      </li>
    </ul>
  );
}
