import { useLingui } from '@lingui/react/macro';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { DraftProps } from './new-lot-form.tsx';

/** When the lot opens and ends, and how late bids move the end. */
export function TimeFields(props: DraftProps) {
  const { t } = useLingui();
  const { draft, onChange, errorOf } = props;
  return (
    <Section title={t`Time`}>
      <TextField
        label={t`Opens`}
        hint={t`Left empty: at once. The time is that of your device.`}
        type="datetime-local"
        error={errorOf('opens')}
        value={draft.opens}
        onChange={(opens) => onChange({ opens })}
      />
      <FieldPair>
        <Count {...props} name="lasts" label={t`Lasts`} />
        <SelectField
          label={t`Unit`}
          value={draft.unit}
          options={[
            { value: 'minutes', label: t`minutes` },
            { value: 'hours', label: t`hours` },
            { value: 'days', label: t`days` },
          ]}
          onChange={(unit) => onChange({ unit })}
        />
      </FieldPair>
      {draft.kind === 'ascending' && (
        <>
          <CheckboxField
            label={t`A late bid moves the end`}
            hint={t`So that nobody wins by waiting for the last second.`}
            checked={draft.extends}
            onChange={(isExtended) => onChange({ extends: isExtended })}
          />
          {draft.extends && (
            <FieldPair>
              <Count {...props} name="window" label={t`Late: in the last seconds`} />
              <Count {...props} name="extension" label={t`New end: seconds after the bid`} />
              <Count {...props} name="times" label={t`At most so many times`} />
            </FieldPair>
          )}
        </>
      )}
    </Section>
  );
}

interface CountProps extends DraftProps {
  readonly name: 'lasts' | 'window' | 'extension' | 'times';
  readonly label: string;
}

function Count({ draft, onChange, errorOf, name, label }: CountProps) {
  return (
    <TextField
      label={label}
      inputMode="numeric"
      maxLength={9}
      error={errorOf(name)}
      value={draft[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
}
