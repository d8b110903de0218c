import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { sumText } from '../../ui/format/sum-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface TilesProps {
  readonly dashboard: Dashboard;
  readonly links: DealLinks;
}

/** What is asked first. */
export function Tiles({ dashboard, links }: TilesProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { totals, steps, bottlenecks } = dashboard;
  const of = (kind: string) => {
    const own = totals.find((one) => one.kind === kind);
    return {
      deals: own?.deals ?? 0,
      sums: own === undefined ? '' : sumText(own, format),
      to: links.created({ stages: own?.stages ?? [] }),
    };
  };
  const [open, won, ended] = [of('open'), of('won'), of('ended')];
  const met = total(steps.map((step) => step.met));
  const breached = total(steps.map((step) => step.breached));
  const overdue = total(bottlenecks.map((stage) => stage.overdue));
  const tiles = [
    { key: 'open', label: t`Open deals`, value: open.deals, note: open.sums, to: open.to },
    { key: 'won', label: t`Won`, value: won.deals, note: won.sums, to: won.to },
    {
      key: 'ended',
      label: t`Ended without success`,
      value: ended.deals,
      note: ended.sums,
      to: ended.to,
    },
    {
      key: 'overdue',
      label: t`Overdue now`,
      value: overdue,
      note: t`whenever they were created`,
      to: links.ever({ sla: 'overdue', outcome: 'open' }),
    },
    {
      key: 'breached',
      label: t`Breached clocks`,
      value: breached,
      note: met + breached === 0 ? '' : t`${format.percent(met / (met + breached))} were in time`,
      to: links.created({ runStatus: 'breached' }),
    },
  ];
  return (
    <ul className={styles.tiles}>
      {tiles.map(({ key, label, value, note, to }) => (
        <li key={key}>
          {value === 0 ? (
            <div className={styles.tile}>{content(label, value, note)}</div>
          ) : (
            <Link to={to} className={styles.tile}>
              {content(label, value, note)}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );

  function content(label: string, value: number, note: string) {
    return (
      <>
        <span className={styles.tileLabel}>{label}</span>{' '}
        <span className={styles.tileValue}>{format.number(value)}</span>{' '}
        <span className={styles.note}>{note}</span>
      </>
    );
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
