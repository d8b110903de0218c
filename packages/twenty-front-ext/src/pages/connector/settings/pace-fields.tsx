import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../../ui/section/section.tsx';
import { has } from './own-settings.ts';
import type { PartProps } from './part.ts';

/** How often the other system is asked. */
export function PaceFields({ connector, values, errorAt, onChange }: PartProps) {
  const { t } = useLingui();
  const { key, title, highestBudget: highest } = connector;
  const hasMinute = has(key, 'callsPerMinute');
  return (
    <Section
      title={t`Pace`}
      text={
        hasMinute
          ? t`Never more calls than this. What ${title} allows in a minute holds besides.`
          : t`Never more calls than this.`
      }
    >
      <FieldPair>
        <TextField
          label={t`Calls a second`}
          hint={t`At most ${highest.perSecond}`}
          type="number"
          required
          min={0.001}
          max={highest.perSecond}
          step="any"
          error={errorAt('budget.per_second')}
          value={values.perSecond}
          onChange={(perSecond) => onChange({ perSecond })}
        />
        <TextField
          label={t`Calls at once`}
          hint={t`At most ${highest.burst}`}
          type="number"
          required
          min={1}
          max={highest.burst}
          step="any"
          error={errorAt('budget.burst')}
          value={values.burst}
          onChange={(burst) => onChange({ burst })}
        />
      </FieldPair>
      <FieldPair>
        {hasMinute && (
          <TextField
            label={t`Calls a minute that ${title} allows`}
            hint={
              key === 'twenty'
                ? t`Its API_RATE_LIMITING_LONG_LIMIT; 100 unless it was raised.`
                : t`60 unless your plan allows more.`
            }
            type="number"
            required
            min={10}
            max={1_000_000}
            error={errorAt('settings.calls_per_minute')}
            value={values.callsPerMinute}
            onChange={(callsPerMinute) => onChange({ callsPerMinute })}
          />
        )}
        <TextField
          label={t`Seconds between two looks`}
          hint={t`How often ${title} is asked for what no message told.`}
          type="number"
          required
          min={5}
          max={86_400}
          error={errorAt('poll_seconds')}
          value={values.pollSeconds}
          onChange={(pollSeconds) => onChange({ pollSeconds })}
        />
      </FieldPair>
    </Section>
  );
}
