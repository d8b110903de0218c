import { Trans, useLingui } from '@lingui/react/macro';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface StageTimesCardProps {
  readonly stageTimes: Dashboard['stageTimes'];
  readonly links: DealLinks;
}

/** How long deals stayed in the stages that they have left. */
export function StageTimesCard({ stageTimes, links }: StageTimesCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const time = (seconds: number | null): string => format.duration((seconds ?? 0) * 1_000);
  return (
    <Card title={t`Time in a stage`}>
      {stageTimes.length === 0 ? (
        <p className={styles.note}>
          <Trans>No deal has left a stage yet.</Trans>
        </p>
      ) : (
        <BarChart
          label={t`Time in a stage`}
          bars={stageTimes.map(({ stage, title, visits, meanSeconds, p90Seconds }) => ({
            key: stage,
            label: title,
            value: meanSeconds ?? 0,
            text: time(meanSeconds),
            detail: t`P90 ${time(p90Seconds)}, ${format.number(visits)} stays`,
            to: links.created({ leftStages: [stage] }),
          }))}
        />
      )}
    </Card>
  );
}
