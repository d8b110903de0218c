import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import type { WorkingCalendar, WorkingInterval } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import styles from './working-calendar.module.css';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** A Monday; the names of weekdays come from the seven days after it. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** Hours for a day that had none. */
const USUAL: WorkingInterval = { from: '09:00', to: '18:00' };

interface WorkingCalendarFieldsProps {
  readonly calendar: WorkingCalendar;
  readonly onChange: (calendar: WorkingCalendar) => void;
  readonly disabled?: boolean;
}

/** Working hours of a week in a time zone, and the days on which nobody works. */
export function WorkingCalendarFields({
  calendar,
  onChange,
  disabled = false,
}: WorkingCalendarFieldsProps) {
  const { t, i18n } = useLingui();
  const zonesId = useId();
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const names = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.locale, { weekday: 'long', timeZone: 'UTC' });
    return WEEKDAYS.map((day) => format.format(MONDAY + (day - 1) * DAY));
  }, [i18n.locale]);
  const setDay = (day: Weekday, intervals: readonly WorkingInterval[]): void => {
    const { [day]: _before, ...others } = calendar.week;
    const week = intervals.length === 0 ? others : { ...others, [day]: intervals };
    onChange({ ...calendar, week });
  };
  return (
    <div className={styles.calendar}>
      <div className={styles.zone}>
        <TextField
          label={t`Time zone`}
          list={zonesId}
          value={calendar.timeZone}
          disabled={disabled}
          onChange={(timeZone) => onChange({ ...calendar, timeZone })}
        />
        <Suggestions id={zonesId} values={zones} />
      </div>
      <fieldset className={styles.week}>
        <legend>{t`Working hours`}</legend>
        {WEEKDAYS.map((day, index) => (
          <DayHours
            key={day}
            name={names[index] ?? ''}
            intervals={calendar.week[day] ?? []}
            disabled={disabled}
            onChange={(intervals) => setDay(day, intervals)}
          />
        ))}
      </fieldset>
      <TokensField
        label={t`Holidays`}
        hint={t`Days on which nobody works.`}
        type="date"
        values={calendar.holidays ?? []}
        disabled={disabled}
        onChange={(holidays) => onChange({ ...calendar, holidays: holidays.toSorted() })}
      />
    </div>
  );
}

function DayHours({
  name,
  intervals,
  disabled,
  onChange,
}: {
  readonly name: string;
  readonly intervals: readonly WorkingInterval[];
  readonly disabled: boolean;
  readonly onChange: (intervals: readonly WorkingInterval[]) => void;
}) {
  const { t } = useLingui();
  const set = (index: number, part: Partial<WorkingInterval>): void =>
    onChange(intervals.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const last = intervals.at(-1);
  return (
    <div className={styles.day} role="group" aria-label={name}>
      <span className={styles.name}>{name}</span>
      <div className={styles.intervals}>
        {intervals.length === 0 && <span className={styles.free}>{t`Free`}</span>}
        {intervals.map((interval, index) => (
          // A day has few intervals, and they have no other name than their place.
          <span key={index} className={styles.interval}>
            <TextField
              label={t`${name}: from`}
              labelHidden
              inputMode="numeric"
              placeholder="09:00"
              value={interval.from}
              disabled={disabled}
              onChange={(from) => set(index, { from })}
            />
            –
            <TextField
              label={t`${name}: to`}
              labelHidden
              inputMode="numeric"
              placeholder="18:00"
              value={interval.to}
              disabled={disabled}
              onChange={(to) => set(index, { to })}
            />
            {!disabled && (
              <Button
                type="button"
                Icon={IconTrash}
                variant="tertiary"
                size="small"
                ariaLabel={t`${name}: remove ${interval.from} to ${interval.to}`}
                onClick={() => onChange(intervals.toSpliced(index, 1))}
              />
            )}
          </span>
        ))}
        {!disabled && (
          <Button
            type="button"
            Icon={IconPlus}
            variant="tertiary"
            size="small"
            ariaLabel={t`${name}: add hours`}
            onClick={() =>
              onChange([...intervals, last === undefined ? USUAL : { from: last.to, to: '24:00' }])
            }
          />
        )}
      </div>
    </div>
  );
}
