import { useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import type { WorkingCalendar } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { WorkingCalendarFields } from '../../parts/working-calendar/working-calendar.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import type { CompanyFieldsProps } from './company-sections.tsx';

const HOURS = [{ from: '09:00', to: '18:00' }];

/** Hours in which people work, for the timers of pipelines. */
export function CalendarSection({ values, onChange, disabled }: CompanyFieldsProps) {
  const { t } = useLingui();
  const { workingCalendar: named, timeZone } = values;
  const set = (workingCalendar: typeof named): void => onChange({ ...values, workingCalendar });
  const usual: WorkingCalendar = {
    kind: 'working',
    timeZone,
    week: { 1: HOURS, 2: HOURS, 3: HOURS, 4: HOURS, 5: HOURS },
  };
  return (
    <Section
      title={t`Working calendar`}
      text={t`The pipeline editor offers it for timers. Versions that are published keep theirs.`}
    >
      {named === null && <p>{t`There is none; timers count all hours of all days.`}</p>}
      {named === null && !disabled && (
        <SectionActions>
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a working calendar`}
            variant="secondary"
            onClick={() => set({ name: 'office', calendar: usual })}
          />
        </SectionActions>
      )}
      {named !== null && (
        <>
          <TextField
            label={t`Key`}
            hint={t`What pipelines call it: small letters, digits and -.`}
            required
            maxLength={64}
            disabled={disabled}
            value={named.name}
            onChange={(name) => set({ ...named, name })}
          />
          <WorkingCalendarFields
            calendar={named.calendar}
            disabled={disabled}
            onChange={(calendar) => set({ ...named, calendar })}
          />
          {!disabled && (
            <SectionActions>
              <Button
                type="button"
                title={t`Remove the calendar`}
                variant="secondary"
                onClick={() => set(null)}
              />
            </SectionActions>
          )}
        </>
      )}
    </Section>
  );
}
