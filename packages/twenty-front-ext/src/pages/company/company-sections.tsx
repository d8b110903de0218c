import { useLingui } from '@lingui/react/macro';
import { useId, useMemo } from 'react';
import { LANGUAGES } from '../../app/i18n/languages.ts';
import type { Language } from '../../app/i18n/languages.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { CheckboxGroup } from '../../ui/form/checkbox-group.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { CompanyValues } from './company-values.ts';

export interface CompanyFieldsProps {
  readonly values: CompanyValues;
  readonly onChange: (values: CompanyValues) => void;
  readonly disabled: boolean;
}

/** Name, money and time, languages, escalation, embedding. */
export function CompanyTexts(props: CompanyFieldsProps) {
  const { t } = useLingui();
  const { values, onChange, disabled } = props;
  return (
    <>
      <Section title={t`The company`}>
        <TextField
          label={t`Name`}
          required
          maxLength={200}
          readOnly={disabled}
          value={values.name}
          onChange={(name) => onChange({ ...values, name })}
        />
        <MoneyAndTime {...props} />
      </Section>
      <Languages {...props} />
      <Section title={t`Targets that are missed`}>
        <CheckboxField
          label={t`Escalate breaches`}
          hint={t`A breach makes a task and a notification for the person who is waited for.`}
          checked={values.escalation}
          disabled={disabled}
          onChange={(escalation) => onChange({ ...values, escalation })}
        />
      </Section>
      <Companies {...props} />
      <Section title={t`Inside twenty`}>
        <TextField
          label={t`Address of twenty's pages`}
          hint={t`Only if it differs from the address under Settings, twenty. Pages of this address may show ours inside them.`}
          type="url"
          placeholder="https://crm.example.com"
          readOnly={disabled}
          value={values.twentyUrl}
          onChange={(twentyUrl) => onChange({ ...values, twentyUrl })}
        />
      </Section>
    </>
  );
}

/** How partners and franchisees come in. */
function Companies({ values, onChange, disabled }: CompanyFieldsProps) {
  const { t } = useLingui();
  return (
    <Section title={t`Partners and franchisees`}>
      <CheckboxField
        label={t`They may register themselves`}
        hint={t`Who registers waits for a decision under Registrations.`}
        checked={values.registrationOpen}
        disabled={disabled}
        onChange={(registrationOpen) => onChange({ ...values, registrationOpen })}
      />
      <TextField
        label={t`Text about personal data`}
        hint={t`Address of the page that applicants agree to.`}
        type="url"
        placeholder="https://example.com/privacy"
        maxLength={500}
        readOnly={disabled}
        value={values.privacyUrl}
        onChange={(privacyUrl) => onChange({ ...values, privacyUrl })}
      />
      <CheckboxField
        label={t`They need a second factor`}
        hint={t`From their next request on, also who is signed in.`}
        checked={values.companyTotp}
        disabled={disabled}
        onChange={(companyTotp) => onChange({ ...values, companyTotp })}
      />
    </Section>
  );
}

function MoneyAndTime({ values, onChange, disabled }: CompanyFieldsProps) {
  const { t } = useLingui();
  const id = useId();
  const currencies = useMemo(() => Intl.supportedValuesOf('currency'), []);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  return (
    <FieldPair>
      <div>
        <TextField
          label={t`Currency`}
          hint={t`Sums of several currencies are shown in it as well.`}
          required
          maxLength={3}
          list={`${id}-currencies`}
          readOnly={disabled}
          value={values.currency}
          onChange={(currency) => onChange({ ...values, currency })}
        />
        <Suggestions id={`${id}-currencies`} values={currencies} />
      </div>
      <div>
        <TextField
          label={t`Time zone`}
          hint={t`What a day is.`}
          required
          list={`${id}-zones`}
          readOnly={disabled}
          value={values.timeZone}
          onChange={(timeZone) => onChange({ ...values, timeZone })}
        />
        <Suggestions id={`${id}-zones`} values={zones} />
      </div>
    </FieldPair>
  );
}

function Languages({ values, onChange, disabled }: CompanyFieldsProps) {
  const { t } = useLingui();
  const options = (Object.keys(LANGUAGES) as Language[]).map((value) => ({
    value: String(value),
    label: LANGUAGES[value],
  }));
  return (
    <Section title={t`Languages`}>
      <FieldPair>
        <SelectField
          label={t`First language`}
          hint={t`People begin with it.`}
          value={values.locale}
          options={options}
          disabled={disabled}
          onChange={(locale) =>
            onChange({
              ...values,
              locale,
              languages: [...new Set([...values.languages, locale])].toSorted(),
            })
          }
        />
        <CheckboxGroup
          label={t`Languages to choose from`}
          values={values.languages}
          options={options}
          disabled={disabled}
          onChange={(languages) => onChange({ ...values, languages })}
        />
      </FieldPair>
    </Section>
  );
}
