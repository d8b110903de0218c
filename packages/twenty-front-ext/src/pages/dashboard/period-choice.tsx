import { useLingui } from '@lingui/react/macro';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useTenant } from '../../app/shell/tenant.tsx';
import { useClock } from '../../ui/clock/clock.tsx';
import { dayAt } from '../../ui/format/day.ts';
import { TextField } from '../../ui/form/text-field.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import { addDays } from './spans.ts';
import { usePeriodText } from './use-period-text.ts';
import type { Period } from './use-period.ts';
import styles from './period-choice.module.css';

interface PeriodChoiceProps {
  readonly value: Period;
  readonly onChange: (period: Period) => void;
}

/** The server knows no event before this day. */
const EARLIEST = '1990-01-01';
const PRESETS = [7, 30, 90, 365] as const;

/** On which days the deals were created. */
export function PeriodChoice({ value, onChange }: PeriodChoiceProps) {
  const { t } = useLingui();
  const clock = useClock();
  const { timeZone } = useTenant();
  const text = usePeriodText(value);
  const { from, to } = value;
  const last = (days: number): Period => ({
    from: addDays(dayAt(clock.now(), timeZone), 1 - days),
    to: null,
  });
  return (
    <Popover
      title={t`Deals created`}
      trigger={
        <ToolbarButton>
          <IconCalendar size={16} aria-hidden />
          <span className="visually-hidden">{t`Period:`}</span>
          <span>{text}</span>
        </ToolbarButton>
      }
    >
      <div className={styles.presets}>
        {PRESETS.map((days) => (
          <Button
            key={days}
            title={t`Last ${days} days`}
            variant="secondary"
            size="small"
            onClick={() => onChange(last(days))}
          />
        ))}
        <Button
          title={t`All time`}
          variant="secondary"
          size="small"
          onClick={() => onChange({ from: null, to: null })}
        />
      </div>
      <DayField
        key={`from ${from}`}
        label={t`From`}
        value={from}
        onChange={(day) =>
          onChange({ from: day, to: day !== null && to !== null && to < day ? null : to })
        }
      />
      <DayField
        key={`to ${to}`}
        label={t`To, included`}
        value={to}
        onChange={(day) =>
          onChange({ from: day !== null && from !== null && from > day ? null : from, to: day })
        }
      />
    </Popover>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

/** Holds when it is left or Enter is pressed: while a year is typed it is many years. */
function DayField({ label, value, onChange }: DayFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(value ?? '');
  const wrong = typed !== '' && (typed < EARLIEST || typed.length > EARLIEST.length);
  const keep = (): void => {
    const day = typed === '' ? null : typed;
    if (!wrong && day !== value) onChange(day);
  };
  return (
    <TextField
      type="date"
      label={label}
      value={typed}
      error={wrong ? t`Choose a day from 1990 on.` : null}
      onChange={setTyped}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key === 'Enter') keep();
      }}
    />
  );
}
