import { useLingui } from '@lingui/react/macro';
import { NO_FILTERS, writeDealFilters } from '../../parts/deal-filters/deal-filters.ts';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { OverviewDeals } from './overview.ts';
import styles from './home.module.css';

/** Deals of the company by stage; each bar leads to its deals. */
export function DealsCard({ deals: { total, stages } }: { readonly deals: OverviewDeals }) {
  const { t } = useLingui();
  const { number } = useFormat();
  return (
    <Card title={t`Deals by stage`}>
      {total === 0 ? (
        <p
          className={styles.note}
        >{t`There are no deals yet. A lead that is converted becomes one.`}</p>
      ) : (
        <BarChart
          label={t`Deals by stage`}
          bars={stages.map(({ pipeline, stage, title, deals }) => ({
            key: `${pipeline}/${stage}`,
            label: title,
            value: deals,
            text: number(deals),
            to: deals === 0 ? null : dealsOf(pipeline, stage),
          }))}
        />
      )}
    </Card>
  );
}

function dealsOf(pipeline: string, stage: string): string {
  const params = new URLSearchParams({ pipeline });
  return `/deals?${writeDealFilters({ ...NO_FILTERS, stages: [stage] }, params).toString()}`;
}
