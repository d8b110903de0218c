import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleOff,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTenant } from '../../app/shell/tenant.tsx';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useNow } from '../../ui/clock/clock.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { runBar } from './sla-bar.ts';
import styles from './sla-card.module.css';

type Run = DealDetailFragment['slaRuns'][number];

const ICONS = {
  running: IconPlayerPlay,
  met: IconCircleCheck,
  breached: IconAlertTriangle,
  cancelled: IconCircleOff,
} as const;

/** Runs of the timers, newest first, each as a bar against its target. */
export function SlaCard({ runs }: { readonly runs: readonly Run[] }) {
  const { t } = useLingui();
  const { timeZone } = useTenant();
  return (
    <Card title={t`SLA`}>
      {runs.length === 0 ? (
        <p className={styles.note}>
          <Trans>No timer has started yet.</Trans>
        </p>
      ) : (
        <>
          <ul className={styles.runs}>
            {runs.toReversed().map((run) => (
              <RunItem
                key={`${run.timer} ${run.openedBy.source} ${run.openedBy.eventId}`}
                run={run}
              />
            ))}
          </ul>
          <p className={styles.note}>
            <Trans>Times are in the time zone {timeZone}.</Trans>
          </p>
        </>
      )}
    </Card>
  );
}

function RunItem({ run }: { readonly run: Run }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow();
  const { timer, title, status, openedAt, dueAt, closedAt, acknowledgedAt } = run;
  const bar = runBar(run, now);
  const Icon = ICONS[status];
  const words = {
    running: t`Running`,
    met: t`In time`,
    breached: t`Breached`,
    cancelled: t`Cancelled`,
  };
  const elapsed = format.duration(bar.elapsed);
  const target = format.duration(bar.target);
  return (
    <li className={styles.run} data-status={status}>
      <div className={styles.line}>
        <span className={styles.title}>{title ?? timer}</span>
        <span className={styles.status}>
          <Icon size={14} aria-hidden />
          {words[status]}
        </span>
      </div>
      <div className={styles.bar} aria-hidden>
        <span className={styles.within} style={{ width: `${bar.within * 100}%` }} />
        <span className={styles.beyond} style={{ width: `${bar.beyond * 100}%` }} />
        {bar.due < 1 && <span className={styles.due} style={{ left: `${bar.due * 100}%` }} />}
      </div>
      <div className={styles.times}>
        <span>
          <Trans>
            {elapsed} of {target}
          </Trans>
        </span>
        <span>
          {closedAt === null
            ? t`due ${format.dateTime(dueAt)}`
            : t`due ${format.dateTime(dueAt)}, ended ${format.dateTime(closedAt)}`}
        </span>
      </div>
      {acknowledgedAt !== null && (
        <span className={styles.note}>
          <Trans>Acknowledged {format.dateTime(acknowledgedAt)}</Trans>
        </span>
      )}
      <span className="visually-hidden">{t`started ${format.dateTime(openedAt)}`}</span>
    </li>
  );
}
