import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconClock, IconClockExclamation } from '@tabler/icons-react';
import { useFormat } from '../format/use-format.tsx';
import { useNow } from './clock.tsx';
import styles from './sla-clock.module.css';

const DAY = 86_400_000;

/** Time left until an SLA is breached, or since it was. Its state shows by icon and words, not by colour alone. */
export function SlaClock({ dueAt }: { readonly dueAt: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const left = Date.parse(dueAt) - useNow();
  const span = format.duration(Math.abs(left));
  const state = left < 0 ? 'late' : left < DAY ? 'soon' : 'calm';
  const Icon = { late: IconAlertTriangle, soon: IconClockExclamation, calm: IconClock }[state];
  return (
    <span className={styles.clock} data-state={state} title={format.dateTime(dueAt)}>
      <Icon size={12} aria-hidden />
      <span className="visually-hidden">{left < 0 ? t`SLA breached, late by` : t`SLA due in`}</span>
      {left < 0 ? `+${span}` : span}
    </span>
  );
}
