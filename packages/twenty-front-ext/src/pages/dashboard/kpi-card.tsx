import { Trans, useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { Card } from '../../ui/card/card.tsx';
import { AreaChart } from '../../ui/chart/area-chart.tsx';
import { ChartTable } from '../../ui/chart/chart-table.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard } from './deal-links.ts';
import { coursesOf } from './kpi-courses.ts';
import { beginOfDay } from './spans.ts';
import styles from './dashboard.module.css';

/** Campaign figures as they were reported, by day. */
export function KpiCard({ kpi }: { readonly kpi: Dashboard['kpi'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = useTenant();
  const courses = coursesOf(kpi);
  const date = (day: string): string => format.date(beginOfDay(day, timeZone));
  return (
    <Card title={t`Campaign figures`}>
      <ul className={styles.list}>
        {courses.map(({ key, name, currency, total, days }) => {
          const title = currency === null ? name : `${name}, ${currency}`;
          const [first, last] = [date(days[0]?.day ?? ''), date(days.at(-1)?.day ?? '')];
          return (
            <li key={key} className={styles.item}>
              <h3 className={styles.itemTitle}>
                {title} <span className={styles.figure}>{format.number(total)}</span>
              </h3>
              <p className={styles.note}>
                <Trans>
                  by day, {first} – {last}
                </Trans>
              </p>
              <AreaChart
                label={t`${title} by day, ${first} – ${last}`}
                points={days.map(({ day, value }) => ({ at: Date.parse(day), value }))}
              />
            </li>
          );
        })}
      </ul>
      <ChartTable
        summary={t`Show as a table`}
        caption={t`Campaign figures`}
        head={[
          t`Day`,
          ...courses.map(({ name, currency }) =>
            currency === null ? name : `${name}, ${currency}`,
          ),
        ]}
        rows={kpi.map(({ day }) => ({
          key: day,
          head: date(day),
          cells: courses.map(({ days }) => {
            const value = days.find((one) => one.day === day)?.value;
            return value === undefined ? '–' : format.number(value);
          }),
        }))}
      />
    </Card>
  );
}
