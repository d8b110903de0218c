import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useTenant } from '../../app/shell/tenant.tsx';
import { Card } from '../../ui/card/card.tsx';
import { AreaChart } from '../../ui/chart/area-chart.tsx';
import { ChartTable } from '../../ui/chart/chart-table.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import { coursesOf } from './kpi-courses.ts';
import { addDays, beginOfDay } from './spans.ts';
import styles from './dashboard.module.css';

interface KpiCardProps {
  readonly kpi: Dashboard['kpi'];
  readonly links: DealLinks;
}

/** Campaign figures as they were reported, by day. */
export function KpiCard({ kpi, links }: KpiCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = useTenant();
  const courses = coursesOf(kpi);
  const date = (day: string): string => format.date(beginOfDay(day, timeZone));
  const at = (day: string): string => new Date(beginOfDay(day, timeZone)).toISOString();
  return (
    <Card title={t`Campaign figures`}>
      <ul className={styles.list}>
        {courses.map(({ key, name, currency, total, reports, days }) => {
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
                {', '}
                <Link
                  className={styles.count}
                  to={links.reported(name, currency)}
                  aria-label={t`${title}: ${plural(reports, { one: '# report', other: '# reports' })}`}
                >
                  <Plural value={reports} one="# report" other="# reports" />
                </Link>
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
          cells: courses.map(({ key, name, currency, days }) => {
            const value = days.find((one) => one.day === day)?.value;
            if (value === undefined) return '–';
            const part = { kpiFrom: at(day), kpiBefore: at(addDays(day, 1)) };
            return (
              <Link key={key} to={links.reported(name, currency, part)}>
                {format.number(value)}
              </Link>
            );
          }),
        }))}
      />
    </Card>
  );
}
