import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { lastHours } from '../../../parts/connectors/hours.ts';
import { Card } from '../../../ui/card/card.tsx';
import { ChartTable } from '../../../ui/chart/chart-table.tsx';
import { ColumnChart } from '../../../ui/chart/column-chart.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import styles from '../connector.module.css';

/** What was written and refused, hour by hour. */
export function DayCard({ connector: { health } }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const { number, dateTime, time } = useFormat();
  const hours = lastHours(health);
  const kinds = [t`Written`, t`Refused`];
  const title = t`The last 24 hours`;
  const quiet = hours.every(({ written, refused }) => written + refused === 0);
  if (quiet)
    return (
      <Card title={title}>
        <p className={styles.text}>{t`Nothing was written in the last 24 hours.`}</p>
      </Card>
    );
  return (
    <Card title={title}>
      <ColumnChart
        label={t`Records written and refused, hour by hour`}
        kinds={kinds}
        columnsFor={(most) =>
          hours.slice(-most).map(({ at, written, refused }) => {
            const [from, done, not] = [dateTime(at), number(written), number(refused)];
            return {
              key: String(at),
              label: time(at),
              text: t`From ${from}: ${done} written, ${not} refused`,
              values: [written, refused],
              to: null,
            };
          })
        }
        formatNumber={number}
        tone="calm"
      />
      <ChartTable
        summary={t`Show as a table`}
        caption={title}
        head={[t`Hour`, ...kinds]}
        rows={hours
          .filter(({ written, refused }) => written + refused > 0)
          .map(({ at, written, refused }) => ({
            key: String(at),
            head: dateTime(at),
            cells: [number(written), number(refused)],
          }))}
      />
    </Card>
  );
}
