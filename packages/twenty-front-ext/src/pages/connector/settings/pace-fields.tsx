import { useLingui } from '@lingui/react/macro';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { TextField } from '../../../ui/form/text-field.tsx';
import { FieldPair } from '../../../ui/section/section.tsx';
import type { SettingsValues } from './settings-values.ts';

interface PaceFieldsProps {
  readonly values: SettingsValues;
  readonly highest: ConnectorLineFragment['highestBudget'];
  readonly onChange: (part: Partial<SettingsValues>) => void;
}

export function PaceFields({ values, highest, onChange }: PaceFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <FieldPair>
        <TextField
          label={t`Calls a second`}
          hint={t`At most ${highest.perSecond}`}
          type="number"
          required
          min={0.001}
          max={highest.perSecond}
          step="any"
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
          value={values.burst}
          onChange={(burst) => onChange({ burst })}
        />
      </FieldPair>
      <FieldPair>
        <TextField
          label={t`Calls a minute that twenty allows`}
          hint={t`Its API_RATE_LIMITING_LONG_LIMIT; 100 unless it was raised.`}
          type="number"
          required
          min={10}
          max={1_000_000}
          value={values.callsPerMinute}
          onChange={(callsPerMinute) => onChange({ callsPerMinute })}
        />
        <TextField
          label={t`Seconds between two looks`}
          hint={t`How often twenty is asked for what no message told.`}
          type="number"
          required
          min={5}
          max={86_400}
          value={values.pollSeconds}
          onChange={(pollSeconds) => onChange({ pollSeconds })}
        />
      </FieldPair>
    </>
  );
}
