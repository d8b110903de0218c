import { useLingui } from '@lingui/react/macro';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { OverviewLeads } from './overview.ts';
import styles from './home.module.css';

/** Kinds of status in which nothing more comes of a lead. */
const ENDED = new Set(['rejected', 'returned', 'unsold']);

/** Leads of the company by status, each with its part of all; each bar leads to its leads. */
export function LeadsCard({ leads: { total, statuses } }: { readonly leads: OverviewLeads }) {
  const { t } = useLingui();
  const { number, percent } = useFormat();
  return (
    <Card title={t`Leads by status`}>
      {total === 0 ? (
        <p className={styles.note}>{t`There are no leads yet. The first one shows here.`}</p>
      ) : (
        <BarChart
          label={t`Leads by status`}
          bars={statuses.map(({ status, title, kind, leads }) => ({
            key: status,
            label: title,
            value: leads,
            text: leads === 0 ? number(0) : `${number(leads)} · ${percent(leads / total)}`,
            to: leads === 0 ? null : `/leads?${new URLSearchParams({ status }).toString()}`,
            tone: ENDED.has(kind) ? 'muted' : 'plain',
          }))}
        />
      )}
    </Card>
  );
}
