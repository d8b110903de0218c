import { useEffect, useState } from 'react';
import { useLocale, useTranslate } from 'twenty-sdk/front-component';
import { formatDistance, formatInstant } from '../ui/language.ts';
import { column, theme } from '../ui/theme.ts';
import type { Run } from './deal-progress.ts';

const TICK_MS = 30_000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Share of its time that a run has used, 0 to 1. */
function used({ openedAt, dueAt, closedAt }: Run, now: number): number {
  const opened = Date.parse(openedAt);
  const whole = Math.max(Date.parse(dueAt) - opened, 1);
  const spent = (closedAt === null ? now : Date.parse(closedAt)) - opened;
  return Math.min(Math.max(spent / whole, 0), 1);
}

/** Clocks of the deal: how much of each is used, and how it ended. */
export function SlaClocks({ runs }: { readonly runs: readonly Run[] }) {
  const now = useNow();
  return (
    <ul style={{ ...column, gap: 10, margin: 0, padding: 0, listStyle: 'none' }}>
      {runs.map((run) => (
        <Clock key={`${run.timer} ${run.openedAt}`} run={run} now={now} />
      ))}
    </ul>
  );
}

function Clock({ run, now }: { readonly run: Run; readonly now: number }) {
  const color =
    run.status === 'breached' ? theme.red : run.status === 'met' ? theme.green : theme.accent;
  return (
    <li style={{ ...column, gap: 4 }}>
      <span style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <span>{run.title ?? run.timer}</span>
        <span style={{ color: run.status === 'breached' ? theme.danger : theme.textSecondary }}>
          <ClockText run={run} now={now} />
        </span>
      </span>
      <span style={{ height: 4, borderRadius: 2, background: theme.hover, overflow: 'hidden' }}>
        <span
          style={{
            display: 'block',
            width: `${Math.round(used(run, now) * 100)}%`,
            height: '100%',
            background: run.status === 'cancelled' ? theme.textTertiary : color,
          }}
        />
      </span>
    </li>
  );
}

function ClockText({ run, now }: { readonly run: Run; readonly now: number }) {
  const { t } = useTranslate();
  const locale = useLocale();
  const due = formatInstant(locale, run.dueAt);
  switch (run.status) {
    case 'met':
      return t('in time');
    case 'cancelled':
      return t('cancelled');
    case 'breached':
      return run.acknowledgedAt === null
        ? t('breached, was due {due}', { due })
        : t('breached, was due {due}, acknowledged', { due });
    default:
      return t('due {distance}', { distance: formatDistance(locale, run.dueAt, now) });
  }
}
