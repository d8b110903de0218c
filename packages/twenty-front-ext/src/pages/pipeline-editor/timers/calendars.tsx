import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Calendar, WorkingCalendar } from 'twenty-mak-domain';
import { Button, LightButton } from 'twenty-ui/input';
import { WorkingCalendarFields } from '../../../parts/working-calendar/working-calendar.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { useTenant } from '../../../app/shell/tenant.tsx';
import { NoteList } from '../check/note-list.tsx';
import { notesAt } from '../check/notes.ts';
import { useEditor } from '../draft/editor-context.ts';
import styles from '../items/items.module.css';
import { Section } from '../items/section.tsx';

const HOURS = [{ from: '09:00', to: '18:00' }];

/** Hours in which timers run, by name. */
export function Calendars() {
  const { t } = useLingui();
  const { definition, readOnly, change, undo } = useEditor();
  const { timeZone } = useTenant();
  const snackbar = useSnackbar();
  const [name, setName] = useState('');
  const { calendars = {} } = definition;
  const set = (next: Readonly<Record<string, Calendar>>, step?: string): void =>
    change({ ...definition, calendars: next }, step);
  const usual: WorkingCalendar = {
    kind: 'working',
    timeZone,
    week: { 1: HOURS, 2: HOURS, 3: HOURS, 4: HOURS, 5: HOURS },
  };
  const add = (): void => {
    const key = name.trim();
    if (key === '') return;
    if (!Object.hasOwn(calendars, key)) set({ ...calendars, [key]: usual });
    setName('');
  };
  const remove = (key: string): void => {
    set(Object.fromEntries(Object.entries(calendars).filter(([one]) => one !== key)));
    snackbar.info(t`${key} is removed.`, { label: t`Undo`, run: undo });
  };
  return (
    <Section
      title={t`Calendars`}
      text={
        <Trans>
          On a working calendar hours are working hours, and days are working days that end at the
          same local time.
        </Trans>
      }
    >
      {Object.entries(calendars).map(([key, calendar]) => (
        <CalendarPart
          key={key}
          name={key}
          calendar={calendar}
          usual={usual}
          onChange={(next) => set({ ...calendars, [key]: next }, `calendars.${key}`)}
          onRemove={() => remove(key)}
        />
      ))}
      {!readOnly && (
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextField
            label={t`Name of another calendar`}
            placeholder="office"
            value={name}
            onChange={setName}
          />
          <Button
            type="submit"
            Icon={IconPlus}
            title={t`Add calendar`}
            variant="secondary"
            size="small"
          />
        </form>
      )}
    </Section>
  );
}

interface CalendarPartProps {
  readonly name: string;
  readonly calendar: Calendar;
  readonly usual: WorkingCalendar;
  readonly onChange: (calendar: Calendar) => void;
  readonly onRemove: () => void;
}

function CalendarPart({ name, calendar, usual, onChange, onRemove }: CalendarPartProps) {
  const { t } = useLingui();
  const { check, readOnly } = useEditor();
  return (
    <div className={styles.part} role="group" aria-label={t`Calendar ${name}`}>
      <h3 className={styles.name}>{name}</h3>
      <NoteList notes={notesAt(check.notes, `calendars.${name}`)} />
      <div className={styles.line}>
        <SelectField<Calendar['kind']>
          label={t`Time runs`}
          value={calendar.kind}
          disabled={readOnly}
          options={[
            { value: 'working', label: t`In working hours` },
            { value: 'always', label: t`Day and night` },
          ]}
          onChange={(kind) => onChange(kind === 'always' ? { kind } : usual)}
        />
        {!readOnly && <LightButton type="button" title={t`Remove`} onClick={onRemove} />}
      </div>
      {calendar.kind === 'working' && (
        <WorkingCalendarFields calendar={calendar} disabled={readOnly} onChange={onChange} />
      )}
    </div>
  );
}
