import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useLanguage } from '../../app/i18n/i18n.tsx';
import { SubmitButton } from '../../app/session/submit-button.tsx';
import { useRoleNames } from '../../parts/access/access-texts.ts';
import {
  COMPANY_KINDS,
  LEGAL_FORMS,
  useLegalFormNames,
} from '../../parts/companies/company-texts.ts';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { NOTHING_TYPED, sendRegistration } from './register-request.ts';
import type { Choice, RegisterValues, RegistrationForm } from './register-request.ts';

interface RegisterFormProps {
  readonly form: RegistrationForm;
  readonly onSent: (email: string) => void;
}

interface FieldsProps {
  readonly form: RegistrationForm;
  readonly values: RegisterValues;
  readonly onChange: (changes: Partial<RegisterValues>) => void;
}

/** Person, company and place. The language of the page becomes that of the account. */
export function RegisterForm({ form, onSent }: RegisterFormProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { problem, busy, run } = useAttempt();
  const [values, setValues] = useState(NOTHING_TYPED);
  const change = (changes: Partial<RegisterValues>): void => setValues({ ...values, ...changes });

  const submit = async (): Promise<void> => {
    const refused = await run(() => sendRegistration(form.tenant, language, values));
    if (refused === null) onSent(values.email.trim());
  };
  return (
    <Form takesFocus problem={problem} onSubmit={submit}>
      <PersonFields form={form} values={values} onChange={change} />
      <CompanyFields form={form} values={values} onChange={change} />
      <CheckboxField
        label={
          form.privacy_url === null ? (
            <Trans>I agree that {form.name} processes my personal data to decide about it.</Trans>
          ) : (
            <Trans>
              I agree to the{' '}
              <a href={form.privacy_url} target="_blank" rel="noreferrer">
                processing of my personal data
              </a>{' '}
              by {form.name}.
            </Trans>
          )
        }
        checked={values.consent}
        onChange={(consent) => change({ consent })}
      />
      <SubmitButton title={t`Register`} problem={problem} busy={busy || !values.consent} />
    </Form>
  );
}

function PersonFields({ values, onChange }: FieldsProps) {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  return (
    <>
      <TextField
        label={t`Your name`}
        autoComplete="name"
        required
        maxLength={200}
        value={values.name}
        onChange={(name) => onChange({ name })}
      />
      <SelectField
        label={t`You would like to be`}
        hint={t`Partners bring leads; franchisees buy and work them.`}
        value={values.kind}
        options={COMPANY_KINDS.map((value) => ({ value, label: roleNames[value] }))}
        onChange={(kind) => onChange({ kind })}
      />
      <TextField
        label={t`E-mail`}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        value={values.email}
        onChange={(email) => onChange({ email })}
      />
      <TextField
        label={t`Telephone`}
        type="tel"
        autoComplete="tel"
        required
        maxLength={25}
        placeholder="+380 67 123 45 67"
        value={values.phone}
        onChange={(phone) => onChange({ phone })}
      />
    </>
  );
}

function CompanyFields({ form, values, onChange }: FieldsProps) {
  const { t } = useLingui();
  const legalForms = useLegalFormNames();
  return (
    <>
      <TextField
        label={t`Company name`}
        autoComplete="organization"
        required
        maxLength={200}
        value={values.companyName}
        onChange={(companyName) => onChange({ companyName })}
      />
      <SelectField
        label={t`Legal form`}
        value={values.legalForm}
        options={LEGAL_FORMS.map((value) => ({ value, label: legalForms[value] }))}
        onChange={(legalForm) => onChange({ legalForm })}
      />
      <TextField
        label={t`Tax number`}
        required
        maxLength={20}
        value={values.taxNumber}
        onChange={(taxNumber) => onChange({ taxNumber })}
      />
      <PlaceField
        label={t`City`}
        choices={form.cities}
        value={values.city}
        onChange={(city) => onChange({ city })}
      />
      <PlaceField
        label={t`Niche`}
        choices={form.niches}
        value={values.niche}
        onChange={(niche) => onChange({ niche })}
      />
    </>
  );
}

/** One of the company's list, or words of one's own. */
function PlaceField({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <TextField
        label={label}
        required
        maxLength={100}
        list={id}
        value={value}
        onChange={onChange}
      />
      <Suggestions id={id} values={choices.map(({ title }) => title)} />
    </div>
  );
}
