import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../generated/graphql.ts';
import { lastHours } from '../../parts/connectors/hours.ts';
import { AreaChart } from '../../ui/chart/area-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './connectors.module.css';

/** Records that were written, hour by hour. */
export function DayCourse({
  connector: { health },
}: {
  readonly connector: ConnectorLineFragment;
}) {
  const { t } = useLingui();
  const { number } = useFormat();
  const hours = lastHours(health);
  const points = hours.map(({ at, written }) => ({ at, value: written }));
  const [day, most, last] = [
    number(health.writtenDay),
    number(Math.max(0, ...points.map(({ value }) => value))),
    number(points.at(-1)?.value ?? 0),
  ];
  return (
    <div className={styles.course}>
      <p className={styles.text}>{t`Written in 24 hours: ${day}`}</p>
      {points.length > 0 && (
        <AreaChart
          label={t`Records written hour by hour: at most ${most}, in the last hour ${last}`}
          points={points}
        />
      )}
    </div>
  );
}
