import { useLingui } from '@lingui/react/macro';
import type { ContactState, LegalForm } from '../../generated/graphql.ts';
import { LEGAL_FORMS, useLegalFormNames } from '../../parts/companies/company-texts.ts';
import type { Places } from '../../parts/companies/use-places.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { ProfileValues } from './profile-values.ts';

interface FieldsProps {
  readonly values: ProfileValues;
  readonly onChange: (values: ProfileValues) => void;
  readonly places: Places;
  /** Whether somebody of the office looks. */
  readonly office: boolean;
  readonly contactState: ContactState;
}

/** What a company says about itself. */
export function OwnFields({ values, onChange, contactState }: FieldsProps) {
  const { t } = useLingui();
  const legalForms = useLegalFormNames();
  const hidden = contactState === 'hidden';
  return (
    <Section title={t`The company`}>
      <FieldPair>
        <TextField
          label={t`Company name`}
          required
          maxLength={200}
          value={values.companyName}
          onChange={(companyName) => onChange({ ...values, companyName })}
        />
        <SelectField<LegalForm | ''>
          label={t`Legal form`}
          value={values.legalForm}
          options={[
            ...(values.legalForm === '' ? [{ value: '' as const, label: t`Choose` }] : []),
            ...LEGAL_FORMS.map((value) => ({ value, label: legalForms[value] })),
          ]}
          onChange={(legalForm) => onChange({ ...values, legalForm })}
        />
      </FieldPair>
      {hidden ? (
        <p>{t`Your role may not see telephone and tax number.`}</p>
      ) : (
        <FieldPair>
          <TextField
            label={t`Tax number`}
            maxLength={20}
            value={values.taxNumber}
            onChange={(taxNumber) => onChange({ ...values, taxNumber })}
          />
          <TextField
            label={t`Telephone`}
            type="tel"
            maxLength={25}
            value={values.phone}
            onChange={(phone) => onChange({ ...values, phone })}
          />
        </FieldPair>
      )}
    </Section>
  );
}

/** What says which leads a company gets; the company only reads it. */
export function OfficeFields({ values, onChange, places, office }: FieldsProps) {
  const { t } = useLingui();
  return (
    <Section
      title={t`Which leads it gets`}
      {...(office ? {} : { text: t`The office sets this. Ask it when something has changed.` })}
    >
      <TokensField
        label={t`Cities`}
        values={values.cities}
        suggestions={places.cities}
        disabled={!office}
        onChange={(cities) => onChange({ ...values, cities })}
      />
      <TokensField
        label={t`Niches`}
        values={values.niches}
        suggestions={places.niches}
        disabled={!office}
        onChange={(niches) => onChange({ ...values, niches })}
      />
      <FieldPair>
        <TextField
          label={t`Grade`}
          maxLength={63}
          readOnly={!office}
          value={values.grade}
          onChange={(grade) => onChange({ ...values, grade })}
        />
        <TextField
          label={t`Leads at a time`}
          hint={t`How many may be handed to it; empty: no limit.`}
          inputMode="numeric"
          pattern="[0-9]*"
          maxLength={7}
          readOnly={!office}
          value={values.leadCapacity}
          onChange={(leadCapacity) => onChange({ ...values, leadCapacity })}
        />
      </FieldPair>
    </Section>
  );
}
