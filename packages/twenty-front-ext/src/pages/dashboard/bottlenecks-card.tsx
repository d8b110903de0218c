import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ScrollBox } from '../../ui/scroll/scroll-box.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface BottlenecksCardProps {
  readonly bottlenecks: Dashboard['bottlenecks'];
  readonly links: DealLinks;
}

/** Where open deals wait, the worst stage first. */
export function BottlenecksCard({ bottlenecks, links }: BottlenecksCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const waiting = bottlenecks.filter(({ deals }) => deals > 0);
  return (
    <Card title={t`Bottlenecks`}>
      <p className={styles.note}>
        <Trans>Where open deals wait now, whenever they were created. The worst stage first.</Trans>
      </p>
      {waiting.length === 0 ? (
        <p>
          <Trans>No deal is open.</Trans>
        </p>
      ) : (
        <ScrollBox>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t`Stage`}</th>
                <th scope="col">{t`Overdue`}</th>
                <th scope="col">{t`Deals`}</th>
                <th scope="col">{t`Mean wait`}</th>
                <th scope="col">{t`P90`}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.map(({ stage, title, deals, overdue, meanSeconds, p90Seconds }) => (
                <tr key={stage}>
                  <th scope="row">{title}</th>
                  <td>
                    {overdue === 0 ? (
                      0
                    ) : (
                      <Link to={links.ever({ stages: [stage], sla: 'overdue' })}>
                        {format.number(overdue)}
                        <span className="visually-hidden">{t`overdue in ${title}`}</span>
                      </Link>
                    )}
                  </td>
                  <td>
                    <Link to={links.ever({ stages: [stage] })}>
                      {format.number(deals)}
                      <span className="visually-hidden">{t`deals in ${title}`}</span>
                    </Link>
                  </td>
                  <td className={styles.time}>{format.duration(meanSeconds * 1_000)}</td>
                  <td className={styles.time}>
                    {p90Seconds === null ? '–' : format.duration(p90Seconds * 1_000)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Card>
  );
}
