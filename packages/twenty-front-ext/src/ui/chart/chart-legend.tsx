import { useId } from 'react';
import { patternOf, Patterns } from './patterns.tsx';
import styles from './column-chart.module.css';

/** `alarm`: what is drawn is bad. */
export type ChartTone = 'alarm' | 'calm';

interface ChartLegendProps {
  readonly kinds: readonly string[];
  readonly tone?: ChartTone;
}

/** Which pattern is which kind. */
export function ChartLegend({ kinds, tone = 'alarm' }: ChartLegendProps) {
  const id = useId();
  return (
    <ul className={styles.legend}>
      {kinds.map((kind, index) => (
        <li key={kind}>
          <svg className={styles.swatch} data-tone={tone} aria-hidden>
            <Patterns id={`${id}${index}`} />
            <rect
              className={styles.part}
              width="100%"
              height="100%"
              fill={patternOf(`${id}${index}`, index)}
            />
          </svg>
          {kind}
        </li>
      ))}
    </ul>
  );
}
