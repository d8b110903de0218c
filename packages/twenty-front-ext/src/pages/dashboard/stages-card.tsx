import { useLingui } from '@lingui/react/macro';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { sumText } from '../../ui/format/sum-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';

interface StagesCardProps {
  readonly stages: Dashboard['stages'];
  readonly links: DealLinks;
}

/** Where the deals are now. */
export function StagesCard({ stages, links }: StagesCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Card title={t`Deals by stage`}>
      <BarChart
        label={t`Deals by stage`}
        bars={stages.map(({ stage, title, kind, deals, sums, sum }) => ({
          key: stage,
          label: kind === 'former' ? t`${title} (former stage)` : title,
          value: deals,
          text: format.number(deals),
          to: deals === 0 ? null : links.created({ stages: [stage] }),
          tone: kind === 'open' || kind === 'won' ? 'plain' : 'muted',
          ...(sums.length === 0 ? {} : { detail: sumText({ sums, sum }, format) }),
        }))}
      />
    </Card>
  );
}
