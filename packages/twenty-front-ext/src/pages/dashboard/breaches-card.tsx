import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useTenant } from '../../app/shell/tenant.tsx';
import { Card } from '../../ui/card/card.tsx';
import { ChartTable } from '../../ui/chart/chart-table.tsx';
import { ColumnChart } from '../../ui/chart/column-chart.tsx';
import { dayAt } from '../../ui/format/day.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import { beginOfDay, spansOf } from './spans.ts';
import type { Span, Step } from './spans.ts';
import type { Period } from './use-period.ts';
import styles from './dashboard.module.css';

interface BreachesCardProps {
  readonly dashboard: Dashboard;
  readonly period: Period;
  readonly links: DealLinks;
}

/** Rows of the table: whole spans, as few as it takes. */
const ROWS = 31;

/** How many clocks ran out, over time, by timer. */
export function BreachesCard({ dashboard, period, links }: BreachesCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = useTenant();
  const { breaches, steps, asOf } = dashboard;
  const timers = steps.filter(({ timer }) => breaches.some((one) => one.timer === timer));
  const today = dayAt(Date.parse(asOf), timeZone);
  const first = period.from ?? breaches[0]?.day ?? today;
  const last = period.to === null || period.to > today ? today : period.to;

  const at = (day: string): number => beginOfDay(day, timeZone);
  const count = ({ from, before }: Span, timer: string): number =>
    breaches
      .filter((one) => one.timer === timer && one.day >= from && one.day < before)
      .reduce((sum, { breached }) => sum + breached, 0);
  /** A first or last span may reach beyond the period, whose days alone are counted. */
  const dealsOf = ({ from, before }: Span, timer: string | null): string =>
    links.ever({
      timer,
      runStatus: 'breached',
      runDueFrom: new Date(at(from < first ? first : from)).toISOString(),
      runDueBefore: new Date(
        Math.min(
          at(before),
          dashboard.createdBefore === null ? Infinity : Date.parse(dashboard.createdBefore),
        ),
      ).toISOString(),
    });
  const titleOf = (step: Step, { from, before }: Span): string => {
    switch (step) {
      case 'day':
        return format.date(at(from));
      case 'week':
      case 'quarter':
        return `${format.dayMonth(at(from))} – ${format.date(at(before) - 1)}`;
      case 'month':
        return format.month(at(from));
      case 'year':
        return from.slice(0, 4);
    }
  };
  const shortTitleOf = (step: Step, { from }: Span): string => {
    switch (step) {
      case 'day':
      case 'week':
        return format.dayMonth(at(from));
      case 'month':
      case 'quarter':
        return format.month(at(from));
      case 'year':
        return from.slice(0, 4);
    }
  };
  const table = spansOf(first, last, ROWS);

  return (
    <Card title={t`Breaches over time`}>
      <p className={styles.note}>
        <Trans>Clocks by the day on which their time was over.</Trans>
      </p>
      {breaches.length === 0 ? (
        <p>
          <Trans>No clock was breached in this time.</Trans>
        </p>
      ) : (
        <>
          <ColumnChart
            label={t`Breaches over time`}
            kinds={timers.map(({ title }) => title)}
            formatNumber={format.number}
            columnsFor={(most) => {
              const { step, spans } = spansOf(first, last, most);
              return spans.map((span) => {
                const values = timers.map(({ timer }) => count(span, timer));
                const total = values.reduce((sum, value) => sum + value, 0);
                const parts = timers
                  .map(({ title }, index) => ({ title, value: values[index] ?? 0 }))
                  .filter(({ value }) => value > 0)
                  .map(({ title, value }) => `${title} ${format.number(value)}`);
                return {
                  key: span.from,
                  label: shortTitleOf(step, span),
                  text: t`${titleOf(step, span)}: ${format.number(total)} breached. ${parts.join(', ')}`,
                  values,
                  to: dealsOf(span, null),
                };
              });
            }}
          />
          <ChartTable
            summary={t`Show as a table`}
            caption={t`Breaches over time`}
            head={[t`Time`, ...timers.map(({ title }) => title)]}
            rows={table.spans.map((span) => ({
              key: span.from,
              head: titleOf(table.step, span),
              cells: timers.map(({ timer }) => {
                const breached = count(span, timer);
                if (breached === 0) return 0;
                return (
                  <Link key={timer} to={dealsOf(span, timer)}>
                    {format.number(breached)}
                  </Link>
                );
              }),
            }))}
          />
        </>
      )}
    </Card>
  );
}
