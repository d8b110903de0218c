import { Trans, useLingui } from '@lingui/react/macro';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface FunnelCardProps {
  readonly funnel: Dashboard['funnel'];
  readonly links: DealLinks;
}

/** How far the deals came. */
export function FunnelCard({ funnel, links }: FunnelCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  /** Every deal has begun, also one whose highest stage only older versions have. */
  const rest = (index: number): string[] =>
    index === 0 ? [] : funnel.slice(index).map(({ stage }) => stage);
  return (
    <Card title={t`Conversion`}>
      <p className={styles.note}>
        <Trans>Deals that came to the stage or further, and how many of them went on.</Trans>
      </p>
      <BarChart
        label={t`Conversion`}
        align="center"
        bars={funnel.map(({ stage, title, entered, reachedNext, rate }, index) => ({
          key: stage,
          label: title,
          value: entered,
          text: format.number(entered),
          to: entered === 0 ? null : links.created({ reachedStages: rest(index) }),
          ...(rate === null || reachedNext === null
            ? {}
            : { detail: t`${format.percent(rate)} went on (${format.number(reachedNext)})` }),
        }))}
      />
    </Card>
  );
}
