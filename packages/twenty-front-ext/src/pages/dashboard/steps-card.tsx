import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { Card } from '../../ui/card/card.tsx';
import { Bullet, BulletLegend } from '../../ui/chart/bullet.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import type { Dashboard, DealLinks } from './deal-links.ts';
import styles from './dashboard.module.css';

type Step = Dashboard['steps'][number];

interface StepsCardProps {
  readonly steps: readonly Step[];
  readonly links: DealLinks;
}

/** How long the steps took against their targets, and how their clocks ended. */
export function StepsCard({ steps, links }: StepsCardProps) {
  const { t } = useLingui();
  return (
    <Card title={t`Time per step against its target`}>
      {steps.length === 0 ? (
        <p className={styles.note}>
          <Trans>This pipeline has no timers. An admin adds them in its settings.</Trans>
        </p>
      ) : (
        <>
          <BulletLegend
            mean={t`Mean`}
            p90={t`Nine of ten took no longer (P90)`}
            target={t`Target`}
          />
          <ul className={styles.list}>
            {steps.map((step) => (
              <StepItem key={step.timer} step={step} links={links} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function StepItem({ step, links }: { readonly step: Step; readonly links: DealLinks }) {
  const { t } = useLingui();
  const format = useFormat();
  const { timer, title, reached, meanSeconds, p90Seconds, targetSeconds, calendar } = step;
  const time = (seconds: number | null): string =>
    seconds === null ? '–' : format.duration(seconds * 1_000);
  const [mean, p90, target] = [time(meanSeconds), time(p90Seconds), time(targetSeconds)];
  const counts = [
    { status: 'met', label: t`in time`, runs: step.met },
    { status: 'breached', label: t`breached`, runs: step.breached },
    { status: 'running', label: t`running`, runs: step.running },
    { status: 'cancelled', label: t`cancelled`, runs: step.cancelled },
  ] as const;
  return (
    <li className={styles.item}>
      <h3 className={styles.itemTitle}>{title}</h3>
      {meanSeconds !== null && (
        <Bullet
          label={t`Mean ${mean}, P90 ${p90}, target ${target}`}
          mean={meanSeconds}
          p90={p90Seconds}
          target={targetSeconds}
          most={1.05 * Math.max(meanSeconds, p90Seconds ?? 0, targetSeconds ?? 0)}
        />
      )}
      <p className={styles.note}>
        {meanSeconds === null ? (
          <Trans>Nothing has reached its goal yet. Target {target}.</Trans>
        ) : (
          <Trans>
            Mean {mean}, P90 {p90}, target {target}
          </Trans>
        )}
        {calendar !== null && <Trans>, in working time</Trans>}
        {reached > 0 && (
          <>
            {', '}
            <Link className={styles.count} to={links.created({ timer, runReached: true })}>
              <Plural value={reached} one="reached once" other="reached # times" />
            </Link>
          </>
        )}
      </p>
      <p className={styles.counts}>
        {counts.map(({ status, label, runs }) =>
          runs === 0 ? null : (
            <Link
              key={status}
              className={styles.count}
              to={links.created({ timer, runStatus: status })}
              aria-label={t`${title}: ${format.number(runs)} ${label}`}
            >
              {format.number(runs)} {label}
            </Link>
          ),
        )}
      </p>
    </li>
  );
}
