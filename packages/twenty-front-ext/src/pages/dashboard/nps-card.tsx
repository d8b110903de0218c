import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { Card } from '../../ui/card/card.tsx';
import { BarChart } from '../../ui/chart/bar-chart.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

interface NpsCardProps {
  readonly nps: Dashboard['nps'];
  readonly stages: Dashboard['stages'];
  readonly links: DealLinks;
}

/** What clients answered, and what they said. */
export function NpsCard({ nps, stages, links }: NpsCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { answers, score, promoters, passives, detractors, comments } = nps;
  const share = (count: number): string =>
    `${format.number(count)} (${format.percent(answers === 0 ? 0 : count / answers)})`;
  const titleOf = (key: string): string => stages.find(({ stage }) => stage === key)?.title ?? key;
  return (
    <Card title={t`NPS`}>
      <p>
        <span className={styles.tileValue}>
          {score === null ? '–' : format.number(Math.round(score))}
        </span>{' '}
        <Link className={styles.count} to={links.answered(0, 10)}>
          <Plural value={answers} one="# answer" other="# answers" />
        </Link>
      </p>
      <BarChart
        label={t`Answers`}
        bars={[
          {
            key: 'promoters',
            label: t`Promoters, 9 and 10`,
            value: promoters,
            text: share(promoters),
            to: promoters === 0 ? null : links.answered(9, 10),
          },
          {
            key: 'passives',
            label: t`Passives, 7 and 8`,
            value: passives,
            text: share(passives),
            to: passives === 0 ? null : links.answered(7, 8),
          },
          {
            key: 'detractors',
            label: t`Detractors, 0 to 6`,
            value: detractors,
            text: share(detractors),
            to: detractors === 0 ? null : links.answered(0, 6),
            tone: 'muted',
          },
        ]}
      />
      {comments.length > 0 && (
        <>
          <h3 className={styles.itemTitle}>
            <Trans>Newest comments</Trans>
          </h3>
          <ul className={styles.list}>
            {comments.map(({ dealId, at, stage, score: given, comment }) => (
              <li key={`${dealId} ${at}`} className={styles.item}>
                <p className={styles.comment}>{comment}</p>
                <p className={styles.note}>
                  <Trans>
                    {given} of 10, in {titleOf(stage)}, {format.dateTime(at)}
                  </Trans>{' '}
                  <Link className={styles.count} to={`/deals/${dealId}`}>
                    <Trans>Open the deal</Trans>
                  </Link>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
